pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The number, large, and what comes next. On paper (printing, taken), or on the screen alone (none, cut).
KPage {
    id: page

    // What staff announce comes before the steps, which are on the paper too.
    readonly property bool announces: Boolean(page.model.notice)
    readonly property bool roomy: !page.announces || (!Theme.large && page.model.notice.text !== "own")
    readonly property bool gone: page.model.paper === "none" || page.model.paper === "cut"

    drawing: page.gone ? "no-paper" : ""
    help: page.gone ? qsTr("Write your number down or take a photo.") : ""
    physical: true
    title: page.model.paper === "cut" ? qsTr("The paper ended too soon")
           : page.model.paper === "none" ? qsTr("The printer has no paper") : ""

    scene: TicketNumber {
        anchors.verticalCenter: parent.verticalCenter
        code: page.model.code
        visible: !page.gone
        width: parent.width
    }
    info: [
        KCard {
            visible: page.gone

            KText {
                color: Theme.color.ink2
                role: "lead"
                text: qsTr("Your number")
                width: parent.width
            }
            KCode {
                value: page.model.code
                width: parent.width
            }
            KText {
                role: "lead"
                text: qsTr("Your place is safe.")
                width: parent.width
            }
        },
        KLine {
            icon: page.model.paper === "printing" ? "print" : "down"
            ink: Theme.color.primary
            role: "button"
            text: page.model.paper === "printing" ? qsTr("Your ticket is printing") : qsTr("Take your ticket below")
            visible: !page.gone
        },
        KLine {
            icon: "people"
            mark: Theme.color.ink
            text: page.model.ahead === 0 ? qsTr("Nobody is before you") : qsTr("%n visits before you", "", page.model.ahead)
            visible: page.model.ahead >= 0
        },
        KLine {
            icon: "card"
            mark: Theme.color.ink
            text: qsTr("Your fee is paid")
            visible: page.model.paid
        },
        KLine {
            icon: "hand"
            mark: Theme.color.ink
            text: qsTr("You asked to go first. Staff will decide.")
            visible: page.model.asks
        },
        NoticeCard {
            notice: page.model.notice
        },
        KCard {
            visible: !page.gone && page.model.stops.length > 0 && page.roomy

            KText {
                color: Theme.color.ink2
                role: "note"
                text: qsTr("Your steps")
                width: parent.width
            }
            KItinerary {
                stops: page.model.stops
                bare: page.announces || (page.model.asks && Theme.large)
                tight: page.model.stops.length > (Theme.large ? 2 : 3)
                width: parent.width
            }
        }
    ]

    KButton {
        pictogram: "staff"
        text: qsTr("Ask staff to write it")
        visible: page.gone
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KButton {
        busy: page.model.paper === "printing"
        enabled: page.model.paper !== "printing"
        pictogram: "check"
        primary: true
        text: page.gone ? qsTr("I have my number") : qsTr("Done")
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
