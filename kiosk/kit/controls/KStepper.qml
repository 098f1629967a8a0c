pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// How many of one kind: words, minus, the number, plus. The number is never mirrored; minus stands before plus.
Rectangle {
    id: stepper

    required property string name
    required property string text
    property string note: ""
    property int count: 0
    property bool mayMore: true
    property bool mayLess: stepper.count > 0

    signal less()
    signal more()

    border.color: Theme.color.hairline
    border.width: Theme.contrast ? Theme.stroke.control : 0
    color: Theme.color.surface
    implicitHeight: Math.max(Theme.target.choice, words.implicitHeight) + 16
    implicitWidth: Theme.grid.content_w
    radius: Theme.radius.card

    component Key: KTarget {
        id: touch

        required property string sign

        height: Theme.target.choice
        width: Theme.target.choice

        background: KPlane {
            border: Theme.color.line
            dashed: !touch.enabled
            edge: touch.down ? "transparent" : Theme.color.edge
            face: touch.down ? Theme.color.tint : Theme.color.surface
            sink: touch.sink
        }
        contentItem: Item {
            KText {
                anchors.centerIn: parent
                anchors.verticalCenterOffset: touch.sink
                color: touch.enabled ? Theme.color.ink : Theme.color.muted
                role: "key"
                text: touch.sign
            }
        }
    }

    Column {
        id: words

        anchors.left: parent.left
        anchors.leftMargin: Theme.space.l
        anchors.right: minus.left
        anchors.rightMargin: Theme.space.s
        anchors.verticalCenter: parent.verticalCenter

        KText {
            role: "snug"
            text: stepper.text
            width: parent.width
        }
        KText {
            color: Theme.color.ink2
            role: "floor"
            text: stepper.note
            visible: stepper.note !== ""
            width: parent.width
        }
    }
    Key {
        id: minus

        anchors.right: number.left
        anchors.verticalCenter: parent.verticalCenter
        enabled: stepper.mayLess
        key: "minus-" + stepper.name
        sign: "\u2212"
        text: qsTr("One less: %1").arg(stepper.text)

        onUsed: stepper.less()
    }
    Item {
        id: number

        anchors.right: plus.left
        anchors.verticalCenter: parent.verticalCenter
        height: Theme.target.choice
        width: 88

        KText {
            anchors.centerIn: parent
            role: "key"
            text: stepper.count
        }
    }
    Key {
        id: plus

        anchors.right: parent.right
        anchors.rightMargin: Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
        enabled: stepper.mayMore
        key: "plus-" + stepper.name
        sign: "+"
        text: qsTr("One more: %1").arg(stepper.text)

        onUsed: stepper.more()
    }
}
