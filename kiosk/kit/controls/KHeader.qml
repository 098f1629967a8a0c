pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The name of the centre, on pages outside of the journey and on boards. Whoever holds it for long is no passer-by.
Item {
    id: header

    required property string name
    property int hold: Theme.touch.hold_ms

    signal held()

    implicitHeight: 72

    KIcon {
        id: door

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.color.primary
        name: "centre"
        width: 64
    }
    KText {
        anchors.left: door.right
        anchors.leftMargin: Theme.space.m
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        role: Theme.large ? "note" : "choice"
        text: header.name
    }
    TapHandler {
        longPressThreshold: header.hold / 1000

        onLongPressed: header.held()
    }
}
