pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The door is shut, and its compartment empty. It leaves by itself; what else is theirs, and a receipt, are a touch away.
KPage {
    id: page

    drawing: page.model.more > 0 && Theme.large ? "" : "collected"
    help: page.model.more > 0 ? qsTr("%n more documents for you", "", page.model.more) : qsTr("Keep it safe. Goodbye.")
    title: qsTr("Thank you. You have your document.")

    info: [
        ItemWords {
            id: words
        },
        KCard {
            pad: 24

            KLine {
                icon: words.icon(page.model.kind)
                mark: Theme.color.ink
                text: words.kind(page.model.kind)
            }
            KLine {
                icon: "door"
                mark: Theme.color.ink
                text: qsTr("Door %1 is closed").arg(Theme.isolated(page.model.door))
                visible: page.model.door !== ""
            }
        },
        KStatus {
            busy: page.model.receipt === "printing"
            icon: page.model.receipt === "taken" ? "down" : page.model.receipt === "none" ? "check" : "print"
            text: ({
                printing: qsTr("Your receipt is printing"),
                taken: qsTr("Take your receipt below"),
                none: qsTr("No paper now. We have noted that you took it."),
            })[page.model.receipt] ?? ""
            visible: text !== ""
        }
    ]

    KButton {
        pictogram: "next"
        primary: true
        text: qsTr("Go on")
        visible: page.model.more > 0
        width: parent.width

        onUsed: Bridge.act("next", "")
    }
    KButton {
        pictogram: "print"
        text: qsTr("Print a receipt")
        visible: page.model.receipt === "offered"
        width: parent.width

        onUsed: Bridge.act("receipt", "")
    }
    KButton {
        pictogram: "check"
        primary: page.model.more === 0
        text: qsTr("Done")
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
