pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// For the technician: this kiosk belongs to no centre yet. Digits come from the pad or from a keyboard.
KPage {
    id: page

    // Where it is not known where the server is, a code alone leads nowhere: the one of the manager's page says it too.
    readonly property string invitation: page.model.types && page.model.scans ? qsTr("Type the enrolment code, or hold the code of the manager’s page under the scanner.")
                                         : page.model.types ? qsTr("Type the enrolment code.")
                                         : page.model.scans ? qsTr("Hold the code of the manager’s page under the scanner.")
                                         : qsTr("Please connect a scanner. It reads the code of the manager’s page.")

    canHelp: false
    fill: true
    help: page.model.busy ? qsTr("Please wait.")
          : page.model.problem === "" ? page.invitation
          : ({
              "kiosk-enrol-code": qsTr("This code does not work any more. Please ask for a new one."),
              "kiosk-enrol-unreachable": qsTr("The server does not answer. Please check the network."),
              "kiosk-enrol-limit": qsTr("Too many tries. Please wait some minutes."),
              "kiosk-enrol-text": qsTr("This code sets up no kiosk. Please show the one of the manager’s page."),
              "kiosk-enrol-strange": qsTr("Another server answers. It was told nothing. Please ask for a new code, and check the network."),
              "kiosk-enrol-kind": qsTr("This code is for another device, and is used up. Please ask for one for a kiosk."),
          })[page.model.problem] ?? qsTr("That did not work. Please try again.")
    title: qsTr("Set up this kiosk")

    info: KEntry {
        visible: page.model.types
        length: page.model.length
        value: page.model.entered
        width: parent.width
    }

    focus: true
    Keys.onPressed: event => {
        if (page.model.busy || !page.model.types || event.isAutoRepeat)
            return;
        if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9)
            Bridge.act("digit", String(event.key - Qt.Key_0));
        else if (event.key === Qt.Key_Backspace)
            Bridge.act("erase", "");
        else
            return;
        event.accepted = true;
    }

    KKeypad {
        visible: page.model.types
        enabled: !page.model.busy
        ready: page.model.entered.length === page.model.length
        width: parent.width

        onDigit: value => Bridge.act("digit", value)
        onErase: Bridge.act("erase", "")
        onSubmit: Bridge.act("submit", "")
    }
}
