pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The number, large, and what comes next. On paper (printing, taken), or on the screen alone (none, cut).
KPage {
    id: page

    readonly property real answersNeed: done.implicitHeight + (page.offers ? 120 + page.gap : page.gone ? Theme.target.choice + page.gap : 0)
    // The number is never without its room.
    readonly property real room: page.infoRoom(page.answersNeed) - facts.implicitHeight - page.gap - (page.gone ? 0 : number.implicitHeight)
    // Whoever has no paper needs their number written down before anything else.
    readonly property bool offers: page.model.form && !page.model.can_print && page.model.paper !== "printing" && !page.gone
    readonly property bool gone: page.model.paper === "none" || page.model.paper === "cut"

    drawing: page.gone ? "no-paper" : ""
    help: page.gone ? qsTr("Write your number down or take a photo.") : ""
    physical: true
    titleLines: page.gone && (Theme.large || page.model.owed) ? 1 : 2
    title: page.model.paper === "cut" ? qsTr("The paper ended too soon")
           : page.model.paper === "none" ? qsTr("The printer has no paper") : ""

    component Fact: KLine {
        mark: Theme.color.ink
        role: Theme.large ? "note" : "lead"
    }

    scene: TicketNumber {
        id: number

        anchors.verticalCenter: parent.verticalCenter
        code: page.model.code
        visible: !page.gone
        width: parent.width
    }
    info: [
        Column {
            id: facts

            spacing: page.gap
            width: parent?.width ?? 0

            NumberCard {
                address: page.model.address
                code: page.model.code
                visible: page.gone
                width: parent?.width ?? 0
            }
            KLine {
                icon: page.model.paper === "printing" ? "print" : "down"
                ink: Theme.color.primary
                role: "button"
                text: page.model.paper === "printing" ? qsTr("Your ticket is printing") : qsTr("Take your ticket below")
                visible: !page.gone
            }
            KStatus {
                kind: page.model.came === "late" ? "plain" : "good"
                icon: page.model.came === "late" ? "clock" : "check"
                role: Theme.large ? "note" : "lead"
                text: page.model.came === "late" ? qsTr("You are late for %1. You keep your place.").arg(Theme.isolated(page.model.booked))
                      : page.model.came === "early" ? qsTr("Your time is %1. It is kept.").arg(Theme.isolated(page.model.booked))
                      : qsTr("You are on time for %1").arg(Theme.isolated(page.model.booked))
                visible: page.model.came !== ""
                width: parent?.width ?? 0
            }
            WaitLine {
                wait: page.model.wait ?? null
            }
            Fact {
                icon: "people"
                text: page.model.ahead === 0 ? qsTr("Nobody is before you") : qsTr("%n numbers before you", "", page.model.ahead)
                visible: page.model.ahead >= 0
            }
            OwedLine {
                owed: page.model.owed ?? null
                paid: page.model.paid
                role: Theme.large || page.gone ? "note" : "lead"
            }
            Fact {
                icon: "record"
                text: qsTr("Your form is filled in")
                visible: page.model.filled
            }
            Fact {
                icon: "hand"
                text: qsTr("You asked to go first. Staff will decide.")
                visible: page.model.asks
            }
            NoticeCard {
                notice: page.model.notice
                role: Theme.large ? "floor" : "note"
            }
        },
        VisitSteps {
            id: steps

            room: page.room
            stops: page.model.stops
            turning: Theme.target.choice + page.gap
        }
    ]

    KPager {
        page: steps.turned
        pages: steps.pages
        visible: steps.pages > 1
        width: parent.width

        onTurned: to => steps.shown = to
    }
    KButton {
        pictogram: "print"
        text: qsTr("Print my ticket")
        visible: page.model.can_print
        width: parent.width

        onUsed: Bridge.act("print", "")
    }
    KButton {
        pictogram: "staff"
        text: qsTr("Ask staff to write it")
        visible: page.gone && !page.model.can_print
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KButton {
        height: 120
        pictogram: "record"
        text: qsTr("Fill in my form")
        visible: page.offers
        width: parent.width

        onUsed: Bridge.act("form", "")
    }
    KButton {
        id: done

        busy: page.model.paper === "printing"
        enabled: page.model.paper !== "printing"
        pictogram: "check"
        primary: true
        text: page.gone ? qsTr("I have my number") : qsTr("Done")
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
