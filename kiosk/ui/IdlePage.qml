pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Is anybody there? One simple touch is enough to stay.
KPage {
    id: page

    property int longest: 1

    low: true
    help: qsTr("In %n seconds this kiosk will clear your information and start again.", "", page.model.left)
    title: qsTr("Are you still there?")

    scene: KRing {
        anchors.centerIn: parent
        height: Math.min(392, parent.height)
        remaining: page.model.left
        of: page.longest
        width: height
    }

    onModelChanged: page.longest = Math.max(page.longest, page.model.left)

    KButton {
        height: Math.max(implicitHeight, 168)
        pictogram: "check"
        primary: true
        text: qsTr("Yes, I need more time")
        width: parent.width

        onUsed: Bridge.act("more-time", "")
    }
    KButton {
        pictogram: "cross"
        text: qsTr("No, I am finished")
        width: parent.width

        onUsed: Bridge.act("finished", "")
    }
}
