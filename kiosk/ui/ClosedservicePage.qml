pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// What they chose is closed for today. What they can do instead; who has a number for it already is served.
KPage {
    id: page

    readonly property var free: page.model.free

    crumb: page.model.service
    drawing: "closed"
    help: qsTr("If you have a number or an appointment for it, please stay. You will be called.")
    title: qsTr("This is closed for today")

    info: DayWords {
        id: days
    }

    KChoice {
        note: page.free ? qsTr("Free: %1").arg(days.moment(page.free.day, page.free.nights, page.free.clock))
              : qsTr("See which days are free")
        pictogram: "calendar"
        suggested: true
        text: qsTr("Come another day")
        visible: page.model.books
        width: parent.width

        onUsed: Bridge.act("book-ahead", "")
    }
    KChoice {
        pictogram: "other"
        text: qsTr("Choose something else")
        width: parent.width

        onUsed: Bridge.act("back", "")
    }
    KChoice {
        note: qsTr("Talk to staff now")
        pictogram: "staff"
        text: qsTr("It cannot wait")
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
}
