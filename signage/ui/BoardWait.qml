pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// How many visits wait, for the steps with the most: the row is read in the direction of the language.
Rectangle {
    id: wait

    required property var waiting
    property real label: Theme.board.label.px

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: Theme.rtl

    color: Theme.color.surface
    radius: Theme.radius.control

    Row {
        anchors.fill: parent

        Repeater {
            model: wait.waiting

            Item {
                id: cell

                required property int index
                required property var modelData

                height: wait.height
                width: wait.width / Math.max(1, wait.waiting.length)

                Rectangle {
                    anchors.left: parent.left
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.color.hairline
                    height: parent.height - 32
                    visible: cell.index > 0
                    width: 3
                }
                KIcon {
                    id: people

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space.l
                    anchors.verticalCenter: parent.verticalCenter
                    name: "people"
                    width: wait.label * 1.2
                }
                BoardLabel {
                    id: count

                    anchors.left: people.right
                    anchors.leftMargin: Theme.space.s
                    anchors.verticalCenter: parent.verticalCenter
                    font.features: ({ tnum: 1 })
                    font.pixelSize: wait.label
                    font.weight: Font.Bold
                    text: cell.modelData.visits
                }
                BoardLabel {
                    anchors.left: count.right
                    anchors.leftMargin: Theme.space.m
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.space.m
                    anchors.verticalCenter: parent.verticalCenter
                    font.pixelSize: wait.label
                    font.weight: Font.Normal
                    fontSizeMode: Text.Fit
                    height: parent.height
                    lineHeight: Theme.rtl ? 0.7 : 0.95
                    maximumLineCount: 2
                    minimumPixelSize: 36
                    text: cell.modelData.name
                }
            }
        }
    }
}
