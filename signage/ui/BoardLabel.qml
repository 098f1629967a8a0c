pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Text of a board: one size, said once, never moving.
KText {
    font.pixelSize: Theme.board.label.px
    font.weight: Font.DemiBold
    // The natural height of the script, centred: a fixed one would set Arabic lower than Latin beside it.
    lineHeight: 1
    lineHeightMode: Text.ProportionalHeight
    verticalAlignment: Text.AlignVCenter
}
