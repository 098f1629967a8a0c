pragma ComponentBehavior: Bound
import QtQuick

// What the terminal does and how it ended, in plain words: what it is, and what the person can do.
QtObject {
    id: words

    readonly property string twice: qsTr("You will not be charged twice.")
    readonly property string untouched: qsTr("Nothing was taken from your card.")
    readonly property string ready: qsTr("The card terminal is getting ready.")
    readonly property var doing: ({
        "wait": ["pay-wait", qsTr("One moment, please"), words.ready],
        "present-card": ["pay", qsTr("Hold or insert your card at the card terminal"), ""],
        "insert-card": ["pay", qsTr("Insert your card in the card terminal"), ""],
        "remove-card": ["pay", qsTr("Take your card out of the terminal"), ""],
        "enter-pin": ["pay-pin", qsTr("Enter your card's PIN at the terminal"), qsTr("Cover the keys with your hand.")],
        "pin-wrong": ["pay-pin", qsTr("That PIN was not right"), qsTr("Look at the terminal. It says whether you can try again.")],
        "confirm-amount": ["pay-pin", qsTr("Confirm the amount at the terminal"), qsTr("Press the green key.")],
        "choose": ["pay-pin", qsTr("Choose at the terminal"), qsTr("It shows what you can choose.")],
        "watch-terminal": ["pay", qsTr("Look at the card terminal"), qsTr("It tells you what to do.")],
        "authorising": ["pay-wait", qsTr("Your bank is being asked"), qsTr("Please leave your card where it is.")],
        "try-other-way": ["pay", qsTr("Please insert the card"), qsTr("It could not be read the other way.")],
        "card-not-accepted": ["pay", qsTr("This card is not accepted here"), qsTr("Please try another card.")],
        "approved": ["paid", qsTr("The card was accepted"), qsTr("One moment, please.")],
        "declined": ["pay-wait", qsTr("The card was not accepted"), words.untouched],
        "cancelled": ["pay-wait", qsTr("The payment was stopped"), qsTr("One moment, please.")],
        "reversing": ["pay-wait", qsTr("The payment is being taken back"), words.twice],
    })
    readonly property var phases: ({
        "checking": words.doing["wait"],
        "asking": ["pay-wait", qsTr("We are finding out whether you have paid"), words.twice],
        "undoing": ["pay-wait", qsTr("Your money is being given back"), qsTr("Please wait here.")],
        "printing": ["paid", qsTr("Paid. Your ticket is printing"), qsTr("Your receipt comes after it.")],
        "given-back": ["pay", qsTr("Your money was given back"), qsTr("You have not paid.")],
        "going-back": ["pay", qsTr("Your money goes back to your card"), qsTr("Your bank needs some days for that.")],
        "staff": ["help", qsTr("Staff will find out about your payment"), qsTr("Staff were called.")],
        "broken": ["help", qsTr("This kiosk cannot go on"), qsTr("Staff were called. Please wait here.")],
    })
    // Where staff take the money there is no card, and no terminal to look at.
    readonly property var byHand: ({
        "wait": ["cash-desk", qsTr("Please pay at the cash desk"), qsTr("Staff confirm it. Then your ticket comes out here.")],
        "approved": ["take-ticket", qsTr("Staff have confirmed it"), qsTr("One moment, please.")],
        "checking": ["cash-desk", qsTr("One moment, please"), ""],
        "asking": ["cash-desk", qsTr("We are finding out whether you have paid"), words.twice],
        "undoing": ["cash-desk", qsTr("Please get your money back at the cash desk"), qsTr("Staff were told.")],
        "printing": ["take-ticket", qsTr("Paid. Your ticket is printing"), ""],
        "given-back": ["cash-desk", qsTr("Your money was given back"), qsTr("You have not paid.")],
        "declined": ["cash-desk", qsTr("You have not paid"), ""],
        "cancelled": ["cash-desk", qsTr("You have not paid"), ""],
        "failed": ["cash-desk", qsTr("Paying did not work here"), ""],
    })
    readonly property var unpaid: ({
        "declined": ["pay", qsTr("The card was not accepted"), words.untouched],
        "cancelled": ["pay", qsTr("You have not paid"), words.untouched],
        "failed": ["pay-wait", qsTr("Paying did not work here"), words.untouched],
    })

    // The same three where a payment takes long; what is said of staff is so.
    function longer(staff: string): var {
        const called = staff === "told" || staff === "coming";
        return ["pay-longer", called ? qsTr("Staff are called. Please stay here.") : qsTr("This takes longer. Please stay here."),
                qsTr("You will not pay twice.")];
    }

    // The drawing, the question, and a line under it.
    function said(payment: var, cancelled: bool, byHand: bool): var {
        if (payment.phase === "offer")
            return payment.paper === "cut" ? ["no-paper", qsTr("Did your ticket come out?"), qsTr("You have paid.")]
                                           : ["no-paper", qsTr("Your ticket did not come out"), qsTr("You have paid.")];
        if (payment.phase === "paying" && cancelled)
            return ["pay-wait", qsTr("The payment is being stopped"), qsTr("One moment, please.")];
        const step = payment.phase === "paying" ? payment.progress : payment.phase === "not-paid" ? payment.reason : payment.phase;
        if (byHand && words.byHand[step] !== undefined)
            return words.byHand[step];
        return payment.phase === "not-paid" ? words.unpaid[payment.reason] ?? words.unpaid["failed"]
               : payment.phase === "paying" ? words.doing[payment.progress] ?? words.doing["wait"]
               : words.phases[payment.phase] ?? words.phases["checking"];
    }
}
