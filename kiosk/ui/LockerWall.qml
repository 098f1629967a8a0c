pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The doors of a bank as one stands before it, the one that is meant drawn open. Never mirrored: it shows where things
// are. A bank of many doors is drawn without the labels of those that are not meant.
Item {
    id: wall

    required property var doors
    required property string open
    // Whether it stands open, or is still shut.
    property bool isOpen: true
    readonly property int columns: Math.max(1, ...wall.doors.map(one => one.column))
    readonly property int rows: Math.max(1, ...wall.doors.map(one => one.row))
    readonly property real gap: Math.max(4, Math.min(14, wall.wide * 0.06))
    // The door that stands open needs room at its right.
    readonly property real wide: (wall.width - 170) / wall.columns
    readonly property real cellWidth: Math.min(180, wall.wide)
    readonly property real cellHeight: Math.min(118, wall.height / wall.rows)
    readonly property var meant: wall.doors.find(one => one.name === wall.open)
    readonly property bool labelled: wall.cellWidth >= 84 && wall.cellHeight >= 64

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    Accessible.ignored: true

    Item {
        id: grid

        anchors.centerIn: parent
        height: wall.rows * wall.cellHeight
        width: wall.columns * wall.cellWidth

        Repeater {
            model: wall.doors

            Rectangle {
                id: door

                required property var modelData
                readonly property bool meant: door.modelData.name === wall.open
                // What stands behind the open door is not read.
                readonly property bool covered: wall.isOpen && door.modelData.row === wall.meant?.row
                                                && door.modelData.column === wall.meant?.column + 1

                border.color: door.meant ? Theme.color.ink : Theme.color.line
                border.width: door.meant ? 5 : 3
                color: door.meant ? Theme.color.tint : Theme.color.surface
                height: wall.cellHeight - wall.gap
                radius: 8
                width: wall.cellWidth - wall.gap
                x: (door.modelData.column - 1) * wall.cellWidth + wall.gap / 2
                y: (door.modelData.row - 1) * wall.cellHeight + wall.gap / 2

                KText {
                    anchors.centerIn: parent
                    color: Theme.color.ink2
                    role: "floor"
                    text: door.modelData.name
                    visible: wall.labelled && !door.meant && !door.covered
                }
                KIcon {
                    anchors.centerIn: parent
                    name: "record"
                    visible: door.meant && wall.isOpen && wall.labelled
                    width: 60
                }
            }
        }
        // The door that is meant, large enough to be read in a bank of any size: swung open to the right, or shut.
        Rectangle {
            id: plate

            readonly property real cellX: ((wall.meant?.column ?? 1) - 1) * wall.cellWidth + wall.gap / 2
            readonly property real cellY: ((wall.meant?.row ?? 1) - 1) * wall.cellHeight + wall.gap / 2
            readonly property real beside: plate.cellX + wall.cellWidth - wall.gap

            border.color: Theme.color.ink
            border.width: 4
            color: Theme.color.primary
            height: Math.max(number.implicitHeight + 12, wall.cellHeight - wall.gap)
            radius: 8
            visible: !!wall.meant
            width: Math.max(number.implicitWidth + 32, wall.isOpen ? 0 : wall.cellWidth - wall.gap)
            x: wall.isOpen ? plate.beside - 4 : plate.cellX + (wall.cellWidth - wall.gap - width) / 2
            y: plate.cellY + (wall.cellHeight - wall.gap - height) / 2 + (wall.isOpen ? 14 : 0)

            KText {
                id: number

                anchors.centerIn: parent
                color: Theme.color.on_primary
                role: "button"
                text: wall.open
            }
        }
    }
}
