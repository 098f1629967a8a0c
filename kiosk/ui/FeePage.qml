pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// What it costs, for what, and why. Here, or at a counter: both are a full answer.
KPage {
    id: page

    readonly property bool working: page.model.working
    readonly property bool several: page.model.services > 1

    readonly property bool card: page.model.can_pay && !page.model.by_hand

    drawing: page.model.by_hand && page.model.can_pay ? "cash-desk" : page.model.side === "below" ? "fee-below" : "fee"
    physical: page.drawing !== "cash-desk"
    turned: page.model.side === "left"
    help: !page.model.can_pay ? qsTr("You can pay at the counter.")
          : page.model.by_hand ? qsTr("You pay at the cash desk now, or later at the counter.")
          : qsTr("You pay by card here, or later at the counter.")
    title: page.model.can_pay ? qsTr("This is the fee") : qsTr("You cannot pay here now")

    info: [
        SideWords {
            id: sides
        },
        KCard {
            gap: Theme.large ? Theme.space.xs : Theme.space.m
            pad: Theme.large ? 24 : 40

            AmountLine {
                fee: page.model.fee
            }
            KLine {
                icon: page.model.icon === "" ? "ticket" : page.model.icon
                mark: Theme.color.ink
                role: page.several ? "note" : "lead"
                text: page.model.service
            }
            KLine {
                icon: "people"
                mark: Theme.color.ink
                role: "note"
                text: qsTr("For %n people", "", page.model.people)
                visible: page.model.people > 1
            }
            KLine {
                icon: "building"
                ink: Theme.color.ink2
                mark: Theme.color.ink
                role: "note"
                text: qsTr("Set by: %1").arg(Theme.isolated(page.model.government))
            }
        },
        KLine {
            icon: "card"
            role: Theme.large ? "note" : "lead"
            text: sides.terminal(page.model.side)
            visible: page.card
        }
    ]

    KButton {
        enabled: !page.working
        pictogram: page.model.by_hand ? "cash" : "card"
        primary: true
        text: page.model.by_hand ? qsTr("Pay now at the cash desk") : qsTr("Pay here by card")
        visible: page.model.can_pay
        width: parent.width

        onUsed: Bridge.act("pay", "")
    }
    KChoice {
        enabled: !page.working
        note: qsTr("You get your ticket now")
        pictogram: "people"
        text: qsTr("Pay at the counter")
        width: parent.width

        onUsed: Bridge.act("pay-later", "")
    }
}
