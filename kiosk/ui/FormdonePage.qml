pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The answers are at the server. What opens them again is on paper, or has to be written down.
KPage {
    id: page

    readonly property bool coded: page.model.code !== ""

    drawing: page.coded || Theme.large ? "" : "service"
    help: page.model.number !== "" ? qsTr("Staff see them when they call you.") : qsTr("They are kept for you.")
    title: qsTr("Thank you. We have your answers.")
    titleLines: Theme.large && page.coded ? 1 : 2

    info: [
        DateWords {
            id: dates
        },
        KCard {
            gap: Theme.space.s
            pad: 28
            visible: page.coded
            width: parent?.width ?? 0

            KText {
                color: Theme.color.ink2
                role: "note"
                text: qsTr("With this code and your PIN you open it again")
                width: parent.width
            }
            KText {
                font.family: Theme.familyCode
                role: "title"
                text: "\u2066" + page.model.code + "\u2069"
                width: parent.width
            }
            KText {
                color: Theme.color.ink2
                role: "note"
                text: qsTr("It is kept until %1.").arg(Theme.isolated(dates.written(page.model.until)))
                visible: page.model.until !== ""
                width: parent.width
            }
        },
        KStatus {
            busy: page.model.paper === "printing"
            icon: page.model.paper === "taken" ? "down" : "alert"
            kind: page.model.paper === "none" ? "problem" : "plain"
            text: ({
                printing: qsTr("Your paper is printing"),
                taken: qsTr("Take your paper below"),
                none: qsTr("No paper now. Please write the code down."),
            })[page.model.paper] ?? ""
            visible: text !== ""
            width: parent?.width ?? 0
        },
        KLine {
            icon: "ticket"
            mark: Theme.color.ink
            role: Theme.large ? "note" : "lead"
            text: qsTr("Your number is still %1").arg(Theme.isolated(page.model.number))
            visible: page.model.number !== ""
        }
    ]

    KButton {
        pictogram: "next"
        primary: true
        text: qsTr("Fill in the next form")
        visible: page.model.more
        width: parent.width

        onUsed: Bridge.act("next", "")
    }
    KButton {
        busy: page.model.paper === "printing"
        enabled: page.model.paper !== "printing"
        pictogram: "check"
        primary: !page.model.more
        text: page.model.paper === "none" ? qsTr("I have written it down") : qsTr("Done")
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
