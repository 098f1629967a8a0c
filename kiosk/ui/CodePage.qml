pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Who has lost the paper types its number: first the letter, then the digits. Left to right in every language.
KPage {
    id: page

    readonly property bool lettered: page.model.letters.length === 0

    fill: true
    help: page.lettered ? qsTr("Now type the digits.") : qsTr("Touch the letter first.")
    title: qsTr("Type the number of your ticket")

    info: KEntry {
        length: Math.max(4, page.model.entered.length)
        split: 1
        value: page.model.entered
        width: parent.width
    }

    KKeypad {
        high: page.model.forms && Theme.lowered ? 114 : 146
        letters: page.model.letters
        ready: page.model.ready
        width: parent.width

        onDigit: value => Bridge.act(page.lettered ? "digit" : "letter", value)
        onErase: Bridge.act("erase", "")
        onSubmit: Bridge.act("submit", "")
    }
    KChoice {
        pictogram: "code"
        text: qsTr("I have the code of a form")
        visible: page.model.forms
        width: parent.width

        onUsed: Bridge.act("form", "")
    }
}
