pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// How long it takes, and where nobody can say, how many visits wait: for the steps with the most. The row is read in the
// direction of the language.
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
                readonly property var range: cell.modelData.wait ?? null
                readonly property string about: cell.range !== null && cell.range.is_rough ? "~" : ""
                readonly property string told: cell.range === null ? ""
                                               : cell.range.low === 0 ? cell.about + qsTr("up to %n min", "", cell.range.high)
                                               : cell.about + qsTr("%1–%n min", "", cell.range.high).arg(cell.range.low)

                // A range stands under its name. Arabic has no room for two lines, and is short.
                readonly property bool stacked: cell.range !== null && !Theme.rtl
                readonly property real rest: cell.width - Theme.space.l - sign.width - Theme.space.s - Theme.space.m

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
                    id: sign

                    anchors.left: parent.left
                    anchors.leftMargin: Theme.space.l
                    anchors.verticalCenter: parent.verticalCenter
                    name: cell.range === null ? "people" : "clock"
                    width: wait.label * 1.2
                }
                BoardLabel {
                    id: count

                    anchors.left: sign.right
                    anchors.leftMargin: Theme.space.s
                    font.features: ({ tnum: 1 })
                    font.pixelSize: wait.label
                    font.weight: Font.Bold
                    fontSizeMode: Text.Fit
                    height: cell.stacked ? cell.height / 2 : cell.height
                    minimumPixelSize: 36
                    text: cell.range === null ? cell.modelData.visits : cell.told
                    width: cell.stacked ? cell.rest : Math.ceil(implicitWidth)
                    wrapMode: Text.NoWrap
                    y: cell.height - height
                }
                BoardLabel {
                    anchors.left: cell.stacked ? sign.right : count.right
                    anchors.leftMargin: cell.stacked ? Theme.space.s : Theme.space.m
                    font.pixelSize: wait.label
                    font.weight: Font.Normal
                    fontSizeMode: Text.Fit
                    height: count.height
                    lineHeight: Theme.rtl ? 0.7 : cell.stacked ? 1 : 0.95
                    maximumLineCount: cell.stacked ? 1 : 2
                    minimumPixelSize: 36
                    text: cell.modelData.name
                    width: cell.stacked ? cell.rest : cell.rest - count.width - Theme.space.m
                    wrapMode: cell.stacked ? Text.NoWrap : Text.WordWrap
                }
            }
        }
    }
}
