pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The way to the technician's page. Whoever came here by chance touches Back.
KPage {
    id: page

    fill: true
    help: page.model.busy ? qsTr("Please wait.")
          : page.model.problem === "pin-wait" ? qsTr("Too many tries. Please wait %n minutes.", "", page.model.wait_min)
          : page.model.problem === "pin-wrong" ? qsTr("That was not right. Please try again.")
          : qsTr("Type the PIN, or touch Back.")
    title: qsTr("For technicians only")

    info: KEntry {
        length: page.model.length
        value: page.model.entered
        width: parent.width
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
