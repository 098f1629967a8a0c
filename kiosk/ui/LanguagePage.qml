pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The first page. It greets in every language that is offered, each in its own script and in no other words.
KPage {
    id: page

    readonly property string welcome: QT_TR_NOOP("Welcome")
    readonly property string touch: QT_TR_NOOP("Touch your language")
    readonly property list<string> spoken: page.model.languages.map(one => one.code)
                                           .filter(one => one === "en" || page.say(one, page.welcome) !== page.welcome)
                                           .slice(0, 3)

    function say(language: string, text: string): string {
        return Bridge.say(language, "LanguagePage", text);
    }

    fill: true

    scene: Column {
        id: greeting

        // What is said above the answers takes the room of the greetings, the last language first.
        readonly property int fits: [3, 2, 1].find(count => greeting.needs(count) <= (greeting.parent?.height ?? 0)) ?? 0

        function needs(count: int): real {
            return Theme.type.display.line + (count - 1) * Theme.type.title.line + 8 + count * Theme.type.button.line
                   + 2 * count * greeting.spacing;
        }

        anchors.bottom: parent.bottom
        spacing: Theme.space.m
        width: parent.width

        Repeater {
            model: page.spoken.slice(0, greeting.fits)

            KText {
                required property string modelData
                required property int index

                color: index === 0 ? Theme.color.ink : Theme.color.ink2
                role: index === 0 ? "display" : "title"
                text: page.say(modelData, page.welcome)
                width: parent.width
            }
        }
        Item {
            height: 8
            width: 1
        }
        Repeater {
            model: page.spoken.slice(0, Math.max(1, greeting.fits))

            Item {
                id: invitation

                required property string modelData
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
                    text: page.say(invitation.modelData, page.touch)
                }
            }
        }
    }
    info: [
        NoticeCard {
            most: Theme.large ? 80 : 160
            notice: page.model.notice
        },
        NoPaper {
            visible: page.model.no_paper
            width: parent?.width ?? 0
        }
    ]

    KLanguageGrid {
        id: grid

        languages: page.model.languages
        room: page.floor - page.line - (hint.visible ? hint.height + page.gap : 0)
        width: parent.width

        onChosen: code => Bridge.act("language", code)
    }
    ShowTicket {
        id: hint

        // Where the languages need all the room, the languages come first.
        readonly property real room: page.floor - page.line - grid.rowsNeeded * (Theme.target.min + page.gap)

        languages: page.spoken.slice(0, Theme.large || Theme.lowered ? 1 : 3)
        visible: page.model.scanner && hint.room >= hint.implicitHeight
        width: parent.width
    }
}
