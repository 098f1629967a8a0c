pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The name of the centre, on pages outside of the journey and on boards.
Item {
    id: header

    required property string name

    implicitHeight: 72

    KIcon {
        id: door

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.color.primary
        name: "centre"
        width: 64
    }
    KText {
        anchors.left: door.right
        anchors.leftMargin: Theme.space.m
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        role: "choice"
        text: header.name
    }
}
