pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import kiosk.kit

// A countdown: the number inside, the ring shorter with each second. Clockwise in every language, like a clock.
Item {
    id: ring

    required property int remaining
    required property int of

    implicitHeight: 392
    implicitWidth: 392

    Accessible.name: String(ring.remaining)
    Accessible.role: Accessible.ProgressBar

    Rectangle {
        anchors.fill: parent
        border.color: Theme.color.tint
        border.width: 28
        color: "transparent"
        radius: width / 2
    }
    Shape {
        anchors.fill: parent

        ShapePath {
            capStyle: ShapePath.FlatCap
            fillColor: "transparent"
            strokeColor: Theme.color.primary
            strokeWidth: 28

            PathAngleArc {
                centerX: ring.width / 2
                centerY: ring.height / 2
                radiusX: ring.width / 2 - 14
                radiusY: ring.height / 2 - 14
                startAngle: -90
                sweepAngle: 360 * Math.max(0, Math.min(1, ring.remaining / Math.max(1, ring.of)))
            }
        }
    }
    Text {
        anchors.centerIn: parent
        color: Theme.color.ink
        font.family: Theme.family
        font.features: ({ tnum: 1 })
        font.pixelSize: ring.height * 0.46
        font.weight: Font.DemiBold
        text: "\u2066" + ring.remaining + "\u2069"
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
