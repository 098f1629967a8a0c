pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The forms that can be filled in now, and the way to one that was begun at home.
KPage {
    id: page

    drawing: page.model.away ? "help" : ""
    fill: !page.model.away
    help: page.model.away ? qsTr("Staff fill it in with you at the counter.") : qsTr("Staff get your answers. You keep your number.")
    title: page.model.away ? qsTr("The forms cannot be reached now") : qsTr("Fill in your form while you wait")

    KChoices {
        choices: page.model.forms
        extras: [{ id: "begun", label: qsTr("I have begun one, and have a code"), icon: "code" }]
        height: page.model.away ? 0 : page.floor - page.line
        visible: !page.model.away
        width: parent.width

        onChosen: choice => Bridge.act("choose", choice)
        onLedOn: way => Bridge.act(way, "")
    }
    KButton {
        pictogram: "ticket"
        primary: true
        text: qsTr("Back to my number")
        visible: page.model.away
        width: parent.width

        onUsed: Bridge.act("leave", "")
    }
}
