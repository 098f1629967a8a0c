pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// A leaf of a calendar: a word over it, the day large, the month below. `strong`: it is the one that is meant.
Rectangle {
    id: leaf

    required property string word
    required property int day
    required property string month
    property bool strong: false

    border.color: Theme.color.ink
    border.width: 5
    color: Theme.color.surface
    height: leaf.strong ? 296 : 256
    radius: Theme.radius.well
    width: leaf.strong ? 264 : 232

    Rectangle {
        id: head

        border.color: Theme.color.ink
        border.width: 5
        color: leaf.strong ? Theme.color.primary : Theme.color.tint
        height: 72
        radius: Theme.radius.well
        width: parent.width

        KText {
            anchors.centerIn: parent
            color: leaf.strong ? Theme.color.on_primary : Theme.color.ink
            fontSizeMode: Text.HorizontalFit
            horizontalAlignment: Text.AlignHCenter
            role: "note"
            text: leaf.word
            width: parent.width - 24
        }
    }
    KText {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: head.bottom
        role: leaf.strong ? "display" : "key"
        text: leaf.day
    }
    KText {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 12
        anchors.horizontalCenter: parent.horizontalCenter
        color: Theme.color.ink2
        fontSizeMode: Text.HorizontalFit
        horizontalAlignment: Text.AlignHCenter
        role: "note"
        text: leaf.month
        width: parent.width - 24
    }
}
