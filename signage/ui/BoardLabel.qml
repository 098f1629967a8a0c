pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Text of a board: one size, said once, never moving. It has the natural height of its script and stands in the
// middle of the room it gets, so that Arabic is level with the Latin beside it.
Text {
    id: label

    color: Theme.color.ink
    font.family: Theme.family
    font.pixelSize: Theme.board.label.px
    font.weight: Font.DemiBold
    horizontalAlignment: Text.AlignLeft
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
    wrapMode: Text.WordWrap

    Accessible.name: label.text
    Accessible.role: Accessible.StaticText
}
