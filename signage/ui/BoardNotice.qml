pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// One line of an announcement, calmly, at the foot of the board: it covers nothing and takes nobody's place. It is read
// in the direction of its own language, whatever language the labels have now.
Rectangle {
    id: panel

    // A line of its text and the language of that (signage.page.Line); null while nothing is announced.
    required property var notice
    required property real label
    readonly property bool rtl: Qt.locale(panel.notice?.language ?? "en").textDirection === Qt.RightToLeft

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: panel.rtl

    color: Theme.color.sunken

    KIcon {
        id: sign

        anchors.left: parent.left
        anchors.leftMargin: 56
        anchors.verticalCenter: parent.verticalCenter
        ink: Theme.color.primary
        name: "hear"
        width: panel.label * 1.4
    }
    BoardLabel {
        anchors.left: sign.right
        anchors.leftMargin: panel.label * 0.6
        anchors.right: parent.right
        anchors.rightMargin: 56
        anchors.verticalCenter: parent.verticalCenter
        // Scripts that only one bundled font has: asked for another, Qt would complain before it finds that one.
        font.family: ({ am: "Noto Sans Ethiopic", bn: "Noto Sans Bengali" })[panel.notice?.language] ?? Theme.family
        font.pixelSize: panel.label
        fontSizeMode: Text.HorizontalFit
        height: parent.height
        horizontalAlignment: Text.AlignLeft
        minimumPixelSize: 24
        text: panel.notice?.text ?? ""
        wrapMode: Text.NoWrap
    }
}
