pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// A PIN is chosen, and typed once more. The screen has dots alone.
KPage {
    id: page

    fill: true
    help: page.model.problem === "weak" ? qsTr("That one is easy to guess. Please choose another.")
          : page.model.problem === "differs" ? qsTr("The two were not the same. Please choose once more.")
          : page.model.again ? qsTr("So that no finger slipped.") : qsTr("Remember it. Nobody can tell it to you.")
    titleLines: 2
    title: page.model.again ? qsTr("Type the same PIN once more") : qsTr("Choose a PIN of 6 to 8 digits")

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
