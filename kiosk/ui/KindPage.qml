pragma ComponentBehavior: Bound
import kiosk.kit

ChoicePage {
    away: model.away
    booked: model.books ? qsTr("I have an appointment") : ""
    collect: model.collects ? qsTr("Collect a document") : ""
    crumb: model.told ? qsTr("Your passport: %1").arg(Theme.isolated(model.government)) : model.government
    crumbIcon: model.told ? "passport" : "building"
    drawing: "service"
    elsewhere: model.told ? qsTr("Another country") : ""
    title: qsTr("What do you need today?")
}
