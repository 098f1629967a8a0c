pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// What the first page says above its languages, in all of them: a greeting, what staff or the kiosk have to say, and
// what to do. It is made more than once, roomy and tight, and the roomiest that has room is shown: a greeting may get
// smaller and go, a language never.
Column {
    id: block

    // See kiosk.journey.steps.language.LanguagePage.
    required property var model
    required property list<string> languages
    // 2: each greeting on its own line, 1: all in one line, 0: none.
    property int greet: 2
    // Whether the passport is spoken of; its picture is there in any case.
    property bool passport: true
    property bool small: false
    // Whether these are said in whole sentences.
    property bool paper: true
    property bool notice: true

    readonly property bool many: block.languages.length > 5

    readonly property string welcome: QT_TR_NOOP("Welcome")
    readonly property string noPaper: QT_TR_NOOP("No paper")
    readonly property string news: QT_TR_NOOP("There is a notice. Touch your language to read it.")

    function say(language: string, text: string): string {
        return Bridge.translate(language, "FirstWords", text);
    }
    function told(said: var): string {
        return block.many ? sentences.brief(block.model.notice.text, said.language)
               : !block.notice && block.model.notice.text === "own" ? block.say(said.language, block.news)
               : sentences.sentence(block.model.notice.text, said);
    }

    spacing: Theme.space.m
    width: parent?.width ?? 0

    NoticeWords {
        id: sentences
    }

    Column {
        spacing: Theme.space.s
        visible: block.greet > 0
        width: parent.width

        KText {
            role: "display"
            text: block.say(block.languages[0], block.welcome)
            visible: block.greet > 1
            width: parent.width
        }
        EveryLanguage {
            small: block.small
            flowing: block.greet === 1 || block.many
            ink: block.greet > 1 ? Theme.color.ink2 : Theme.color.ink
            role: block.many ? "note" : block.greet > 1 ? "title" : "button"
            texts: block.languages.slice(block.greet > 1 ? 1 : 0).map(one => block.say(one, block.welcome))
        }
    }
    FirstBoard {
        many: block.many
        color: Theme.color.alert_tint
        icon: "alert"
        ink: Theme.color.alert
        visible: block.model.no_paper

        EveryLanguage {
            small: block.small
            flowing: block.many || !block.paper
            ink: Theme.color.alert
            face: Theme.color.alert_tint
            role: block.many || Theme.large ? "note" : "choice"
            sign: block.many ? "alert" : ""
            texts: block.languages.map(one => block.many || !block.paper ? block.say(one, block.noPaper)
                                                                         : Bridge.translate(one, "NoPaper", none.sentence))
        }
    }
    NoPaper {
        id: none

        visible: false
    }
    FirstBoard {
        many: block.many
        icon: "hear"
        ink: Theme.color.primary
        visible: Boolean(block.model.notice)

        EveryLanguage {
            flowing: block.many
            sign: block.many ? "hear" : ""
            small: block.small
            texts: (block.model.notice?.said ?? []).map(said => block.told(said))
        }
    }
    FirstTouch {
        brief: !block.notice
        languages: block.languages
        many: block.many
        passport: block.passport
        reader: block.model.reader
        small: block.small
    }
}
