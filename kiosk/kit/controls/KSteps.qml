pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The thread through the pages: dots without numbers (numbered circles are the stops of a visit).
Item {
    id: progress

    required property int step
    required property int steps

    implicitHeight: 72

    Accessible.name: words.text
    Accessible.role: Accessible.ProgressBar

    Row {
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter

        Repeater {
            model: progress.steps

            Row {
                id: one

                height: progress.height

                required property int index
                readonly property bool done: one.index + 1 < progress.step
                readonly property bool now: one.index + 1 === progress.step

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    color: one.index < progress.step ? Theme.color.primary : Theme.color.line
                    height: one.index < progress.step ? Theme.stroke.thread : Theme.stroke.control
                    visible: one.index > 0
                    width: 48
                }
                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    border.color: one.done || one.now ? Theme.color.primary : Theme.color.line
                    border.width: 4
                    color: one.now ? Theme.color.primary : one.done ? Theme.color.tint : Theme.color.surface
                    height: one.now ? 64 : 52
                    radius: height / 2
                    width: height

                    KIcon {
                        anchors.centerIn: parent
                        ink: Theme.color.primary
                        name: "check"
                        visible: one.done
                        width: 36
                    }
                    Rectangle {
                        anchors.centerIn: parent
                        color: Theme.color.on_primary
                        height: 20
                        radius: 10
                        visible: one.now
                        width: 20
                    }
                }
            }
        }
    }
    KText {
        id: words

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.color.ink2
        role: "min"
        text: qsTr("Step %1 of %2").arg(progress.step).arg(progress.steps)
    }
}
