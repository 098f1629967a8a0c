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
    KStepper {
        count: page.here
        mayLess: page.here > 1
        mayMore: page.here < page.model.most
        name: "here"
        text: qsTr("People")
        visible: page.model.counts
        width: parent.width

        onLess: Bridge.act("minus", "here")
        onMore: Bridge.act("plus", "here")
    }
    KButton {
        pictogram: "next"
        primary: true
        text: qsTr("%n people: go on", "", page.here)
        visible: page.model.counts
        width: parent.width

        onUsed: Bridge.act("people", "")
    }
}
