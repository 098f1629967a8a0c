pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// "Your number", the code, and beside it the ticket that comes out of the slot with the same code on it.
Item {
    id: number

    required property string code

    implicitHeight: Math.max(words.height, ticket.height)

    Column {
        id: words

        spacing: Theme.space.m

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter

        KText {
            color: Theme.color.ink2
            role: "lead"
            text: qsTr("Your number")
            width: Math.max(implicitWidth, code.width)
        }
        KCode {
            id: code

            anchors.left: parent.left
            // Four digits are narrower, so that the ticket keeps its place.
            size: Theme.type.code.px * (number.code.replace(" ", "").length > 4 ? 0.82 : 1)
            value: number.code
        }
    }
    KDrawing {
        id: ticket

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        height: 278
        name: "take-ticket"
        width: 340

        KCode {
            anchors.horizontalCenter: parent.horizontalCenter
            size: 48
            value: number.code
            y: 108
        }
    }
}
