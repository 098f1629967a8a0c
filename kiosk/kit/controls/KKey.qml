pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// One key of a keyboard: a sign or a few, or a pictogram. `text` is what it is called, `face` what stands on it.
KTarget {
    id: tile

    property string face: tile.text
    property string pictogram: ""

    key: "key " + tile.text

    background: KPlane {
        edge: tile.down ? "transparent" : Theme.color.edge
        face: tile.down ? Theme.color.tint : Theme.color.surface
        sink: tile.sink
    }
    contentItem: Item {
        KIcon {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: tile.sink
            mirror: false
            name: tile.pictogram
            visible: tile.pictogram !== ""
            width: 58
        }
        KText {
            id: sign

            anchors.centerIn: parent
            anchors.verticalCenterOffset: tile.sink
            // Some letters are wider than their key.
            fontSizeMode: Text.HorizontalFit
            height: sign.face.line
            horizontalAlignment: Text.AlignHCenter
            role: tile.face.length > 1 ? "min" : "button"
            text: tile.pictogram === "" ? tile.face : ""
            width: parent.width - 12
            wrapMode: Text.NoWrap
        }
    }
}
