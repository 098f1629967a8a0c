pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// A lobby board is drawn for 16:9 and stands in the middle of any other screen. What hangs over a counter may be very
// wide: its pages take the whole panel.
KWindow {
    id: window

    readonly property bool over: Boolean(Bridge.model.counter)

    designHeight: 1080
    designWidth: window.over && window.down > 0 ? Math.max(1920, Math.min(6480, 1080 * window.across / window.down)) : 1920
    folder: Qt.resolvedUrl(".") + "/"
    height: 1080
    title: "board"
    visible: false
    width: 1920
}
