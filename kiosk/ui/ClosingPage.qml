pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// They may not be reached today. What the centre can do; and a number all the same, as what is foreseen may be wrong.
KPage {
    id: page

    readonly property var free: page.model.free

    drawing: "before-closing"
    help: page.model.closes === "" ? "" : qsTr("We close at %1.").arg(Theme.isolated(page.model.closes))
    title: qsTr("We may not reach you before closing today")

    info: [
        DayWords {
            id: days
        },
        KCard {
            pad: Theme.large ? 24 : 40
            visible: page.model.costs

            KLine {
                icon: "card"
                mark: Theme.color.ink
                role: Theme.large ? "note" : "lead"
                text: qsTr("You have paid nothing.")
            }
        }
    ]

    KChoice {
        note: page.free ? qsTr("Free: %1").arg(days.moment(page.free.day, page.free.nights, page.free.clock))
              : qsTr("See which days are free")
        pictogram: "calendar"
        suggested: true
        text: qsTr("Come another day")
        visible: page.model.books
        width: parent.width

        onUsed: Bridge.act("book-ahead", "")
    }
    KChoice {
        note: qsTr("Talk to staff now")
        pictogram: "staff"
        text: qsTr("It cannot wait")
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KChoice {
        // The question above says it as well.
        note: Theme.large ? "" : qsTr("We may have no time for you today")
        pictogram: "ticket"
        text: qsTr("Take a number all the same")
        width: parent.width

        onUsed: Bridge.act("number", "")
    }
}
