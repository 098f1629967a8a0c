pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// What was typed so far, one cell a digit in two groups, or in groups of `every`. Shows, is not touched. Left to right in every language.
Row {
    id: entry

    required property string value
    required property int length
    // How many cells stand in the first group.
    property int split: entry.length / 2
    property int every: 0
    readonly property int gaps: entry.every > 0 ? Math.ceil(entry.length / entry.every) - 1 : 1
    readonly property real cell: (width - (length - 1) * spacing - gaps * 36) / length

    function ends(index: int): bool {
        return entry.every > 0 ? index < entry.length - 1 && index % entry.every === entry.every - 1
                               : index === entry.split - 1;
    }

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    height: 128
    spacing: entry.every > 0 ? 6 : 12

    Accessible.name: qsTr("%1 of %2").arg(entry.value.length).arg(entry.length)
    Accessible.role: Accessible.StaticText

    Repeater {
        model: entry.length

        Item {
            id: place

            required property int index

            height: entry.height
            width: entry.cell + (entry.ends(index) ? 36 : 0)

            Rectangle {
                readonly property bool next: place.index === entry.value.length

                border.color: next ? Theme.color.primary : Theme.color.line
                border.width: next ? 8 : Theme.stroke.control
                color: Theme.color.surface
                height: parent.height
                radius: Theme.radius.well
                width: entry.cell

                KText {
                    anchors.centerIn: parent
                    role: "key"
                    text: entry.value.charAt(place.index)
                }
            }
        }
    }
}
