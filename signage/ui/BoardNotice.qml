pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// An announcement, calmly, in the place of the row of those waiting: it never covers a call.
Rectangle {
    id: panel

    required property var notice
    required property real label

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: Theme.rtl

    color: Theme.color.tint
    radius: Theme.radius.control

    KIcon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: Theme.space.l
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.color.primary
        name: "hear"
        width: panel.label * 1.4
    }
    BoardLabel {
        anchors.left: sign.right
        anchors.leftMargin: Theme.space.m
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.l
        anchors.verticalCenter: parent.verticalCenter
        font.pixelSize: panel.label
        fontSizeMode: Text.Fit
        height: parent.height
        lineHeight: Theme.rtl ? 0.7 : 0.95
        minimumPixelSize: 30
        text: !panel.notice ? "" : panel.notice.own !== "" ? panel.notice.own : ({
            "delay": qsTr("Waiting takes longer than usual today."),
            "closing-soon": qsTr("The centre closes soon."),
            "system-fault": qsTr("A system does not work now. Your place is safe."),
            "documents-ready": qsTr("Documents that have arrived can be collected today.")
        })[panel.notice.text] ?? ""
    }
}
