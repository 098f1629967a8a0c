pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import kiosk.kit

// What can be touched, and nothing else can: acts once, on release inside. Gives `used`, never listen to `clicked`.
T.AbstractButton {
    id: target

    // Empty for a control that leads on; a key of a keypad names itself (see Bridge.touch).
    property string key: ""
    property real corner: Theme.radius.control
    property real sink: target.down ? 5 : 0

    signal used()

    activeFocusOnTab: target.enabled
    focusPolicy: Qt.StrongFocus

    onClicked: {
        if (Bridge.touch(target.key))
            target.used();
    }

    Keys.onReturnPressed: event => { if (!event.isAutoRepeat) target.click(); }
    Keys.onEnterPressed: event => { if (!event.isAutoRepeat) target.click(); }
    Keys.onUpPressed: target.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onDownPressed: target.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
    Keys.onLeftPressed: target.nextItemInFocusChain(Theme.rtl).forceActiveFocus(Qt.TabFocusReason)
    Keys.onRightPressed: target.nextItemInFocusChain(!Theme.rtl).forceActiveFocus(Qt.TabFocusReason)

    Accessible.name: target.text
    Accessible.role: Accessible.Button
    Accessible.onPressAction: target.click()

    Rectangle {
        id: ring

        readonly property real out: Theme.stroke.focus + Theme.stroke.focus_gap

        anchors.fill: parent
        anchors.margins: -ring.out
        border.color: Theme.color.focus
        border.width: Theme.stroke.focus
        color: "transparent"
        radius: target.corner + ring.out
        visible: target.visualFocus
        z: 1
    }

    Behavior on sink { NumberAnimation { duration: Theme.motion.press } }
}
