pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Digits, erase and confirm, as on a telephone; the same order in every language.
Grid {
    id: pad

    property bool ready: false
    property real high: 146
    // Other keys than digits have no key to confirm: one of them is enough.
    property list<string> letters: []
    // More than one of them is typed, so that they are confirmed.
    property bool several: false

    signal digit(value: string)
    signal erase()
    signal submit()

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    columns: 3
    spacing: Theme.target.gap

    Repeater {
        model: pad.letters.length > 0 ? [...pad.letters, "erase", ...(pad.several ? ["submit"] : [])]
               : ["1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "submit"]

        KTarget {
            id: tile

            required property string modelData
            readonly property bool confirms: tile.modelData === "submit"
            readonly property bool erases: tile.modelData === "erase"
            readonly property bool strong: tile.confirms && tile.enabled

            enabled: !tile.confirms || pad.ready
            height: pad.high
            key: tile.confirms ? "" : "key " + tile.modelData
            text: tile.confirms ? qsTr("Confirm") : tile.erases ? qsTr("Erase") : tile.modelData
            width: (pad.width - (pad.columns - 1) * pad.spacing) / pad.columns

            background: KPlane {
                border: tile.strong ? face : Theme.color.line
                dashed: !tile.enabled
                edge: tile.strong ? Theme.color.primary_press : Theme.color.edge
                face: tile.strong ? (tile.down ? Theme.color.primary_press : Theme.color.primary)
                      : tile.down ? Theme.color.tint : Theme.color.surface
                sink: tile.sink
            }
            contentItem: Item {
                KIcon {
                    anchors.centerIn: parent
                    anchors.verticalCenterOffset: tile.sink
                    ink: !tile.enabled ? Theme.color.muted : tile.confirms ? Theme.color.on_primary : Theme.color.ink
                    mirror: false
                    name: tile.confirms ? "check" : tile.erases ? "back" : ""
                    visible: tile.confirms || tile.erases
                }
                KText {
                    anchors.centerIn: parent
                    anchors.verticalCenterOffset: tile.sink
                    role: "key"
                    text: tile.confirms || tile.erases ? "" : tile.text
                }
            }

            onUsed: {
                if (tile.confirms)
                    pad.submit();
                else if (tile.erases)
                    pad.erase();
                else
                    pad.digit(tile.modelData);
            }
        }
    }
}
