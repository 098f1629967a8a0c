pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The name of the centre, and what time it is there.
Item {
    id: header

    required property string centre
    required property string clock

    height: 76

    KIcon {
        id: door

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.color.primary
        name: "centre"
        visible: header.centre !== ""
        width: 64
    }
    BoardLabel {
        anchors.left: door.right
        anchors.leftMargin: Theme.space.m
        anchors.right: time.left
        anchors.verticalCenter: parent.verticalCenter
        horizontalAlignment: Text.AlignLeft
        text: header.centre
    }
    BoardLabel {
        id: time

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        font.features: ({ tnum: 1 })
        font.pixelSize: 60
        text: header.clock
    }
}
