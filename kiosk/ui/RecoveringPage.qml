pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// Nobody is served before what was cut off is settled. It ends by itself.
KPage {
    drawing: "pay-wait"
    help: qsTr("This kiosk finishes something first.")
    title: qsTr("One moment, please")

    info: KStatus {
        busy: true
        text: qsTr("Please wait")
    }
}
