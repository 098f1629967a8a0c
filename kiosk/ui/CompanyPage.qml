pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// It was booked for several: whether all of them are here. Fewer or more are counted, and told what that means.
KPage {
    id: page

    readonly property int here: page.model.here

    drawing: "service"
    help: page.model.counts ? (page.here > page.model.people ? qsTr("We may not have time for all. Please ask at the counter.")
                               : page.here < page.model.people ? qsTr("Who comes later asks at the reception.") : qsTr("Count yourself, too."))
          : qsTr("One number is for all of you.")
    title: page.model.counts ? qsTr("How many of you are here?") : qsTr("Are all %n of you here?", "", page.model.people)

    KChoice {
        pictogram: "people"
        text: qsTr("Yes, all are here")
        visible: !page.model.counts
        width: parent.width

        onUsed: Bridge.act("all", "")
    }
    KChoice {
        note: Theme.large ? "" : qsTr("Some come later, or stay away")
        pictogram: "person"
        text: qsTr("No, it is another number")
        visible: !page.model.counts
        width: parent.width

        onUsed: Bridge.act("count", "")
    }
    AgeWords {
        id: ages
    }
    Repeater {
        model: page.model.counts ? page.model.bands : []

        KStepper {
            required property var modelData

            count: modelData.count
            mayMore: page.here < page.model.most
            name: modelData.id
            note: ages.range(modelData)
            text: modelData.label === "" ? qsTr("People") : modelData.label
            width: parent.width

            onLess: Bridge.act("minus", modelData.id)
            onMore: Bridge.act("plus", modelData.id)
        }
    }
    KButton {
        enabled: page.here > 0
        pictogram: "next"
        primary: true
        text: page.here > 0 ? qsTr("%n people: go on", "", page.here) : qsTr("Go on")
        visible: page.model.counts
        width: parent.width

        onUsed: Bridge.act("people", "")
    }
}
