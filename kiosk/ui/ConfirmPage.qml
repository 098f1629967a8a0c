pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// What will happen. The one page where a ticket is asked for.
KPage {
    id: page

    // The journey closes the way back while the ticket is made.
    readonly property bool working: !page.model.can_back
    readonly property bool crowded: page.model.stops.length > 3 && (Theme.large || page.model.no_paper)

    drawing: "service"
    help: page.model.fee ? qsTr("Then you see what it costs.") : page.model.no_paper ? "" : qsTr("Then your ticket is printed.")
    title: qsTr("Is this right?")

    info: [
        NoPaper {
            visible: page.model.no_paper
        },
        KCard {
            gap: page.crowded ? Theme.space.xs : Theme.space.m
            pad: page.crowded ? 24 : 40

            KLine {
                icon: page.model.icon === "" ? "ticket" : page.model.icon
                mark: Theme.color.ink
                role: "choice"
                text: page.model.service
            }
            KLine {
                icon: "building"
                ink: Theme.color.ink2
                mark: Theme.color.ink
                role: "note"
                text: page.model.government
            }
            KText {
                color: Theme.color.ink2
                role: "note"
                text: qsTr("Your steps")
                visible: page.model.stops.length > 0 && page.model.stops.length <= 3 && !Theme.large
                width: parent.width
            }
            KItinerary {
                bare: page.crowded || Theme.large
                // In large text it would leave no room for the question; the next page and the paper have the steps.
                visible: !page.crowded || !Theme.large
                stops: page.model.stops
                tight: page.model.stops.length > 3
                width: parent.width
            }
        }
    ]

    KButton {
        busy: page.working
        enabled: !page.working
        pictogram: page.model.fee ? "next" : "check"
        primary: true
        text: page.model.fee ? qsTr("Yes, go on") : page.model.no_paper ? qsTr("Yes, show my number") : qsTr("Yes, print my ticket")
        width: parent.width

        onUsed: Bridge.act("confirm", "")
    }
    KChoice {
        enabled: !page.working
        note: Theme.large ? "" : page.model.asks ? qsTr("Staff will decide") : qsTr("Age, disability, pregnancy, small children")
        on: page.model.asks
        pictogram: "people"
        text: page.model.asks ? qsTr("You ask to go first") : qsTr("I need to go first")
        width: parent.width

        onUsed: Bridge.act("ask", "")
    }
    KButton {
        enabled: !page.working
        pictogram: "back"
        text: qsTr("No, choose again")
        width: parent.width

        onUsed: Bridge.act("back", "")
    }
}
