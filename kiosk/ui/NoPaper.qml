pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// Said before a person begins, and before they confirm.
KStatus {
    readonly property string sentence: QT_TR_NOOP("No paper now. Your number will be on the screen.")

    kind: "problem"
    role: Theme.large ? "note" : "choice"
    text: qsTr(sentence)
}
