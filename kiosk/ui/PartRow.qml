pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// One device, or the line to the server: what it is, how it is, where it is.
Item {
    id: row

    required property string icon
    required property string name
    required property string said
    required property bool good
    // Neither good nor bad.
    property bool calm: false
    property string address: ""
    // Only the name and the address are asked for.
    property bool plain: false
    // Many rows, or large letters: each says what it has to say on one line.
    property bool tight: Theme.large

    implicitHeight: Math.max(row.tight ? 70 : 84, words.height)
    width: parent?.width ?? 0

    KIcon {
        id: sign

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        name: row.icon
        width: 60
    }
    Column {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.space.l
        anchors.right: row.plain ? parent.right : mark.left
        anchors.rightMargin: Theme.space.m
        anchors.verticalCenter: parent.verticalCenter

        KText {
            role: row.plain ? "note" : "choice"
            text: row.name
            visible: !row.tight
            width: parent.width
        }
        KText {
            color: row.calm ? Theme.color.ink2 : row.good ? Theme.color.ok : Theme.color.alert
            role: "note"
            // Where there is little room what is well says so by its mark alone.
            text: !row.tight ? row.said : row.good && !row.plain ? row.name : row.name + ": " + row.said
            visible: text !== ""
            width: parent.width
        }
        KText {
            LayoutMirroring.enabled: false
            color: Theme.color.ink2
            role: "note"
            text: "\u2066" + row.address + "\u2069"
            visible: row.address !== "" && !Theme.large
            width: parent.width
            wrapMode: Text.WrapAnywhere
        }
    }
    KIcon {
        id: mark

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        ink: row.good ? Theme.color.ok : Theme.color.alert
        name: row.good ? "check" : "alert"
        visible: !row.plain && !row.calm
        tint: row.good ? Theme.color.ok_tint : Theme.color.alert_tint
        width: 58
    }
}
