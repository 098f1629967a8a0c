pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// An announcement, calmly: one line for each language of the page.
KCard {
    id: card

    // See kiosk.journey.notice.Notice; nothing where nothing is announced.
    required property var notice
    // More letters than that of all languages together: the others say in a few words that there is a notice.
    property int most: 160
    property string role: "note"

    function texts(): list<string> {
        return !card.notice ? [] : card.notice.said.map(said => words.sentence(card.notice.text, said));
    }

    readonly property list<string> whole: card.texts()
    readonly property bool many: card.whole.length > 5
    readonly property bool brief: card.whole.join("").length > card.most

    pad: Theme.large ? 16 : 28
    visible: Boolean(card.notice)

    NoticeWords {
        id: words
    }
    Item {
        height: Math.max(sign.visible ? sign.height : 0, lines.height)
        width: parent.width

        KIcon {
            id: sign

            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            ink: Theme.color.primary
            name: "hear"
            visible: !Theme.large
            width: 60
        }
        Column {
            id: lines

            anchors.left: sign.visible ? sign.right : parent.left
            anchors.leftMargin: sign.visible ? Theme.space.l : 0
            anchors.right: parent.right
            spacing: Theme.space.s

            Repeater {
                model: !card.brief ? card.whole : card.many ? [] : card.whole.slice(0, 1)

                KText {
                    required property string modelData

                    role: card.role
                    text: modelData
                    width: parent?.width ?? 0
                }
            }
            EveryLanguage {
                flowing: true
                ink: Theme.color.ink2
                small: true
                texts: !card.brief ? [] : card.notice.said.slice(card.many ? 0 : 1).map(said => words.brief(card.notice.text, said.language))
                visible: texts.length > 0
            }
        }
    }
}
