pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import kiosk.kit

// The physical way to the counter: an arrow that no language turns.
Item {
    id: way

    required property string direction
    property color ink: Theme.color.on_called
    // Drawn on 232: the whole of it is scaled.
    property real size: 232
    readonly property real turn: ({ right: 0, down: 90, left: 180, up: 270, ahead: 270 })[way.direction] ?? 0

    height: way.size
    width: way.size

    Shape {
        anchors.centerIn: parent
        height: 232
        rotation: way.turn
        scale: way.size / 232
        width: 232

        ShapePath {
            capStyle: ShapePath.RoundCap
            fillColor: "transparent"
            joinStyle: ShapePath.RoundJoin
            strokeColor: way.ink
            strokeWidth: 30

            PathMove { x: 18; y: 116 }
            PathLine { x: 208; y: 116 }
            PathMove { x: 116; y: 22 }
            PathLine { x: 210; y: 116 }
            PathLine { x: 116; y: 210 }
        }
    }
}
