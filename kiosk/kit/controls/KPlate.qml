pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// A counter: its number, white on ink; outlined where the counter has called already.
Rectangle {
    id: plate

    required property string number
    property bool outlined: false
    property real size: 96

    border.color: Theme.color.ink
    border.width: Math.max(Theme.stroke.control, plate.size / 32)
    color: plate.outlined ? "transparent" : Theme.color.ink
    implicitHeight: plate.size
    implicitWidth: Math.max(plate.size, digits.implicitWidth + plate.size / 3)
    radius: plate.size / 6

    Accessible.name: plate.number
    Accessible.role: Accessible.StaticText

    Text {
        id: digits

        anchors.centerIn: parent
        color: plate.outlined ? Theme.color.ink : Theme.color.surface
        font.family: Theme.family
        font.features: ({ tnum: 1 })
        font.pixelSize: plate.size * 0.7
        font.weight: plate.outlined ? Font.DemiBold : Font.Bold
        text: "\u2066" + plate.number + "\u2069"
        textFormat: Text.PlainText
        Accessible.ignored: true
    }
}
