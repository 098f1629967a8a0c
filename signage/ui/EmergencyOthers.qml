pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The sentence in all other languages, two beside each other. The scripts that only one bundled font has are given
// it: asked for another, Qt would complain before it finds that one.
Grid {
    id: others

    required property var lines
    required property bool beside
    // Width of both columns and what is between them.
    required property real room
    readonly property int rows_: Math.ceil(others.lines.length / 2)
    readonly property real cellH: (others.beside ? 800 : 288) / Math.max(1, others.rows_)

    columnSpacing: 40
    columns: 2

    Repeater {
        model: others.lines

        BoardLabel {
            id: other

            required property var modelData
            // High lines, which Qt does not see through when it looks for the size that fits two of them.
            readonly property bool arabic: ["ar", "fa"].includes(other.modelData.language)

            color: Theme.color.on_alert
            font.family: ({ am: "Noto Sans Ethiopic", bn: "Noto Sans Bengali" })[other.modelData.language] ?? Theme.family
            font.pixelSize: !others.beside ? 50 : other.arabic ? 60 : 88
            fontSizeMode: !others.beside ? Text.HorizontalFit : other.arabic ? Text.FixedSize : Text.Fit
            height: others.cellH
            minimumPixelSize: 30
            text: other.modelData.text
            width: (others.room - others.columnSpacing) / 2
            lineHeight: other.arabic ? 0.7 : 0.9
            wrapMode: others.beside ? Text.WordWrap : Text.NoWrap
        }
    }
}
