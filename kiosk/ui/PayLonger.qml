pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// What a person knows who waits long for a payment: what is certain, what goes on, and what comes then.
KCard {
    id: card

    required property var model
    // What goes on, in the words of the page that waits.
    required property string now
    readonly property var payment: card.model.payment
    readonly property bool prints: card.payment.phase === "printing"
    // A ticket comes of it, as far as anybody knows.
    readonly property bool hopes: card.payment.phase === "paying" && !card.model.cancelled
                                  && ["", "wait", "remove-card", "authorising", "approved"].includes(card.payment.progress)

    gap: Theme.space.l

    AmountLine {
        fee: card.model.fee
        small: true
    }
    Rectangle {
        color: Theme.color.hairline
        height: 3
        width: parent.width
    }
    KLine {
        icon: "check"
        mark: Theme.color.ok
        text: card.prints ? qsTr("You have paid") : card.model.by_hand ? qsTr("Staff have confirmed it")
              : card.payment.card === "accepted" ? qsTr("The card was accepted") : qsTr("The card was read")
        visible: card.prints || card.payment.card !== ""
    }
    Item {
        implicitHeight: Math.max(64, words.height)
        width: parent.width

        KSpinner {
            id: spinner

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.color.primary
        }
        KText {
            id: words

            anchors.left: spinner.right
            anchors.leftMargin: Theme.space.l
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            font.weight: Font.Bold
            role: "lead"
            text: card.hopes && card.payment.progress !== "remove-card" ? qsTr("Waiting for the answer") : card.now
        }
    }
    Item {
        implicitHeight: Math.max(64, next.height)
        visible: card.hopes
        width: parent.width

        Rectangle {
            id: ring

            anchors.left: parent.left
            anchors.leftMargin: 3
            anchors.verticalCenter: parent.verticalCenter
            border.color: Theme.color.line
            border.width: 4
            color: "transparent"
            height: 52
            radius: height / 2
            width: 52
        }
        KText {
            id: next

            anchors.left: ring.right
            anchors.leftMargin: Theme.space.l + 3
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.color.ink2
            role: "lead"
            text: qsTr("Then your ticket is printed")
        }
    }
}
