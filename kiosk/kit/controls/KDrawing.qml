pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// A drawing in the colours of the theme. `physical` drawings show where things are and are never mirrored.
Image {
    id: drawing

    required property string name
    property bool physical: false

    fillMode: Image.PreserveAspectFit
    mirror: Theme.rtl && !drawing.physical
    source: drawing.name === "" ? "" : "image://art/drawings/" + drawing.name + "/" + (Theme.contrast ? "contrast" : "light")
    sourceSize: Qt.size(Math.ceil(936 * Theme.zoom), Math.ceil(600 * Theme.zoom))

    Accessible.ignored: true
}
