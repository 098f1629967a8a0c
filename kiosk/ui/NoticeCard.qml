pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// An announcement, calmly: one line for each language of the page.
KCard {
    id: card

    // See kiosk.journey.page.Notice; nothing where nothing is announced.
    required property var notice
    // The first page says it in several languages in little room: so many letters of all of them.
    property int most: 160
    property string role: "note"

    function texts(): list<string> {
        return !card.notice ? [] : card.notice.said.map(said => words.sentence(card.notice.text, said));
    }

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
                // What does not fit beside the first language is left to the page that is in its language.
                model: card.texts().filter((text, index, all) => index === 0 || all.slice(0, index + 1).join("").length <= card.most)

                KText {
                    required property string modelData

                    role: card.role
                    text: modelData
                    width: parent?.width ?? 0
                }
            }
        }
    }
}
