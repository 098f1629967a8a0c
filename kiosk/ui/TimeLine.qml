pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Now, when one may come in, and the booked time: three moments on a line that goes the way of reading. No countdown.
Item {
    id: line

    required property string now
    required property string opens
    required property string clock

    implicitHeight: moments.implicitHeight
    implicitWidth: Theme.grid.content_w

    component Moment: Column {
        id: moment

        required property string pictogram
        required property string time
        required property string word
        property bool here: false

        spacing: Theme.space.xs
        width: line.width / 3

        Item {
            height: 108
            width: parent.width

            KIcon {
                anchors.bottom: parent.bottom
                anchors.horizontalCenter: parent.horizontalCenter
                ink: moment.here ? Theme.color.primary : Theme.color.ink
                name: moment.pictogram
                width: moment.here ? 108 : 80
            }
        }
        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            border.color: Theme.color.primary
            border.width: 6
            color: moment.here ? Theme.color.primary : Theme.color.surface
            height: 32
            radius: 16
            width: 32
        }
        KText {
            anchors.horizontalCenter: parent.horizontalCenter
            role: "button"
            text: Theme.isolated(moment.time)
        }
        KText {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.color.ink2
            horizontalAlignment: Text.AlignHCenter
            role: "note"
            text: moment.word
            width: parent.width
        }
    }

    Rectangle {
        color: Theme.color.line
        height: 6
        width: line.width * 2 / 3
        x: line.width / 6
        y: 108 + Theme.space.xs + 13
    }
    Row {
        id: moments

        Moment {
            here: true
            pictogram: "person"
            time: line.now
            word: qsTr("now")
        }
        Moment {
            pictogram: "door"
            time: line.opens
            word: qsTr("come in")
        }
        Moment {
            pictogram: "clock"
            time: line.clock
            word: qsTr("your time")
        }
    }
}
