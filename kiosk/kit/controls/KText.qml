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
    // Qt gives the first line its natural height, which another script's font makes larger, and the ink is low in
    // it. Here every line has the height of the tokens, with the capitals in its middle, whatever the script.
    height: label.lineCount * label.face.line
    lineHeight: label.face.line
    lineHeightMode: Text.FixedHeight
    textFormat: Text.PlainText
    transform: Translate { y: Math.round(label.face.line / 2 + label.face.px * 0.37 - label.baselineOffset) }
    wrapMode: Text.WordWrap

    Accessible.name: label.text
    Accessible.role: Accessible.StaticText
}
