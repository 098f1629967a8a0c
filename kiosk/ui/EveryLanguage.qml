pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// One text a language: each on its own line, or one behind the other where there are many.
Flow {
    id: lines

    required property list<string> texts
    property string role: "note"
    property bool small: false
    property color ink: Theme.color.ink
    property color face: Theme.color.surface
    property bool flowing: false
    // The picture begins the first line where no room is left beside them.
    property string sign: ""

    spacing: lines.flowing ? 0 : Theme.space.xs
    width: parent?.width ?? 0

    KIcon {
        ink: lines.ink
        name: lines.sign
        tint: lines.face
        visible: lines.sign !== ""
        width: 52
    }
    Item {
        height: 1
        visible: lines.sign !== ""
        width: Theme.space.m
    }
    Repeater {
        model: lines.texts

        Item {
            id: line

            required property string modelData

            height: words.height
            width: lines.flowing ? words.implicitWidth + Theme.space.m : lines.width

            KText {
                id: words

                anchors.left: parent.left
                color: lines.ink
                role: lines.small ? "floor" : lines.role
                text: line.modelData
                width: lines.flowing ? undefined : lines.width
                wrapMode: lines.flowing ? Text.NoWrap : Text.WordWrap
            }
        }
    }
}
