pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit.controls

KWindow {
    designHeight: 1080
    designWidth: 1920
    folder: Qt.resolvedUrl(".") + "/"
    title: "board"
    visible: false
}
