pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The address of one device, typed on the screen. It is tried before it is kept.
KPage {
    id: page

    property bool capitals: false
    readonly property list<string> rows: ["1234567890", "qwertyuiop", "asdfghjkl:", "zxcvbnm./-", "_?=&+"]
    readonly property real key: (Theme.grid.content_w - 9 * Theme.target.gap) / 10
    readonly property real high: Theme.lowered ? 84 : 104

    help: page.model.busy ? qsTr("It is being tried.")
          : page.model.problem !== "" ? words.fault(page.model.problem) : qsTr("It is tried before it is kept.")
    title: words.name(page.model.part)

    info: KCard {
        pad: 28

        KText {
            LayoutMirroring.enabled: false
            role: "body"
            text: page.model.entered === "" ? qsTr("No address: the device is not used.") : "\u2066" + page.model.entered + "\u2069"
            width: parent.width
            wrapMode: Text.WrapAnywhere
        }
    }

    component Key: KTarget {
        id: tile

        property string pictogram: ""

        height: page.high
        key: "key " + tile.text
        width: page.key

        background: KPlane {
            dashed: !tile.enabled
            edge: tile.down ? "transparent" : Theme.color.edge
            face: tile.down ? Theme.color.tint : Theme.color.surface
            sink: tile.sink
        }
        contentItem: Item {
            KIcon {
                anchors.centerIn: parent
                mirror: false
                name: tile.pictogram
                visible: tile.pictogram !== ""
                width: 58
            }
            KText {
                anchors.centerIn: parent
                role: "button"
                text: tile.pictogram === "" ? tile.text : ""
            }
        }
    }

    PartWords {
        id: words
    }
    Column {
        LayoutMirroring.childrenInherit: true
        LayoutMirroring.enabled: false
        enabled: !page.model.busy
        spacing: Theme.target.gap

        Repeater {
            model: page.rows

            Row {
                id: line

                required property string modelData

                spacing: Theme.target.gap

                Repeater {
                    model: line.modelData.split("")

                    Key {
                        required property string modelData

                        text: page.capitals ? modelData.toUpperCase() : modelData

                        onUsed: Bridge.act("key", text)
                    }
                }
                Key {
                    pictogram: page.capitals ? "down" : "text"
                    text: qsTr("Capital letters")
                    visible: line.modelData.length < 10
                    width: 2 * page.key + Theme.target.gap

                    onUsed: page.capitals = !page.capitals
                }
                Key {
                    pictogram: "back"
                    text: qsTr("Erase")
                    visible: line.modelData.length < 10
                    width: 2 * page.key + Theme.target.gap

                    onUsed: Bridge.act("erase", "")
                }
                Key {
                    pictogram: "cross"
                    text: qsTr("Erase all")
                    visible: line.modelData.length < 10

                    onUsed: Bridge.act("clear", "")
                }
            }
        }
    }
    KButton {
        busy: page.model.busy
        enabled: !page.model.busy
        pictogram: "check"
        primary: true
        text: qsTr("Try it and keep it")
        width: parent.width

        onUsed: Bridge.act("submit", "")
    }
}
