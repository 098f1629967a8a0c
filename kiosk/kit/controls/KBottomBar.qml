pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// On every page, always in this order. What cannot work now keeps its place, without a plate.
Rectangle {
    id: bar

    property bool canBack: true
    property bool canRestart: true
    property bool canHelp: true
    property string helpSaid
    property bool canLanguage: true
    property bool canDisplay: true
    // Where there is nothing to go back to, its place stands for what can be read.
    property bool canInform: false

    readonly property var entries: [
        bar.canInform && !bar.canBack ? { action: "information", icon: "info", text: qsTr("Info"), can: true }
        : { action: "back", icon: "back", text: qsTr("Back"), can: bar.canBack },
        { action: "restart", icon: "restart", text: qsTr("Start again"), can: bar.canRestart },
        { action: "help", icon: "staff", can: bar.canHelp,
          text: bar.canHelp || bar.helpSaid === "" ? qsTr("Call staff") : bar.helpSaid },
        { action: "show-language", icon: "lang", text: qsTr("Language"), can: bar.canLanguage },
        { action: "show-display", icon: "display", text: qsTr("Display"), can: bar.canDisplay },
    ]
    readonly property real pad: 12
    readonly property real side: 24
    // What each needs to stand in two lines; the rest of the width is shared.
    readonly property var needs: bar.entries.map(entry => Math.max(Theme.target.min, bar.narrowest(entry.text) + 2 * bar.pad))
    readonly property real rest: (bar.width - 2 * bar.side - 4 * Theme.target.gap - bar.needs.reduce((a, b) => a + b, 0)) / 5

    function narrowest(text: string): real {
        const words = text.split(" ");
        let least = metrics.advanceWidth(text);
        for (let i = 1; i < words.length; i++) {
            const lines = [words.slice(0, i).join(" "), words.slice(i).join(" ")];
            least = Math.min(least, Math.max(...lines.map(line => metrics.advanceWidth(line))));
        }
        return Math.ceil(least) + 1;
    }

    color: Theme.color.sunken
    implicitHeight: Theme.grid.page_h - Theme.grid.bar_top

    FontMetrics {
        id: metrics

        font.family: Theme.family
        font.pixelSize: Theme.type.bar.px
        font.weight: Theme.type.bar.weight
    }
    Rectangle {
        color: Theme.color.line
        height: Theme.stroke.control
        visible: Theme.contrast
        width: parent.width
    }
    Row {
        anchors.left: parent.left
        anchors.leftMargin: bar.side
        anchors.top: parent.top
        anchors.topMargin: 20
        spacing: Theme.target.gap

        Repeater {
            model: bar.entries.length

            KTarget {
                id: entry

                required property int index
                readonly property var what: bar.entries[entry.index]
                readonly property bool strong: entry.index === 2 && entry.enabled
                readonly property color ink: !entry.enabled ? Theme.color.muted
                                             : entry.strong ? Theme.color.on_primary : Theme.color.ink
                readonly property color face: entry.strong ? (entry.down ? Theme.color.primary_press : Theme.color.primary)
                                              : entry.down ? Theme.color.tint : Theme.color.surface

                enabled: entry.what.can
                height: bar.height - 40
                text: entry.what.text
                width: bar.needs[entry.index] + bar.rest

                background: Rectangle {
                    border.color: entry.strong ? entry.face : Theme.color.line
                    border.width: Theme.contrast ? Theme.stroke.control : 0
                    color: entry.face
                    radius: Theme.radius.control
                    visible: entry.enabled
                }
                contentItem: Item {
                    KIcon {
                        anchors.horizontalCenter: parent.horizontalCenter
                        ink: entry.ink
                        name: entry.what.icon
                        tint: !entry.enabled ? Theme.color.sunken : entry.strong ? entry.face : Theme.color.tint
                        width: 58
                        y: 8
                    }
                    KText {
                        color: entry.ink
                        horizontalAlignment: Text.AlignHCenter
                        role: "bar"
                        text: entry.text
                        width: parent.width
                        y: 65
                    }
                }

                onUsed: Bridge.act(entry.what.action, "")
            }
        }
    }
}
