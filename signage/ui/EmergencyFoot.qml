pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Who helps, what time it is, and since when nothing was heard of the server.
Item {
    id: foot

    required property var model
    required property bool beside

    height: 96

    KIcon {
        id: staff

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.color.on_alert
        name: "staff"
        tint: Theme.color.alert
        width: 64
    }
    BoardLabel {
        anchors.left: staff.right
        anchors.leftMargin: Theme.space.m
        anchors.right: away.left
        anchors.rightMargin: Theme.space.l
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.color.on_alert
        font.pixelSize: foot.beside ? 68 : 54
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 42
        text: ({ "leave-building": qsTr("Staff will help you. Ask if you cannot use stairs."),
                 "stay-inside": qsTr("Staff will tell you when it is safe to go.") })[foot.model.text]
              ?? qsTr("Staff will help you.")
        wrapMode: Text.NoWrap
    }
    // The line may be cut in an emergency: the notice stays, and staff can see since when nothing was heard.
    Row {
        id: away

        anchors.right: clock.left
        anchors.rightMargin: visible ? Theme.space.l : 0
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.s
        visible: foot.model.since !== ""
        width: visible ? implicitWidth : 0

        KIcon {
            anchors.verticalCenter: parent.verticalCenter
            ink: Theme.color.on_alert
            name: "noconn"
            tint: Theme.color.alert
            width: 56
        }
        BoardLabel {
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.color.on_alert
            font.features: ({ tnum: 1 })
            text: foot.model.since
        }
    }
    BoardLabel {
        id: clock

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.color.on_alert
        font.features: ({ tnum: 1 })
        font.pixelSize: 60
        text: foot.model.clock
    }
}
