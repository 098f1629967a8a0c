pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import kiosk.kit

// The ground of a control: a face with a border, raised by an edge of 5 px, sunk while pressed; dashed where the
// control is not available.
Item {
    id: plane

    property color face: Theme.color.surface
    property color border: Theme.color.line
    property color edge: Theme.color.edge
    property real corner: Theme.radius.control
    property real sink: 0
    property bool dashed: false
    default property alias inside: ground.data

    Rectangle {
        color: plane.edge
        height: parent.height
        radius: plane.corner
        visible: !plane.dashed
        width: parent.width
        y: 5
    }
    Rectangle {
        id: ground

        border.color: plane.border
        border.width: Theme.stroke.control
        color: plane.face
        height: parent.height
        radius: plane.corner
        visible: !plane.dashed
        width: parent.width
        y: plane.sink
    }
    Shape {
        anchors.fill: parent
        visible: plane.dashed

        ShapePath {
            dashPattern: [4, 3]
            fillColor: "transparent"
            strokeColor: Theme.color.muted
            strokeStyle: ShapePath.DashLine
            strokeWidth: Theme.stroke.control

            PathRectangle {
                height: plane.height - 4
                radius: plane.corner
                width: plane.width - 4
                x: 2
                y: 2
            }
        }
    }
}
