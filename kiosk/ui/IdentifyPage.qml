pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// The document on the reader; it starts by itself. Without a document a person is helped just as well.
KPage {
    id: page

    readonly property bool missing: page.model.reader === "missing"
    // A kiosk that never had a reader asks for no document: nobody is told of a defect.
    readonly property bool none: page.model.reader === "none"
    readonly property bool reading: page.model.reader === "reading"
    // A torn page is never read, and whoever holds it has a document: they are not left to say that they have none.
    readonly property bool again: page.model.reader === "again"
    // Four ways to go on leave no room for what is said beside their names.
    readonly property bool crowded: page.model.books && page.model.collects
    // Large letters leave room for all that is said here, or for what the answers say beside their names.
    readonly property bool full: Theme.large && page.crowded && page.model.away
    readonly property bool tight: Theme.large && (!!page.model.notice || page.model.chip || page.model.no_paper)

    // What needs the server says at once that it cannot be done now; a touch tells more.
    function note(usual: string): string {
        return page.model.away ? qsTr("Not now") : Theme.large || page.crowded ? "" : usual;
    }

    drawing: page.reading ? "reading" : page.missing || page.none ? "service" : "reader"
    help: page.full ? "" : page.none ? qsTr("Touch one.") : page.missing ? qsTr("You will still be helped.") : qsTr("Open it at the photo. Photo side down.")
    physical: !page.missing && !page.none
    turned: page.model.side === "left"
    title: page.none ? qsTr("What do you need today?") : page.missing ? qsTr("Please go on without your document") : qsTr("Put your passport or ID card on the glass")

    info: [
        SideWords {
            id: sides
        },
        KStatus {
            busy: page.reading
            icon: page.reading || page.again || page.missing ? "alert" : "passport"
            kind: page.again || page.missing ? "problem" : "plain"
            text: page.missing ? qsTr("The reader does not work now.")
                  : page.reading ? qsTr("Reading. Please do not move it.")
                  : page.again ? qsTr("Please put it down again.")
                  : page.crowded ? sides.reader(page.model.side)
                  : sides.reader(page.model.side) + " " + qsTr("It starts by itself.")
            visible: !page.none
        },
        // The page before has said it, and the one where a ticket is asked for says it once more.
        NoPaper {
            visible: page.model.no_paper && !(Theme.large && page.model.notice)
        },
        NoticeCard {
            notice: page.model.notice
            role: Theme.large ? "floor" : "note"
        },
        KLine {
            icon: "private"
            ink: Theme.color.ink2
            role: page.tight || page.crowded ? "note" : "body"
            text: page.model.chip ? qsTr("Staff who help you see its number and whether it could be checked. This kiosk keeps nothing.")
                  : qsTr("We use it only to find your country and language. This kiosk keeps nothing.")
            visible: !page.missing && !page.none
        }
    ]

    KChoice {
        note: page.note(qsTr("You have booked a time"))
        noteMark: page.model.away ? "cross" : ""
        pictogram: "clock"
        text: qsTr("I have an appointment")
        visible: page.model.books
        width: parent.width

        onUsed: Bridge.act("check-in", "")
    }
    KChoice {
        note: page.note(qsTr("Something is ready for you"))
        noteMark: page.model.away ? "cross" : ""
        pictogram: "collect"
        text: qsTr("Collect a document")
        visible: page.model.collects
        width: parent.width

        onUsed: Bridge.act("collect", "")
    }
    KChoice {
        note: page.note(qsTr("From a ticket of today"))
        noteMark: page.model.away ? "cross" : ""
        pictogram: "ticket"
        text: qsTr("I have a number")
        width: parent.width

        onUsed: Bridge.act("code", "")
    }
    KChoice {
        pictogram: page.again || page.none ? "next" : "nodoc"
        note: page.missing || page.tight || page.crowded ? "" : qsTr("You will still be helped")
        text: page.none ? qsTr("I need a number") : page.missing ? qsTr("Go on") : page.again ? qsTr("Show it at the counter") : qsTr("I have no document")
        width: parent.width

        onUsed: Bridge.act("no-document", "")
    }
}
