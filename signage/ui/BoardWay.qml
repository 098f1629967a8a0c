pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import kiosk.kit

// The physical way to the counter: an arrow that no language turns.
Item {
    id: way

    required property string direction
    readonly property real turn: ({ right: 0, down: 90, left: 180, up: 270, ahead: 270 })[way.direction] ?? 0

    height: 232
    width: 232

    Shape {
        anchors.fill: parent
        rotation: way.turn

        ShapePath {
            capStyle: ShapePath.RoundCap
            fillColor: "transparent"
            joinStyle: ShapePath.RoundJoin
            strokeColor: Theme.color.on_called
            strokeWidth: 30

            PathMove { x: 18; y: 116 }
            PathLine { x: 208; y: 116 }
            PathMove { x: 116; y: 22 }
            PathLine { x: 210; y: 116 }
            PathLine { x: 116; y: 210 }
        }
    }
}
