pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Information that is read as one unit; not a control, so without edge.
Rectangle {
    id: card

    default property alias inside: rows.data
    property real pad: 40
    property real gap: Theme.space.m

    border.color: Theme.color.hairline
    border.width: Theme.contrast ? Theme.stroke.control : 0
    color: Theme.color.surface
    implicitHeight: rows.implicitHeight + 2 * card.pad
    implicitWidth: Theme.grid.content_w
    radius: Theme.radius.card

    Column {
        id: rows

        spacing: card.gap
        width: parent.width - 2 * card.pad
        x: card.pad
        y: card.pad
    }
}
