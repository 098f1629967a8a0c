pragma ComponentBehavior: Bound
import kiosk.kit.controls

// Said before a person begins, and before they confirm.
KStatus {
    kind: "problem"
    text: qsTr("The printer has no paper. Your number will be on the screen.")
}
