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
    // The stop has its own name on tickets and boards: it is called by no other here.
    readonly property string desk: page.model.desk === "" ? "" : Theme.isolated(page.model.desk)

    // The answers say it too, where the letters leave no room.
    help: Theme.large && range.wait !== null ? ""
          : !page.model.can_pay ? (page.desk === "" ? qsTr("You can pay at the counter.") : qsTr("You can pay later: %1.").arg(page.desk))
          : page.model.by_hand ? (page.desk === "" ? qsTr("You pay at the cash desk now, or later at the counter.")
                                                   : qsTr("You pay now at the cash desk, or when your number is called."))
          : page.desk === "" ? qsTr("You pay by card here, or later at the counter.")
          : qsTr("You pay by card here, or later: %1.").arg(page.desk)
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
        WaitLine {
            id: range

            wait: page.model.wait ?? null
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
        text: page.desk === "" ? qsTr("Pay at the counter") : qsTr("Pay later: %1").arg(page.desk)
        width: parent.width

        onUsed: Bridge.act("pay-later", "")
    }
}
