pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Following the terminal, and how it ended. However it ends, there is a ticket to be had.
KPage {
    id: page

    readonly property var payment: page.model.payment
    readonly property string phase: page.payment.phase
    readonly property bool follows: page.phase === "checking" || page.phase === "paying"
    readonly property bool works: ["asking", "undoing", "printing"].includes(page.phase)
    readonly property bool unpaid: ["not-paid", "given-back", "going-back"].includes(page.phase)
    readonly property bool staff: page.phase === "staff"
    readonly property bool printed: page.payment.paper !== "none"
    readonly property bool byHand: page.model.by_hand
    readonly property bool longer: page.model.longer
    // The page of this moment, which is left where the moment gets long.
    readonly property var moment: words.said(page.payment, page.model.cancelled, page.byHand)
    readonly property var said: page.longer ? words.longer(page.model.staff) : page.moment

    drawing: page.said[0]
    help: page.said[2] !== "" || page.byHand ? page.said[2] : sides.terminal(page.model.side)
    // A tick and a clock are the same sign in every language; the terminal is where it is, and the paper comes out there.
    physical: page.said[0] !== "help" && page.said[0] !== "cash-desk"
    title: page.said[1]

    info: [
        PayWords {
            id: words
        },
        SideWords {
            id: sides
        },
        KCard {
            pad: page.byHand ? 40 : 24
            visible: !page.longer && (page.follows || (page.byHand && page.phase === "undoing"))

            AmountLine {
                fee: page.model.fee
                // Nothing else shows it: people say it at the cash desk.
                small: !page.byHand
            }
        },
        KStatus {
            busy: true
            text: qsTr("Please wait")
            visible: !page.longer && (page.works || (page.follows && (page.model.cancelled || page.phase === "checking")))
        },
        PayLonger {
            model: page.model
            now: page.phase === "checking" ? words.ready : page.moment[1]
            visible: page.longer
        },
        KLine {
            icon: "staff"
            text: page.model.staff === "" ? qsTr("If it takes much longer, this kiosk calls staff for you.")
                                          : qsTr("The call did not get through. Please ask somebody near you to fetch staff.")
            visible: page.longer && ["", "away"].includes(page.model.staff)
        },
        KCard {
            visible: page.staff

            KText {
                color: Theme.color.ink2
                role: "lead"
                text: page.payment.claim_paper ? qsTr("Take the slip below and show it to staff.") : qsTr("Show this number to staff, or write it down.")
                width: parent.width
            }
            KCode {
                size: 88
                value: page.payment.claim
                width: parent.width
            }
            KText {
                role: "lead"
                text: words.twice
                width: parent.width
            }
        }
    ]

    KButton {
        pictogram: "print"
        primary: true
        text: qsTr("Print it again")
        visible: page.phase === "offer"
        width: parent.width

        onUsed: Bridge.act("paper", "again")
    }
    KButton {
        pictogram: "ticket"
        text: qsTr("I have my ticket")
        visible: page.phase === "offer" && page.payment.paper === "cut"
        width: parent.width

        onUsed: Bridge.act("paper", "have-it")
    }
    KButton {
        pictogram: "cash"
        text: page.payment.paper === "cut" ? qsTr("No, ask staff") : qsTr("Give my money back")
        visible: page.phase === "offer"
        width: parent.width

        onUsed: Bridge.act("paper", "give-up")
    }
    KButton {
        busy: page.model.cancelled
        enabled: !page.model.cancelled
        pictogram: "cross"
        text: qsTr("Stop the payment")
        visible: page.follows && page.payment.may_cancel && page.payment.card === ""
        width: parent.width

        onUsed: Bridge.act("cancel-payment", "")
    }
    KButton {
        enabled: !page.model.working
        pictogram: page.byHand ? "cash" : "card"
        text: page.byHand ? qsTr("Pay now at the cash desk") : page.payment.reason === "declined" ? qsTr("Try another card") : qsTr("Pay here by card")
        visible: page.model.again
        width: parent.width

        onUsed: Bridge.act("pay", "")
    }
    KButton {
        busy: page.model.working
        enabled: !page.model.working
        pictogram: page.staff && page.printed ? "next" : "ticket"
        primary: true
        text: page.unpaid ? (page.model.desk === "" ? qsTr("Get my ticket, pay at the counter") : qsTr("Get my ticket, pay later"))
              : page.printed ? qsTr("Go on") : qsTr("Get my ticket")
        visible: page.unpaid || page.staff
        width: parent.width

        onUsed: Bridge.act("pay-later", "")
    }
    KButton {
        pictogram: "staff"
        primary: true
        text: qsTr("Call staff")
        visible: page.phase === "broken"
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
}
