pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Languages by their own names: one large row each up to five, three columns from there on, fifteen at most.
Grid {
    id: grid

    // Maps of code and endonym (see kiosk.journey.page.Language).
    required property var languages
    required property real room
    // The code of the one that a document speaks for; its cell is marked, and none moves under a finger.
    property string suggested: ""
    // Of the smallest kind: a finger's breadth is less than 20 mm.
    readonly property real least: grid.columns === 1 ? Theme.target.min : 100
    readonly property int rowsNeeded: Math.ceil(grid.languages.length / grid.columns)

    signal chosen(code: string)

    columns: grid.languages.length > 5 ? 3 : 1
    // In the same order in every language: a document that is put down turns the page, and no name may move by that.
    layoutDirection: Qt.LeftToRight
    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: false
    spacing: Theme.target.gap

    Repeater {
        model: grid.languages

        KTarget {
            id: cell

            required property var modelData
            readonly property bool likely: cell.modelData.code === grid.suggested

            height: Math.max(grid.least, Math.min(grid.columns === 1 ? 196 : 134, (grid.room + grid.spacing) / grid.rowsNeeded - grid.spacing))
            text: modelData.endonym
            width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns

            background: KPlane {
                border: cell.down || cell.likely ? Theme.color.primary : Theme.color.line
                edge: cell.down ? "transparent" : Theme.color.edge
                face: cell.down || cell.likely ? Theme.color.tint : Theme.color.surface
                sink: cell.sink
            }
            contentItem: Item {
                KText {
                    anchors.centerIn: parent
                    anchors.verticalCenterOffset: cell.sink
                    fontSizeMode: Text.HorizontalFit
                    horizontalAlignment: Text.AlignHCenter
                    minimumPixelSize: 42
                    role: grid.columns === 1 && cell.height >= Theme.type.title.line + 24 ? "title" : "choice"
                    text: cell.text
                    width: cell.width - 24
                    wrapMode: Text.NoWrap
                }
            }

            onUsed: grid.chosen(cell.modelData.code)
        }
    }
}
