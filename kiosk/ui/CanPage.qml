pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// A card whose chip opens with the number on its front. It stays on the reader; whoever does not find it goes on without.
KPage {
    id: page

    help: page.model.again ? qsTr("That is another number. Compare the digits, or go on without.")
          : qsTr("6 digits on its front, often at the lower right or beside the photo.")
    title: qsTr("Type the number on your card")

    info: KEntry {
        length: 6
        value: page.model.entered
        width: parent.width
    }

    KKeypad {
        high: Theme.lowered ? 112 : 132
        ready: page.model.entered.length === 6
        width: parent.width

        onDigit: value => Bridge.act("digit", value)
        onErase: Bridge.act("erase", "")
        onSubmit: Bridge.act("submit", "")
    }
    KChoice {
        pictogram: "next"
        text: qsTr("Go on without the number")
        width: parent.width

        onUsed: Bridge.act("no-can", "")
    }
}
