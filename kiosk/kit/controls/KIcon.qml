pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// A pictogram in two colours. Those that point somewhere turn with the reading direction, physical ones never do.
Image {
    id: icon

    required property string name
    property color ink: Theme.color.ink
    property color tint: Theme.color.tint
    readonly property bool points: ["back", "restart", "next", "prev", "home", "exit", "nodoc", "hear"].includes(icon.name)

    height: icon.width
    mirror: Theme.rtl && icon.points
    source: icon.name === "" ? "" : "image://art/icons/" + icon.name + "/" + (Theme.contrast ? "contrast" : "light")
                               + "/" + String(icon.ink).slice(-6) + "/" + String(icon.tint).slice(-6)
    sourceSize: Qt.size(Math.ceil(icon.width * Theme.zoom), Math.ceil(icon.height * Theme.zoom))
    width: 84

    Accessible.ignored: true
}
