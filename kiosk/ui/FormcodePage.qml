pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The code of a form that was begun: two groups of five, as it is printed. Left to right in every language.
KPage {
    id: page

    fill: true
    help: qsTr("Ten signs. After it comes the PIN that you chose.")
    titleLines: 2
    title: qsTr("Type the code of your form")

    info: KEntry {
        every: 5
        length: page.model.length
        value: page.model.entered
        width: parent.width
    }

    KKeypad {
        columns: 6
        high: Theme.lowered ? 122 : 146
        letters: page.model.signs
        ready: page.model.entered.length === page.model.length
        several: true
        width: parent.width

        onDigit: value => Bridge.act("sign", value)
        onErase: Bridge.act("erase", "")
        onSubmit: Bridge.act("submit", "")
    }
}
