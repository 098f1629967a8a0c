pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// How far something is. It fills in the direction of reading.
Item {
    id: bar

    // In percent.
    required property int value

    implicitHeight: 40
    implicitWidth: parent?.width ?? 0

    Accessible.name: "\u2066" + bar.value + " %\u2069"
    Accessible.role: Accessible.ProgressBar

    Rectangle {
        anchors.fill: parent
        border.color: Theme.color.primary
        border.width: Theme.stroke.control
        color: Theme.color.surface
        radius: height / 2
    }
    Rectangle {
        readonly property real room: bar.width - 2 * Theme.stroke.control

        anchors.left: parent.left
        anchors.margins: Theme.stroke.control
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.color.primary
        height: bar.height - 2 * Theme.stroke.control
        radius: height / 2
        width: Math.max(height, room * Math.max(0, Math.min(100, bar.value)) / 100)

        Behavior on width {
            NumberAnimation {
                duration: Theme.motion.reveal
            }
        }
    }
}
