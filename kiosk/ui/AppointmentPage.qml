pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// Whoever has an appointment shows its code to the scanner, types it, or lays down the document for which it was booked.
KPage {
    id: page

    readonly property bool reads: page.model.reader !== "missing"
    readonly property bool reading: page.model.reader === "reading"
    readonly property bool again: page.model.reader === "again"
    readonly property bool shows: page.model.scanner && !page.model.confirms

    drawing: page.reading ? "reading" : page.shows ? "show-ticket" : page.reads ? "reader" : "service"
    help: page.model.confirms ? qsTr("Put the document of your appointment on the glass.")
          : page.shows ? qsTr("From your phone or your paper.") : qsTr("Type it, or ask staff.")
    physical: page.shows || page.reads
    turned: page.model.side === "left"
    title: page.model.confirms ? qsTr("We need to see your document")
           : page.shows ? qsTr("Show the code of your appointment") : qsTr("You have an appointment")

    info: [
        KStatus {
            icon: "alert"
            kind: "problem"
            text: qsTr("This is not the code of an appointment. Try another one, or type it.")
            visible: page.model.foreign && !page.reading
        },
        SideWords {
            id: sides
        },
        KStatus {
            busy: page.reading
            icon: page.reading || page.again ? "alert" : "passport"
            kind: page.again ? "problem" : "plain"
            text: page.reading ? qsTr("Reading. Please do not move it.")
                  : page.again ? qsTr("Please put it down again.")
                  : qsTr("Or put your document on the glass. %1").arg(sides.reader(page.model.side))
            visible: page.reads
        }
    ]

    KChoice {
        pictogram: "passport"
        text: qsTr("Look with the document I have shown")
        visible: page.model.shown
        width: parent.width

        onUsed: Bridge.act("document", "")
    }
    KChoice {
        note: Theme.large ? "" : qsTr("Eight letters and digits")
        pictogram: "code"
        text: qsTr("Type the code")
        visible: !page.model.confirms
        width: parent.width

        onUsed: Bridge.act("code", "")
    }
    KChoice {
        pictogram: "staff"
        text: qsTr("I have no code here")
        note: Theme.large ? "" : qsTr("Staff find your appointment")
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
}
