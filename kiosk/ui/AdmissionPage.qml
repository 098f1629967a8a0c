pragma ComponentBehavior: Bound
import kiosk.kit.controls

// One moment: the number is made.
KPage {
    drawing: "service"
    help: qsTr("Your number is being made.")
    title: qsTr("One moment, please")

    info: KStatus {
        busy: true
        text: qsTr("Please wait")
    }
}
