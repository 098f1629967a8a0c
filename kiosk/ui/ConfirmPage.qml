pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// What will happen. The one page where a ticket is asked for.
KPage {
    id: page

    // The journey closes the way back while the ticket is made.
    readonly property bool working: !page.model.can_back
    readonly property bool crowded: Theme.large && page.model.stops.length > 3

    drawing: "service"
    help: page.model.no_paper ? "" : qsTr("Then your ticket is printed.")
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
                visible: page.model.stops.length > 0 && !page.crowded
                width: parent.width
            }
            KItinerary {
                bare: page.crowded
                stops: page.model.stops
                tight: page.model.stops.length > 3
                width: parent.width
            }
        }
    ]

    KButton {
        busy: page.working
        enabled: !page.working
        pictogram: "check"
        primary: true
        text: page.model.no_paper ? qsTr("Yes, show my number") : qsTr("Yes, print my ticket")
        width: parent.width

        onUsed: Bridge.act("confirm", "")
    }
    KButton {
        enabled: !page.working
        pictogram: "back"
        text: qsTr("No, choose again")
        width: parent.width

        onUsed: Bridge.act("back", "")
    }
}
