pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// One of a party, or several at once: who it is, and how it is with their document. Whose turn it is stands out.
Rectangle {
    id: row

    required property string text
    required property string said
    // `read`, `now`, `later`, `none` or `counter`.
    required property string state_
    property string icon: "person"
    // Children are drawn smaller.
    property real figure: 60
    readonly property bool now: row.state_ === "now"
    readonly property color ink: row.state_ === "read" ? Theme.color.ok : row.now ? Theme.color.primary : Theme.color.ink2

    border.color: Theme.color.primary
    border.width: row.now && Theme.contrast ? Theme.stroke.control : 0
    color: row.now ? Theme.color.tint : "transparent"
    implicitHeight: Math.max(80, label.height + 16)
    radius: Theme.radius.control
    width: parent?.width ?? 0

    Accessible.name: row.text + ", " + row.said
    Accessible.role: Accessible.StaticText

    Item {
        id: who

        anchors.left: parent.left
        anchors.leftMargin: Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
        height: 60
        width: 60

        KIcon {
            anchors.bottom: parent.bottom
            anchors.horizontalCenter: parent.horizontalCenter
            name: row.icon
            width: row.figure
        }
    }
    KText {
        id: label

        anchors.left: who.right
        anchors.leftMargin: Theme.space.l
        anchors.right: how.left
        anchors.rightMargin: Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
        role: "snug"
        text: row.text
        Accessible.ignored: true
    }
    KText {
        id: how

        anchors.right: mark.left
        anchors.rightMargin: Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
        color: row.ink
        horizontalAlignment: Theme.rtl ? Text.AlignLeft : Text.AlignRight
        role: "note"
        text: row.said
        width: Math.min(implicitWidth, row.width / 2)
        Accessible.ignored: true
    }
    Item {
        id: mark

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
        height: 56
        width: 56

        KIcon {
            anchors.fill: parent
            ink: row.ink
            name: ({ read: "check", now: "down", counter: "staff" })[row.state_] ?? ""
            tint: row.state_ === "read" ? Theme.color.ok_tint : Theme.color.tint
            visible: name !== ""
            width: 56
        }
        Rectangle {
            anchors.centerIn: parent
            border.color: Theme.color.line
            border.width: Theme.stroke.control
            color: "transparent"
            height: 44
            radius: 22
            visible: row.state_ === "later" || row.state_ === "none"
            width: 44
        }
    }
}
