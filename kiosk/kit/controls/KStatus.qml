pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// What is so now: `good` (tick), `problem` (triangle), `called` (amber: a ticket is being called, nothing else),
// or `plain`. Never a control.
Item {
    id: sign

    property string kind: "plain"
    property string text: ""
    property string icon: ({ good: "check", problem: "alert", called: "hear" })[sign.kind] ?? ""
    property string role: "choice"
    property bool busy: false
    readonly property color ink: ({ good: Theme.color.ok, problem: Theme.color.alert, called: Theme.color.on_called })[sign.kind]
                                 ?? Theme.color.ink
    readonly property color face: ({ good: Theme.color.ok_tint, problem: Theme.color.alert_tint, called: Theme.color.called })[sign.kind]
                                  ?? Theme.color.tint2

    implicitHeight: Math.max(96, words.height + 32)
    implicitWidth: Theme.grid.content_w

    Accessible.name: sign.text
    Accessible.role: sign.kind === "problem" ? Accessible.AlertMessage : Accessible.StaticText

    Rectangle {
        anchors.fill: parent
        border.color: sign.ink
        border.width: Theme.contrast ? Theme.stroke.control : 0
        color: sign.face
        radius: Theme.radius.control
    }
    Item {
        id: mark

        anchors.left: parent.left
        anchors.leftMargin: Theme.space.l
        anchors.verticalCenter: parent.verticalCenter
        height: 58
        width: 58

        KIcon {
            anchors.fill: parent
            ink: sign.ink
            name: sign.busy ? "" : sign.icon
            tint: sign.face
            visible: !sign.busy
        }
        KSpinner {
            color: sign.ink
            visible: sign.busy
        }
    }
    KText {
        id: words

        anchors.left: mark.right
        anchors.leftMargin: Theme.space.m
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.l
        anchors.verticalCenter: parent.verticalCenter
        color: sign.ink
        role: sign.role
        text: sign.text
        Accessible.ignored: true
    }
}
