pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// What will happen. The one page where a ticket is asked for.
KPage {
    id: page

    // The journey closes the way back while the ticket is made.
    readonly property bool working: !page.model.can_back
    readonly property real answersNeed: yes.implicitHeight + first.implicitHeight + again.implicitHeight + 2 * page.gap
    readonly property real bare: page.infoRoom(page.answersNeed) - (page.model.no_paper ? paper.implicitHeight + page.gap : 0)
    readonly property bool several: page.model.services > 1

    drawing: "service"
    // The next page says it, where several lines leave no room.
    help: Theme.large && (page.several || range.wait !== null) ? "" : page.model.fee ? qsTr("Then you see what it costs.") : page.model.no_paper ? "" : qsTr("Then your ticket is printed.")
    title: qsTr("Is this right?")
    titleLines: page.model.no_paper && Theme.large ? 0 : 3

    info: [
        NoPaper {
            id: paper

            role: Theme.large ? "floor" : "choice"
            visible: page.model.no_paper
        },
        KCard {
            id: what

            gap: Theme.space.xs
            pad: Theme.large ? 16 : 32
            // Further pages are all for the steps.
            visible: steps.turned === 0

            KLine {
                icon: page.model.icon === "" ? "ticket" : page.model.icon
                mark: Theme.color.ink
                role: !page.several ? "choice" : Theme.large ? "floor" : "note"
                text: page.model.service
            }
            KLine {
                icon: "people"
                mark: Theme.color.ink
                role: Theme.large ? "floor" : "note"
                text: qsTr("For %n people", "", page.model.people)
                visible: page.model.people > 1
            }
            KLine {
                icon: "building"
                ink: Theme.color.ink2
                mark: Theme.color.ink
                role: Theme.large ? "floor" : "note"
                text: page.model.government
                // It was chosen a moment ago; how long it takes, what it costs, and that there is no paper, is new.
                visible: Theme.large ? !page.model.owed && !(page.model.no_paper && range.wait !== null) : !(page.model.owed && page.model.no_paper)
            }
            OwedLine {
                asked: page.model.fee
                owed: page.model.owed ?? null
                role: Theme.large ? "floor" : "note"
            }
        },
        WaitLine {
            id: range

            // What somebody with weak eyes looks for: larger than what they have chosen and know. That it may be too late
            // is a long sentence, which has no room so large where there is no paper either; nor has a range beside a fee.
            role: Theme.large && page.model.no_paper && (range.wait?.shut || page.model.owed) ? "floor" : "lead"
            visible: range.wait !== null && steps.turned === 0
            wait: page.model.wait ?? null
        },
        VisitSteps {
            id: steps

            further: page.bare
            room: page.bare - what.implicitHeight - page.gap - (range.wait === null ? 0 : range.implicitHeight + page.gap)
            stops: page.model.stops
        }
    ]

    KButton {
        id: yes

        busy: page.working
        enabled: !page.working
        pictogram: page.model.fee ? "next" : "check"
        primary: true
        text: page.model.fee ? qsTr("Yes, go on") : page.model.no_paper ? qsTr("Yes, show my number") : qsTr("Yes, print my ticket")
        width: parent.width

        onUsed: Bridge.act("confirm", "")
    }
    KChoice {
        id: first

        enabled: !page.working
        note: page.model.asks ? qsTr("Staff will decide") : qsTr("Age, disability, pregnancy, small children")
        on: page.model.asks
        pictogram: "people"
        text: page.model.asks ? qsTr("You ask to go first") : qsTr("I need to go first")
        width: parent.width

        onUsed: Bridge.act("ask", "")
    }
    // Takes the place of "No": Back leads to the same.
    KPager {
        height: again.implicitHeight
        page: steps.turned
        pages: steps.pages
        visible: steps.pages > 1
        width: parent.width

        onTurned: to => steps.shown = to
    }
    KButton {
        id: again

        visible: steps.pages <= 1
        enabled: !page.working
        pictogram: "back"
        text: qsTr("No, choose again")
        width: parent.width

        onUsed: Bridge.act("back", "")
    }
}
