pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Short things to choose from, side by side: days, or the names of months. Each has `id` and `label`; `chosen` is filled.
Grid {
    id: tiles

    required property var items
    property string chosen: ""
    property string role: "choice"
    // The room that they share.
    property real room: 0
    property real most: 146
    readonly property int lines: Math.ceil(tiles.items.length / tiles.columns)
    readonly property real high: Math.min(tiles.most, (tiles.room - (tiles.lines - 1) * tiles.spacing) / tiles.lines)

    signal picked(id: string)

    spacing: Theme.target.gap

    Repeater {
        model: tiles.items

        KTarget {
            id: tile

            required property var modelData
            readonly property bool strong: tile.modelData.id === tiles.chosen

            height: tiles.high
            text: tile.modelData.label
            width: (tiles.width - (tiles.columns - 1) * tiles.spacing) / tiles.columns

            background: KPlane {
                border: tile.strong || tile.down ? Theme.color.primary : Theme.color.line
                edge: tile.down ? "transparent" : Theme.color.edge
                face: tile.strong ? Theme.color.primary : tile.down ? Theme.color.tint : Theme.color.surface
                sink: tile.sink
            }
            contentItem: Item {
                KText {
                    anchors.centerIn: parent
                    anchors.verticalCenterOffset: tile.sink
                    color: tile.strong ? Theme.color.on_primary : Theme.color.ink
                    role: tiles.role
                    text: tile.text
                }
            }

            onUsed: tiles.picked(tile.modelData.id)
        }
    }
}
