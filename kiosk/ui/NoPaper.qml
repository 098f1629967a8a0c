pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// Said before a person begins, and before they confirm.
KStatus {
    kind: "problem"
    role: Theme.large ? "note" : "choice"
    text: qsTr("No paper now. Your number will be on the screen.")
}
