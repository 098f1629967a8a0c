pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The question. Its lines are about equally long: a last line of one word reads like an afterthought.
Item {
    id: title

    required property string text

    // A question of four lines in large text is no longer seen as one: it is said a size smaller.
    readonly property string role: whole.lineCount > 3 ? "button" : "title"

    implicitHeight: shown.height

    Accessible.name: title.text
    Accessible.role: Accessible.Heading

    // How many lines it takes at full width, and whether it takes no more when it is narrower.
    KText {
        id: whole

        role: "title"
        text: title.text
        visible: false
        width: title.width
    }
    KText {
        id: narrow

        role: title.role
        text: title.text
        visible: false
        width: Math.min(title.width, Math.ceil(whole.implicitWidth / whole.lineCount * 1.2))
    }
    KText {
        id: shown

        anchors.left: parent.left
        role: title.role
        text: title.text
        width: title.role !== "title" || narrow.lineCount > whole.lineCount ? title.width : narrow.width
        Accessible.ignored: true
    }
}
