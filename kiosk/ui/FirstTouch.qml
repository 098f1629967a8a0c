pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// What to do on the first page, in every language: touch one, or put a document down. What becomes of that is seen here.
Rectangle {
    id: touch

    // See kiosk.journey.steps.language.LanguagePage.
    required property string reader
    required property list<string> languages
    required property bool many
    // Whether the passport is spoken of; its picture is there in any case.
    property bool passport: true
    property bool small: false
    property bool brief: false

    readonly property bool still: touch.reader === "ready"
    readonly property bool speaks: touch.reader !== "missing" && (touch.passport || !touch.still)
    readonly property color ink: ({ again: Theme.color.alert, read: Theme.color.ok })[touch.reader] ?? Theme.color.ink
    readonly property color face: ({ reading: Theme.color.tint2, again: Theme.color.alert_tint, read: Theme.color.ok_tint })[touch.reader]
                                  ?? "transparent"
    readonly property string invite: QT_TR_NOOP("Touch your language")
    readonly property var document: ({
        "ready": QT_TR_NOOP("or put your passport on the glass"),
        "reading": QT_TR_NOOP("Reading. Please do not move it."),
        "again": QT_TR_NOOP("Please put it down again."),
        "read": QT_TR_NOOP("Your document is read."),
        "missing": "",
    })

    function say(language: string, text: string): string {
        return text === "" ? "" : Bridge.translate(language, "FirstTouch", text);
    }

    border.color: touch.ink
    border.width: Theme.contrast && !touch.still && touch.speaks ? Theme.stroke.control : 0
    color: touch.face
    height: Math.max(64, invitation.implicitHeight) + (touch.still || !touch.speaks ? 0 : 2 * Theme.space.s)
    radius: Theme.radius.card
    width: parent?.width ?? 0

    KIcon {
        id: hand

        anchors.left: parent.left
        anchors.leftMargin: touch.still || !touch.speaks ? 0 : Theme.space.m
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
        spacing: touch.many || touch.small ? 0 : Theme.space.s

        Repeater {
            // Of many languages one says it in words, and the pictures to all; each greets, or brings its notice.
            model: touch.many ? [Theme.language] : touch.languages

            Column {
                id: one

                required property string modelData

                width: parent?.width ?? 0

                KText {
                    role: touch.small ? "stop" : "button"
                    text: touch.say(one.modelData, touch.invite)
                    // What was just done is answered first, where there is room for one line.
                    visible: !touch.many || !touch.brief || !touch.speaks
                    width: parent.width
                }
                KText {
                    color: touch.still ? Theme.color.ink2 : touch.ink
                    role: touch.small ? "floor" : "note"
                    text: touch.say(one.modelData, touch.document[touch.reader])
                    visible: touch.speaks
                    width: parent.width
                }
            }
        }
    }
    Item {
        id: mark

        anchors.right: parent.right
        anchors.rightMargin: touch.still || !touch.speaks ? 0 : Theme.space.m
        anchors.verticalCenter: parent.verticalCenter
        height: 84
        visible: touch.reader !== "missing"
        // Not by `visible`: that is false in a block that is only measured.
        width: touch.reader === "missing" ? 0 : 84

        KIcon {
            anchors.fill: parent
            ink: touch.reader === "ready" ? Theme.color.primary : touch.ink
            name: ({ again: "alert", read: "check" })[touch.reader] ?? "passport"
            tint: touch.still ? Theme.color.tint : touch.face
            visible: touch.reader !== "reading"
        }
        KSpinner {
            anchors.centerIn: parent
            color: Theme.color.primary
            visible: touch.reader === "reading"
        }
    }
}
