pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// A drawing in the colours of the theme. `physical` drawings show where things are and are never mirrored.
Image {
    id: drawing

    required property string name
    property bool physical: false
    // Drawn for what stands on the right: it stands on the left.
    property bool turned: false

    fillMode: Image.PreserveAspectFit
    mirror: drawing.physical ? drawing.turned : Theme.rtl
    source: drawing.name === "" ? "" : "image://art/drawings/" + drawing.name + "/" + (Theme.contrast ? "contrast" : "light")
    sourceSize: Qt.size(Math.ceil(936 * Theme.zoom), Math.ceil(600 * Theme.zoom))

    Accessible.ignored: true
}
