pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The second line of a choice, with a small pictogram before it where one says it without words.
Item {
    id: note

    required property string text
    property string mark: ""

    height: words.height

    KIcon {
        id: sign

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        name: note.mark
        visible: note.mark !== ""
        width: 48
    }
    KText {
        id: words

        anchors.left: note.mark === "" ? parent.left : sign.right
        anchors.leftMargin: note.mark === "" ? 0 : Theme.space.s
        anchors.right: parent.right
        color: Theme.color.ink2
        role: "note"
        text: note.text
    }
}
