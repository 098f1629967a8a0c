pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The rows of one layer of a keyboard: a sign a key, the arrow shifts. `erases`: the last row ends with a key that erases.
Column {
    id: lines

    required property list<string> rows
    required property int columns
    required property real high
    property bool capitals: false
    property bool erases: false
    readonly property real wide: (lines.width - (lines.columns - 1) * lines.spacing) / lines.columns

    signal typed(sign: string)
    signal shift()
    signal erase()

    function span(keys: int): real {
        return keys * lines.wide + (keys - 1) * lines.spacing;
    }

    spacing: Theme.target.gap

    Repeater {
        model: lines.rows

        Row {
            id: line

            required property string modelData
            required property int index
            readonly property int rest: lines.columns - line.modelData.length

            spacing: lines.spacing

            Repeater {
                model: line.modelData.split("")

                KKey {
                    required property string modelData
                    readonly property bool shifts: modelData === "\u21e7"

                    height: lines.high
                    pictogram: shifts ? (lines.capitals ? "down" : "up") : ""
                    text: shifts ? qsTr("Capital letters") : lines.capitals ? modelData.toUpperCase() : modelData
                    width: lines.span(shifts ? line.rest + 1 : 1)

                    onUsed: shifts ? lines.shift() : lines.typed(text)
                }
            }
            KKey {
                height: lines.high
                pictogram: "back"
                text: qsTr("Erase")
                visible: lines.erases && line.index === lines.rows.length - 1
                width: lines.span(Math.max(1, line.rest))

                onUsed: lines.erase()
            }
        }
    }
}
