pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// The document stays where it is while its chip is read. Whoever does not want to wait goes on at once. A seal that was
// held under the scanner has no chip: the page says at once what it came to.
KPage {
    id: page

    readonly property bool ended: page.model.state === "ended"
    readonly property bool back: page.model.state === "back"
    readonly property bool seal: page.model.seal !== ""
    readonly property bool good: page.ended && ["read", "seal-holds"].includes(page.model.outcome)
    readonly property bool taken: !page.seal && (page.good || ["expired", "paper-expired"].includes(page.model.outcome))

    drawing: page.seal ? page.good ? "" : "help"
             : page.back ? "reader" : !page.ended ? "reading" : page.taken ? "take-document" : "help"
    help: page.seal ? page.ended ? seals.help(page.model.outcome) : ""
          : page.ended ? words.help(page.model.outcome)
          : page.back ? qsTr("We were not done yet. It starts again by itself.")
          : qsTr("It is being read. Please do not lift it.")
    physical: !page.seal && (!page.ended || page.taken)
    title: page.seal ? page.ended ? seals.title(page.model.outcome) : qsTr("One moment, please")
           : page.ended ? words.title(page.model.outcome)
           : page.back ? qsTr("Put it back and leave it there")
           : qsTr("Leave your document on the reader")

    info: [
        ChipWords {
            id: words
        },
        SealWords {
            id: seals
        },
        KBar {
            value: page.model.percent
            visible: !page.ended && !page.seal
        },
        KLine {
            icon: seals.icon(page.model.seal)
            mark: Theme.color.ink
            text: seals.paper(page.model.seal)
            visible: page.seal
        },
        KStatus {
            icon: page.good ? "check" : "staff"
            kind: page.good ? "good" : "plain"
            text: page.good ? qsTr("Thank you") : qsTr("You will still be helped")
            visible: page.ended
        }
    ]

    KChoice {
        pictogram: "next"
        note: qsTr("You will still be helped")
        text: qsTr("Go on without")
        visible: !page.ended
        width: parent.width

        onUsed: Bridge.act("no-chip", "")
    }
    KButton {
        pictogram: "next"
        primary: true
        text: qsTr("Go on")
        visible: page.ended
        width: parent.width

        onUsed: Bridge.act("continue", "")
    }
}
