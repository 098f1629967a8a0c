pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// One action. One primary button a page. `busy` says that it works on it, after a moment.
KTarget {
    id: button

    property bool primary: false
    property bool busy: false
    property string pictogram: ""
    property bool late: false
    readonly property bool waits: button.busy && button.late
    readonly property color ink: !button.enabled && !button.busy ? Theme.color.muted
                                 : button.primary ? Theme.color.on_primary : Theme.color.ink
    readonly property color face: !button.primary ? (button.down ? Theme.color.tint : Theme.color.surface)
                                  : button.down ? Theme.color.primary_press : Theme.color.primary
    readonly property bool plain: !button.enabled && !button.busy

    implicitHeight: Math.max(button.primary ? Theme.target.primary : Theme.target.choice, caption.height + 32)
    implicitWidth: Theme.grid.content_w

    background: KPlane {
        border: button.primary ? button.face : Theme.color.line
        dashed: button.plain
        edge: button.down ? "transparent" : button.primary ? Theme.color.primary_press : Theme.color.edge
        face: button.face
        sink: button.sink
    }
    contentItem: Item {
        Row {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: button.sink
            spacing: Theme.space.m

            KIcon {
                anchors.verticalCenter: parent.verticalCenter
                ink: button.ink
                name: button.pictogram
                tint: button.primary ? button.face : Theme.color.tint
                visible: button.pictogram !== "" && !button.waits
                width: 58
            }
            KSpinner {
                anchors.verticalCenter: parent.verticalCenter
                color: button.ink
                visible: button.waits
            }
            KText {
                id: caption

                anchors.verticalCenter: parent.verticalCenter
                color: button.ink
                horizontalAlignment: Text.AlignLeft
                role: "button"
                text: button.waits ? qsTr("Please wait") : button.text
                width: Math.min(implicitWidth, button.width - (button.pictogram === "" ? 0 : 58 + Theme.space.m) - 2 * Theme.space.l)
            }
        }
    }

    Timer {
        interval: Theme.touch.busy_ms
        running: button.busy
        onRunningChanged: button.late = false
        onTriggered: button.late = true
    }
}
