pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// What was chosen before, above the question.
Item {
    id: crumb

    required property string icon
    required property string text

    implicitHeight: where.height

    KIcon {
        id: sign

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.color.ink2
        name: crumb.icon
        visible: crumb.icon !== ""
        width: crumb.icon === "" ? 0 : 48
    }
    KText {
        id: where

        anchors.left: sign.right
        anchors.leftMargin: crumb.icon === "" ? 0 : Theme.space.m
        anchors.right: parent.right
        color: Theme.color.ink2
        role: "min"
        text: crumb.text
    }
}
