pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The number of who has no paper, and beside it what the paper would have had for a phone.
KCard {
    id: card

    required property string code
    required property string address
    readonly property real side: 288

    pad: Theme.large ? 12 : 32

    Item {
        height: Math.max(words.implicitHeight, card.address === "" ? 0 : white.height)
        width: parent.width

        Column {
            id: words

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.large ? Theme.space.xs : Theme.space.s
            width: parent.width - (card.address === "" ? 0 : card.side + Theme.space.m)

            KText {
                color: Theme.color.ink2
                role: Theme.large ? "note" : "lead"
                text: qsTr("Your number")
            }
            KCode {
                // Beside the picture four digits need smaller ones.
                size: card.address === "" && !Theme.large ? 196 : card.code.length > 4 || Theme.large ? 150 : 186
                value: card.code
            }
            KText {
                role: Theme.large ? "note" : "lead"
                text: qsTr("Your place is safe.")
                width: parent.width
            }
        }
        Rectangle {
            id: white

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            color: "white"
            height: card.side
            visible: card.address !== ""
            width: card.side

            Image {
                anchors.fill: parent
                // Two modules of white, also where the page is black.
                anchors.margins: 20
                fillMode: Image.PreserveAspectFit
                smooth: false
                source: Bridge.qr(card.address)
                Accessible.ignored: true
            }
        }
    }
}
