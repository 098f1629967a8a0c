pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit.controls

KWindow {
    folder: Qt.resolvedUrl(".") + "/"
    title: "kiosk"
    visible: false
}
