pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Whether they want to open the form again. Staff have it with the number either way.
KPage {
    id: page

    drawing: "service"
    help: qsTr("Staff get your answers with your number either way.")
    title: qsTr("Do you want to change it later?")

    KChoice {
        note: Theme.large ? "" : qsTr("You choose a PIN, and get a code on paper")
        pictogram: "code"
        text: qsTr("Yes, here or at home")
        width: parent.width

        onUsed: Bridge.act("keep", "")
    }
    KChoice {
        note: Theme.large ? "" : qsTr("You can still tell staff")
        pictogram: "check"
        text: qsTr("No, that is all")
        width: parent.width

        onUsed: Bridge.act("go-on", "")
    }
}
