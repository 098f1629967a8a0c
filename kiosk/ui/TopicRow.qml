pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// One line of a page of information: a heading, a paragraph, one of a list, two columns, or somebody to call.
Item {
    id: row

    required property string kind
    required property string text
    property string value: ""
    property string note: ""

    readonly property bool item: row.kind === "item"
    readonly property bool pair: row.kind === "row"
    readonly property bool contact: row.kind === "contact"
    readonly property real indent: row.item ? 104 : 0
    // In large letters two columns would be a word wide.
    readonly property bool stacked: row.pair && Theme.large

    implicitHeight: row.contact ? card.implicitHeight
                    : row.stacked ? words.height + beside.height
                    : Math.max(words.height, row.pair ? beside.height : 0)

    KText {
        id: words

        anchors.left: parent.left
        anchors.leftMargin: row.indent
        role: row.kind === "heading" ? "choice" : "body"
        text: row.text
        visible: !row.contact
        width: row.pair && !row.stacked ? parent.width * 0.5 : parent.width - row.indent
    }
    KText {
        anchors.left: parent.left
        text: row.value
        visible: row.item && row.value !== ""
    }
    KText {
        id: beside

        anchors.right: parent.right
        color: Theme.color.ink2
        horizontalAlignment: row.stacked ? Text.AlignLeft : Text.AlignRight
        text: row.pair ? row.value : ""
        visible: row.pair
        width: row.stacked ? parent.width : parent.width * 0.5 - Theme.space.m
        y: row.stacked ? words.height : 0
    }
    KCard {
        id: card

        gap: 0
        pad: 24
        visible: row.contact
        width: parent.width

        KText {
            text: row.text
            width: parent.width
        }
        KLine {
            icon: "phone"
            mark: Theme.color.ink
            role: Theme.large ? "choice" : "title"
            text: Theme.isolated(row.value)
        }
        KText {
            color: Theme.color.ink2
            role: "note"
            text: row.note
            visible: row.note !== ""
            width: parent.width
        }
    }
}
