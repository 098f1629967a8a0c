pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// An address as a picture for the camera of a phone: black on white, also where the page is black.
Rectangle {
    id: white

    required property string address

    color: "white"
    height: 360
    radius: Theme.radius.well
    width: 360

    Accessible.name: qsTr("A picture for the camera of your phone")
    Accessible.role: Accessible.Graphic

    Image {
        anchors.fill: parent
        // Two modules of white.
        anchors.margins: 28
        fillMode: Image.PreserveAspectFit
        smooth: false
        source: white.address === "" ? "" : Bridge.qr(white.address)
        Accessible.ignored: true
    }
}
