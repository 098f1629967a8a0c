pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The code of a message: three groups of four, as it is printed. Left to right in every language.
KPage {
    id: page

    fill: true
    help: page.model.is_slip ? qsTr("Compare it with our message. One digit is wrong.") : qsTr("The code opens one door, once.")
    titleLines: 2
    title: page.model.is_slip ? qsTr("Please look at the code again") : qsTr("Type the twelve digits of our message")

    info: KEntry {
        every: 4
        length: page.model.length
        value: page.model.entered
        width: parent.width
    }

    KKeypad {
        ready: page.model.entered.length === page.model.length && !page.model.is_slip
        width: parent.width

        onDigit: value => Bridge.act("digit", value)
        onErase: Bridge.act("erase", "")
        onSubmit: Bridge.act("submit", "")
    }
}
