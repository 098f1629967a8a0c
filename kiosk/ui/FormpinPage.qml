pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The PIN of a form that was begun. The screen has dots alone.
KPage {
    id: page

    fill: true
    help: qsTr("The 6 to 8 digits that you chose. Staff do not know them.")
    titleLines: 2
    title: qsTr("Type the PIN of your form")

    info: KEntry {
        length: page.model.length
        value: page.model.entered
        width: parent.width
    }

    KKeypad {
        ready: page.model.ready
        width: parent.width

        onDigit: value => Bridge.act("digit", value)
        onErase: Bridge.act("erase", "")
        onSubmit: Bridge.act("submit", "")
    }
}
