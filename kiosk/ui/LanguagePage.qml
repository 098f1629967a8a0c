pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The first page. It greets in every language that is offered, each in its own script and in no other words.
KPage {
    id: page

    readonly property var greetings: ({
        en: { welcome: "Welcome", touch: "Touch your language" },
        ar: { welcome: "أهلًا وسهلًا", touch: "المس لغتك" },
    })
    readonly property var offered: page.model.languages.filter(one => one.code in page.greetings).slice(0, 3)

    fill: true

    scene: Column {
        anchors.bottom: parent.bottom
        spacing: Theme.space.m
        width: parent.width

        Repeater {
            model: page.offered

            KText {
                required property var modelData
                required property int index

                color: index === 0 ? Theme.color.ink : Theme.color.ink2
                role: index === 0 ? "display" : "title"
                text: page.greetings[modelData.code].welcome
                width: parent.width
            }
        }
        Item {
            height: 8
            width: 1
        }
        Repeater {
            model: page.offered

            Item {
                id: invitation

                required property var modelData
                required property int index

                height: words.height
                width: parent.width

                KIcon {
                    id: hand

                    anchors.left: parent.left
                    anchors.verticalCenter: parent.verticalCenter
                    ink: Theme.color.primary
                    name: "hand"
                    visible: invitation.index === 0
                    width: 64
                }
                KText {
                    id: words

                    anchors.left: hand.right
                    anchors.leftMargin: Theme.space.l
                    anchors.right: parent.right
                    role: "button"
                    text: page.greetings[invitation.modelData.code].touch
                }
            }
        }
    }
    KLanguageGrid {
        languages: page.model.languages
        room: page.floor - page.line - (notice.visible ? notice.height + page.gap : 0)
        width: parent.width

        onChosen: code => Bridge.act("language", code)
    }
    NoPaper {
        id: notice

        visible: page.model.no_paper
        width: parent.width
    }
}
