pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The name of the centre, and what time it is there.
Item {
    id: header

    required property string centre
    required property string clock
    property real label: Theme.board.label.px

    height: 76

    KIcon {
        id: door

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.color.primary
        name: "centre"
        visible: header.centre !== ""
        width: header.label * 1.4
    }
    BoardLabel {
        anchors.left: door.right
        anchors.leftMargin: Theme.space.m
        anchors.right: time.left
        anchors.rightMargin: Theme.space.l
        anchors.verticalCenter: parent.verticalCenter
        height: header.height
        font.pixelSize: header.label
        fontSizeMode: Text.HorizontalFit
        horizontalAlignment: Text.AlignLeft
        minimumPixelSize: 36
        text: header.centre
        wrapMode: Text.NoWrap
    }
    BoardLabel {
        id: time

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        font.features: ({ tnum: 1 })
        font.pixelSize: Math.max(60, header.label)
        height: header.height
        text: header.clock
    }
}
