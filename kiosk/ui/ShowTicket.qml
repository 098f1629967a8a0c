pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// A ticket can be shown to the scanner. Said on the first page in two languages, elsewhere in that of the page.
Item {
    id: hint

    property list<string> languages: []
    readonly property string invitation: QT_TR_NOOP("Have a ticket? Hold its code under the scanner to see your place.")

    implicitHeight: Math.max(drawing.height, words.height)

    KDrawing {
        id: drawing

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        height: 140
        name: "show-ticket"
        physical: true
        width: 196
    }
    Column {
        id: words

        anchors.left: drawing.right
        anchors.leftMargin: Theme.space.l
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space.xs

        Repeater {
            model: hint.languages.length > 0 ? hint.languages : [Theme.language]

            KText {
                required property string modelData
                required property int index

                color: index === 0 ? Theme.color.ink : Theme.color.ink2
                role: "note"
                text: Bridge.translate(modelData, "ShowTicket", hint.invitation)
                width: parent?.width ?? 0
            }
        }
    }
}
