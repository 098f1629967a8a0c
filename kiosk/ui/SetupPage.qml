pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// For the technician: this kiosk belongs to no centre yet. Digits come from the pad or from a keyboard.
KPage {
    id: page

    canHelp: false
    fill: true
    help: page.model.busy ? qsTr("Please wait.")
          : page.model.problem === "" ? qsTr("Type the enrolment code.")
          : ({
              "kiosk-enrol-code": qsTr("This code does not work any more. Please ask for a new one."),
              "kiosk-enrol-unreachable": qsTr("The server does not answer. Please check the network."),
              "kiosk-enrol-limit": qsTr("Too many tries. Please wait some minutes."),
          })[page.model.problem] ?? qsTr("That did not work. Please try again.")
    title: qsTr("Set up this kiosk")

    info: KEntry {
        length: page.model.length
        value: page.model.entered
        width: parent.width
    }

    focus: true
    Keys.onPressed: event => {
        if (page.model.busy || event.isAutoRepeat)
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
        enabled: !page.model.busy
        ready: page.model.entered.length === page.model.length
        width: parent.width

        onDigit: value => Bridge.act("digit", value)
        onErase: Bridge.act("erase", "")
        onSubmit: Bridge.act("submit", "")
    }
}
