pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// What a screen that is not connected says, in one language, read in the direction of that language.
Rectangle {
    id: card

    required property string language
    required property string since
    // Lines may be broken: the card is narrow and high.
    property bool breaks: false
    readonly property bool rtl: Qt.locale(card.language).textDirection === Qt.RightToLeft
    readonly property list<string> sentences: [
        QT_TRANSLATE_NOOP("OfflinePage", "This screen is not up to date"),
        QT_TRANSLATE_NOOP("OfflinePage", "Wait here. Staff will come to you."),
        QT_TRANSLATE_NOOP("OfflinePage", "Not connected since %1. Your place is safe.")
    ]
    // Each of the three has its part of the height; where a card is high they grow up to what is read across a hall.
    readonly property list<real> shares: [0.38, 0.32, 0.3]
    readonly property list<real> largest: [170, 120, 104]

    color: Theme.color.surface
    objectName: "card"
    radius: Theme.radius.card

    Column {
        anchors.verticalCenter: parent.verticalCenter
        width: card.width - 88
        x: 44

        Repeater {
            model: card.sentences

            BoardLabel {
                required property int index
                required property string modelData
                readonly property string words: Bridge.translate(card.language, "OfflinePage", modelData)

                color: index === 2 ? Theme.color.ink2 : Theme.color.ink
                font.pixelSize: Math.min(card.largest[index], (card.height - 32) * card.shares[index] * 0.7)
                font.weight: index === 2 ? Font.Normal : index === 1 ? Font.DemiBold : Font.Bold
                // Arabic has high lines, which would make it smaller than the others where its line is whole.
                fontSizeMode: card.breaks ? Text.Fit : Text.HorizontalFit
                height: (card.height - 32) * card.shares[index]
                horizontalAlignment: card.rtl ? Text.AlignRight : Text.AlignLeft
                lineHeight: card.rtl ? 0.7 : 0.95
                minimumPixelSize: 40
                text: index === 2 ? words.arg("\u2066" + card.since + "\u2069") : words
                width: card.width - 88
                wrapMode: card.breaks ? Text.WordWrap : Text.NoWrap
            }
        }
    }
}
