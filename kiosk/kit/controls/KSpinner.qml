pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import kiosk.kit

// Something is being done. One slow turn in 1.2 s; with reduced motion it stands still beside its words.
Item {
    id: spinner

    required property color color

    height: 58
    width: 58

    Rectangle {
        anchors.fill: parent
        border.color: spinner.color
        border.width: 8
        color: "transparent"
        opacity: 0.35
        radius: width / 2
    }
    Shape {
        anchors.fill: parent

        ShapePath {
            capStyle: ShapePath.RoundCap
            fillColor: "transparent"
            strokeColor: spinner.color
            strokeWidth: 8

            PathAngleArc {
                centerX: 29
                centerY: 29
                radiusX: 25
                radiusY: 25
                startAngle: -90
                sweepAngle: 90
            }
        }
        RotationAnimation on rotation {
            duration: Math.max(1, Theme.motion.called_pulse)
            from: 0
            loops: Animation.Infinite
            running: spinner.visible && Theme.motion.called_pulse > 0
            to: 360
        }
    }
}
