pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// Whoever collects lays down their document, or types the code of a message. With neither, staff help.
KPage {
    id: page

    readonly property bool reading: page.model.reader === "reading"
    readonly property bool again: page.model.reader === "again"

    drawing: page.reading ? "reading" : "reader"
    help: qsTr("Open it at the photo. Photo side down.")
    physical: true
    turned: page.model.side === "left"
    title: qsTr("Put your passport or ID card on the glass")

    info: [
        SideWords {
            id: sides
        },
        KStatus {
            busy: page.reading
            icon: page.reading || page.again ? "alert" : "passport"
            kind: page.again ? "problem" : "plain"
            text: page.reading ? qsTr("Reading. Please do not move it.")
                  : page.again ? qsTr("Please put it down again.")
                  : sides.reader(page.model.side) + " " + qsTr("It starts by itself.")
        },
        KLine {
            icon: "private"
            ink: Theme.color.ink2
            role: Theme.large ? "note" : "body"
            text: qsTr("It says what is here for you. An old one is enough. This kiosk keeps nothing.")
        }
    ]

    KChoice {
        note: Theme.large ? "" : qsTr("Twelve digits from our message")
        pictogram: "code"
        text: qsTr("I have a code")
        width: parent.width

        onUsed: Bridge.act("code", "")
    }
    KChoice {
        note: Theme.large ? "" : qsTr("Also if you collect for somebody else")
        pictogram: "staff"
        text: qsTr("I have neither")
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
}
