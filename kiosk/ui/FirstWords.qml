pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// What the first page says above its languages, in all of them: a greeting, what staff or the kiosk have to say, and
// what to do. It is made more than once, roomy and tight, and the roomiest that has room is shown: a greeting may get
// smaller and go, a language never.
Column {
    id: block

    // See kiosk.journey.page.LanguagePage.
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
    readonly property string reader: block.model.reader
    readonly property bool still: block.reader === "ready"
    readonly property color ink: ({ again: Theme.color.alert, read: Theme.color.ok })[block.reader] ?? Theme.color.ink
    readonly property color face: ({ reading: Theme.color.tint2, again: Theme.color.alert_tint, read: Theme.color.ok_tint })[block.reader]
                                  ?? "transparent"
    readonly property bool speaks: block.reader !== "missing" && (block.passport || !block.still)

    readonly property string welcome: QT_TR_NOOP("Welcome")
    readonly property string touch: QT_TR_NOOP("Touch your language")
    readonly property string noPaper: QT_TR_NOOP("No paper")
    readonly property string news: QT_TR_NOOP("There is a notice. Touch your language to read it.")
    readonly property var document: ({
        "ready": QT_TR_NOOP("or put your passport on the glass"),
        "reading": QT_TR_NOOP("Reading. Please do not move it."),
        "again": QT_TR_NOOP("Please put it down again."),
        "read": QT_TR_NOOP("Your document is read."),
        "missing": "",
    })

    function say(language: string, text: string): string {
        return text === "" ? "" : Bridge.say(language, "FirstWords", text);
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

    // One text a language: each on its own line, or one behind the other where there are many.
    component Lines: Flow {
        id: lines

        required property list<string> texts
        property string role: "note"
        property color ink: Theme.color.ink
        property color face: Theme.color.surface
        property bool flowing: block.many
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
                    role: block.small ? "floor" : lines.role
                    text: line.modelData
                    width: lines.flowing ? undefined : lines.width
                    wrapMode: lines.flowing ? Text.NoWrap : Text.WordWrap
                }
            }
        }
    }
    // A picture that says it once more, and the lines.
    component Board: Rectangle {
        id: board

        property string icon: ""
        property color ink: Theme.color.ink
        default property alias inside: body.data

        border.color: board.ink
        border.width: Theme.contrast ? Theme.stroke.control : 0
        color: Theme.color.surface
        height: Math.max(block.many ? 0 : 96, body.implicitHeight + 2 * (block.many ? Theme.space.xs : Theme.space.s))
        radius: Theme.radius.card
        width: block.width

        KIcon {
            id: sign

            anchors.left: parent.left
            anchors.leftMargin: Theme.space.m
            anchors.verticalCenter: parent.verticalCenter
            ink: board.ink
            name: board.icon
            tint: board.color
            visible: !block.many
            width: 60
        }
        Column {
            id: body

            anchors.left: block.many ? parent.left : sign.right
            anchors.leftMargin: Theme.space.m
            anchors.right: parent.right
            anchors.rightMargin: Theme.space.m
            anchors.verticalCenter: parent.verticalCenter
        }
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
        Lines {
            flowing: block.greet === 1 || block.many
            ink: block.greet > 1 ? Theme.color.ink2 : Theme.color.ink
            role: block.many ? "note" : block.greet > 1 ? "title" : "button"
            texts: block.languages.slice(block.greet > 1 ? 1 : 0).map(one => block.say(one, block.welcome))
        }
    }
    Board {
        color: Theme.color.alert_tint
        icon: "alert"
        ink: Theme.color.alert
        visible: block.model.no_paper

        Lines {
            flowing: block.many || !block.paper
            ink: Theme.color.alert
            face: Theme.color.alert_tint
            role: block.many || Theme.large ? "note" : "choice"
            sign: block.many ? "alert" : ""
            texts: block.languages.map(one => block.many || !block.paper ? block.say(one, block.noPaper)
                                                                         : Bridge.say(one, "NoPaper", none.sentence))
        }
    }
    NoPaper {
        id: none

        visible: false
    }
    Board {
        icon: "hear"
        ink: Theme.color.primary
        visible: Boolean(block.model.notice)

        Lines {
            sign: block.many ? "hear" : ""
            texts: (block.model.notice?.said ?? []).map(said => block.told(said))
        }
    }
    Rectangle {
        border.color: block.ink
        border.width: Theme.contrast && !block.still && block.speaks ? Theme.stroke.control : 0
        color: block.face
        height: Math.max(64, invitation.implicitHeight) + (block.still || !block.speaks ? 0 : 2 * Theme.space.s)
        radius: Theme.radius.card
        width: parent.width

        KIcon {
            id: hand

            anchors.left: parent.left
            anchors.leftMargin: block.still || !block.speaks ? 0 : Theme.space.m
            anchors.verticalCenter: parent.verticalCenter
            ink: Theme.color.primary
            name: "hand"
            width: 64
        }
        Column {
            id: invitation

            anchors.left: hand.right
            anchors.leftMargin: Theme.space.l
            anchors.right: mark.left
            anchors.rightMargin: Theme.space.m
            anchors.verticalCenter: parent.verticalCenter
            spacing: block.many || block.small ? 0 : Theme.space.s

            Repeater {
                // Of many languages one says it in words, and the pictures to all; each greets, or brings its notice.
                model: block.many ? [Theme.language] : block.languages

                Column {
                    id: one

                    required property string modelData

                    width: parent?.width ?? 0

                    KText {
                        role: block.small ? "stop" : "button"
                        text: block.say(one.modelData, block.touch)
                        // What was just done is answered first, where there is room for one line.
                        visible: !block.many || block.notice || !block.speaks
                        width: parent.width
                    }
                    KText {
                        color: block.still ? Theme.color.ink2 : block.ink
                        role: block.small ? "floor" : "note"
                        text: block.say(one.modelData, block.document[block.reader])
                        visible: block.speaks
                        width: parent.width
                    }
                }
            }
        }
        Item {
            id: mark

            anchors.right: parent.right
            anchors.rightMargin: block.still || !block.speaks ? 0 : Theme.space.m
            anchors.verticalCenter: parent.verticalCenter
            height: 84
            visible: block.reader !== "missing"
            // Not by `visible`: that is false in a block that is only measured.
            width: block.reader === "missing" ? 0 : 84

            KIcon {
                anchors.fill: parent
                ink: block.reader === "ready" ? Theme.color.primary : block.ink
                name: ({ again: "alert", read: "check" })[block.reader] ?? "passport"
                tint: block.still ? Theme.color.tint : block.face
                visible: block.reader !== "reading"
            }
            KSpinner {
                anchors.centerIn: parent
                color: Theme.color.primary
                visible: block.reader === "reading"
            }
        }
    }
}
