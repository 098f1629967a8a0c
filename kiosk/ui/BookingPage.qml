pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// What an appointment is worth now, where it lets nobody in: why, and always a next step.
KPage {
    id: page

    readonly property string found: page.model.found
    readonly property bool asking: page.found === "asking"
    readonly property bool linked: page.model.link !== ""

    drawing: page.linked ? "" : page.asking ? "service" : page.found === "too-late" ? "closed" : "help"
    help: page.linked ? qsTr("Point the camera of your phone here.") : words.help(page.found, page.model.wait_min)
    title: page.linked ? qsTr("Choose another day on your phone") : words.title(page.found, Theme.isolated(page.model.clock))

    info: [
        BookingWords {
            id: words
        },
        LinkPicture {
            anchors.horizontalCenter: parent.horizontalCenter
            address: page.model.link
            visible: page.linked
        },
        KStatus {
            busy: true
            text: qsTr("Please wait")
            visible: page.asking
        },
        KCard {
            gap: Theme.space.s
            pad: 24
            visible: page.model.code !== ""

            KText {
                color: Theme.color.ink2
                role: "lead"
                text: qsTr("Your number")
            }
            KCode {
                size: 150
                value: page.model.code
            }
        },
        KLine {
            icon: "building"
            mark: Theme.color.ink
            text: page.model.place
            visible: page.model.place !== ""
        },
        KLine {
            icon: "door"
            mark: Theme.color.ink
            text: page.model.address
            visible: page.model.address !== ""
        }
    ]

    KChoice {
        pictogram: page.found === "unknown" ? "restart" : "passport"
        text: page.found === "unknown" ? qsTr("Try again") : qsTr("Show the document")
        visible: page.model.again
        width: parent.width

        onUsed: Bridge.act("again", "")
    }
    KChoice {
        note: page.found === "away" ? "" : qsTr("You wait without your appointment")
        pictogram: "ticket"
        text: qsTr("Take a number today")
        visible: page.model.number
        width: parent.width

        onUsed: Bridge.act("number", "")
    }
    KChoice {
        pictogram: "phone"
        text: qsTr("Choose another day")
        visible: page.model.can_choose
        width: parent.width

        onUsed: Bridge.act("choose-day", "")
    }
    KChoice {
        pictogram: "staff"
        text: qsTr("Talk to staff")
        visible: !page.asking && !page.linked && page.found !== "checked-in"
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KButton {
        pictogram: "check"
        primary: true
        text: qsTr("Done")
        visible: page.linked || page.found === "checked-in"
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
