pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Something that is said to everybody: a picture, and the lines beside it. With many languages they need its room.
Rectangle {
    id: board

    property string icon: ""
    property bool many: false
    property color ink: Theme.color.ink
    default property alias inside: body.data

    border.color: board.ink
    border.width: Theme.contrast ? Theme.stroke.control : 0
    color: Theme.color.surface
    height: Math.max(board.many ? 0 : 96, body.implicitHeight + 2 * (board.many ? Theme.space.xs : Theme.space.s))
    radius: Theme.radius.card
    width: parent?.width ?? 0

    KIcon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
        ink: board.ink
        name: board.icon
        tint: board.color
        visible: !board.many
        width: 60
    }
    Column {
        id: body

        anchors.left: board.many ? parent.left : sign.right
        anchors.leftMargin: Theme.space.m
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
    }
}
