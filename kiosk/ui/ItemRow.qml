pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// One thing that is somebody's: what it is, and where they get it. In large letters one below the other.
Item {
    id: row

    required property string text
    required property string said
    // `here`, `counter` or `later`.
    required property string where
    property string icon: "record"
    readonly property bool good: row.where === "here"
    readonly property color ink: row.good ? Theme.color.ok : Theme.color.ink2

    implicitHeight: Math.max(84, label.height + (Theme.large ? tag.height : 0) + 8)
    width: parent?.width ?? 0

    Accessible.name: row.text + ", " + row.said
    Accessible.role: Accessible.StaticText

    KIcon {
        id: sign

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.color.ink
        name: row.icon
        width: 60
    }
    KText {
        id: label

        anchors.left: sign.right
        anchors.leftMargin: Theme.space.l
        anchors.right: Theme.large ? parent.right : tag.left
        anchors.rightMargin: Theme.space.m
        role: "snug"
        text: row.text
        y: Theme.large ? 4 : (row.height - height) / 2
        Accessible.ignored: true
    }
    Rectangle {
        id: tag

        anchors.left: Theme.large ? label.left : undefined
        anchors.right: Theme.large ? undefined : parent.right
        border.color: row.ink
        border.width: Theme.contrast ? Theme.stroke.control : 0
        color: row.good ? Theme.color.ok_tint : Theme.color.tint2
        height: Math.max(72, how.height + 8)
        radius: Theme.radius.control
        width: mark.width + how.width + 3 * Theme.space.m
        y: Theme.large ? label.y + label.height : (row.height - height) / 2

        KIcon {
            id: mark

            anchors.left: parent.left
            anchors.leftMargin: Theme.space.m
            anchors.verticalCenter: parent.verticalCenter
            ink: row.ink
            name: ({ here: "check", counter: "staff" })[row.where] ?? "clock"
            tint: tag.color
            width: 44
        }
        KText {
            id: how

            anchors.left: mark.right
            anchors.leftMargin: Theme.space.m
            anchors.verticalCenter: parent.verticalCenter
            color: row.ink
            role: "note"
            text: row.said
            width: Math.min(implicitWidth, Theme.large ? row.width - label.x - mark.width - 3 * Theme.space.m : row.width / 2)
            Accessible.ignored: true
        }
    }
}
