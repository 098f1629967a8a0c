pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The time that was touched, kept while they decide. One touch books it.
KPage {
    id: page

    readonly property var mine: days.parts(page.model.day)

    help: page.model.working ? qsTr("One moment, please") : qsTr("We keep it for you until %1.").arg(Theme.isolated(page.model.until))
    physical: true
    title: qsTr("%1 at %2. Is this right?").arg(days.written(page.model.day)).arg(Theme.isolated(page.model.clock))
    titleLines: 3

    scene: CalendarLeaf {
        anchors.centerIn: parent
        day: page.mine.date
        month: page.mine.month
        strong: true
        visible: parent.height >= height
        word: Theme.isolated(page.model.clock)
    }
    info: [
        DayWords {
            id: days
        },
        KCard {
            gap: Theme.space.xs
            pad: Theme.large ? 16 : 32

            KLine {
                icon: "ticket"
                mark: Theme.color.ink
                role: page.model.services === 1 && !Theme.large ? "choice" : "note"
                text: page.model.service
            }
            KLine {
                icon: "people"
                mark: Theme.color.ink
                role: "note"
                text: qsTr("For %n people", "", page.model.people)
                visible: page.model.people > 1
            }
        },
        KStatus {
            kind: "problem"
            text: qsTr("Nobody has answered. Please try again.")
            visible: page.model.away
            width: parent?.width ?? 0
        },
        KStatus {
            kind: "problem"
            text: qsTr("No paper now. Your code will be on the screen.")
            visible: page.model.no_paper && !page.model.away
        }
    ]

    KButton {
        busy: page.model.working
        enabled: !page.model.working
        pictogram: page.model.away ? "restart" : "check"
        primary: true
        text: page.model.away ? qsTr("Try again") : qsTr("Yes, book this time")
        width: parent.width

        onUsed: Bridge.act("book", "")
    }
    KButton {
        enabled: !page.model.working
        pictogram: "back"
        text: qsTr("No, another time")
        visible: !page.model.away
        width: parent.width

        onUsed: Bridge.act("back", "")
    }
    KButton {
        pictogram: "staff"
        text: qsTr("Talk to staff")
        visible: page.model.away
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
}
