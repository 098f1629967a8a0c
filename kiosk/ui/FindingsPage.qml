pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// What is here for whoever has shown a document or typed a code; nothing is one page, whatever the reason.
KPage {
    id: page

    readonly property string found: page.model.found
    readonly property bool some: page.found === "found"
    readonly property bool one: page.some && page.model.rows.length === 1
    readonly property bool staff: ["nothing", "slowed", "away"].includes(page.found)
    readonly property bool later: page.some && page.model.here === 0 && !page.model.at_counter

    drawing: page.staff ? "help" : page.found === "asking" ? "service" : page.one || !Theme.large ? "lockers" : ""
    help: ({
        asking: qsTr("We look for what is here for you."),
        nothing: page.model.by_code ? qsTr("Try again, or ask staff.")
                                    : qsTr("If you collect for somebody else, show staff the letter first."),
        slowed: qsTr("Staff can help you now."),
        away: qsTr("Your documents are safe. Please ask staff."),
    })[page.found] ?? (page.model.here > 1 ? qsTr("Take them one after another.")
                       : page.model.here === 1 ? qsTr("A door opens. Take it and close the door.")
                       : page.model.at_counter ? qsTr("Take a number. Staff give it to you.")
                       : qsTr("If you left an e-mail or phone number, we write to you."))
    title: ({
        asking: qsTr("One moment, please"),
        nothing: page.model.by_code ? qsTr("This code does not open a door") : qsTr("Nothing is here for this document"),
        slowed: qsTr("Nothing can be tried here for %n minutes", "", Math.max(1, page.model.wait_min)),
        away: qsTr("We cannot look now"),
    })[page.found] ?? (page.one ? page.model.here === 1 ? qsTr("Your document is ready")
                                                        : page.later ? qsTr("Your document is not ready yet") : qsTr("Your document is at the counter")
                       : qsTr("%n documents for you", "", page.model.rows.length + page.model.further))

    info: [
        ItemWords {
            id: words
        },
        KStatus {
            busy: true
            text: qsTr("Please wait")
            visible: page.found === "asking"
        },
        KCard {
            gap: Theme.space.s
            pad: 24
            visible: page.some

            Repeater {
                model: page.model.rows

                ItemRow {
                    required property var modelData

                    icon: words.icon(modelData.kind)
                    said: words.where(modelData.where)
                    text: words.kind(modelData.kind)
                    where: modelData.where
                }
            }
            KText {
                color: Theme.color.ink2
                role: "note"
                text: qsTr("and %n more documents", "", page.model.further)
                visible: page.model.further > 0
                width: parent.width
            }
        }
    ]

    KButton {
        pictogram: "door"
        primary: true
        text: qsTr("Open the door")
        visible: page.model.here > 0
        width: parent.width

        onUsed: Bridge.act("open", "")
    }
    KButton {
        pictogram: "ticket"
        primary: page.model.here === 0
        text: qsTr("Take a number for the counter")
        visible: page.model.at_counter
        width: parent.width

        onUsed: Bridge.act("counter", "")
    }
    KButton {
        pictogram: "staff"
        primary: true
        text: qsTr("Call staff")
        visible: page.staff
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KButton {
        pictogram: "restart"
        text: qsTr("Try again")
        visible: page.found === "nothing" || page.found === "away"
        width: parent.width

        onUsed: Bridge.act("again", "")
    }
    KButton {
        pictogram: "check"
        primary: page.later
        text: qsTr("Done")
        visible: page.found !== "asking" && page.model.here === 0
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
