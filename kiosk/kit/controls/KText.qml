pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Text in one of the roles of the tokens: min, body, lead, choice, button, title, display, note, ...
Text {
    id: label

    property string role: "body"
    readonly property var face: Theme.type[label.role]

    color: Theme.color.ink
    font.family: Theme.family
    font.pixelSize: label.face.px
    font.weight: label.face.weight
    // Said outright, so that mirroring turns it: a foreign name in a sentence of another direction stays in line.
    horizontalAlignment: Text.AlignLeft
    lineHeight: label.face.line
    lineHeightMode: Text.FixedHeight
    textFormat: Text.PlainText
    wrapMode: Text.WordWrap

    Accessible.name: label.text
    Accessible.role: Accessible.StaticText
}
