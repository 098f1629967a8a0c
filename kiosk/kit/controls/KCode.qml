pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// A ticket code, "B 042" everywhere in this one form: Latin, left to right, equal digits, never mirrored.
Text {
    id: code

    required property string value
    property real size: Theme.type.code.px
    // Boards set the narrow face for the list of calls: Theme.familyList.
    property string face: Theme.familyCode

    color: Theme.color.ink
    font.family: code.face
    font.features: ({ tnum: 1 })
    font.pixelSize: code.size
    font.weight: code.face === Theme.familyList ? Font.DemiBold : Font.Bold
    horizontalAlignment: Text.AlignLeft
    // Capitals and digits only: the room that other letters need above and below is left away (0.714 em high).
    height: Math.ceil(code.size * 0.86)
    text: "\u2066" + code.value.replace(/^([A-Z])(?=\d)/, "$1 ") + "\u2069"
    textFormat: Text.PlainText
    transform: Translate { y: Math.round(code.height / 2 + code.size * 0.357 - code.baselineOffset) }

    Accessible.name: code.text
    Accessible.role: Accessible.StaticText
}
