pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// An amount as the terminal shows it too: letters of the currency, then the number, never mirrored.
Item {
    id: amount

    required property var fee
    property bool small: false
    readonly property string said: Theme.amount(Theme.language, amount.fee.minor, amount.fee.exponent)
    readonly property bool long: amount.said.length > 9
    readonly property real size: amount.small ? 72 : amount.long ? 92 : amount.said.length > 6 ? 136 : 176

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: false
    implicitHeight: number.height + (amount.small ? 0 : Theme.space.m)
    width: parent?.width ?? 0

    Row {
        anchors.left: Theme.rtl ? undefined : parent.left
        anchors.right: Theme.rtl ? parent.right : undefined
        spacing: Theme.space.m

        KText {
            anchors.bottom: number.bottom
            color: Theme.color.ink2
            role: amount.small || amount.long ? "choice" : "title"
            text: amount.fee.currency
        }
        KCode {
            id: number

            size: amount.size
            value: amount.said
        }
    }
}
