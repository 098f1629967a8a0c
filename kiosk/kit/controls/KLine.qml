pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// One line of information: pictogram and words.
Item {
    id: line

    required property string icon
    required property string text
    property string role: "lead"
    property color ink: Theme.color.ink
    property color mark: Theme.color.primary

    implicitHeight: Math.max(64, words.height)
    implicitWidth: parent?.width ?? 0

    KIcon {
        id: sign

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        ink: line.mark
        name: line.icon
        width: 60
    }
    KText {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.space.l
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        color: line.ink
        role: line.role
        text: line.text
    }
}
