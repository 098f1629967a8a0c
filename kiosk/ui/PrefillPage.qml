pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Whether what stands on a document is to be filled in. Only who says yes is asked for it.
KPage {
    id: page

    readonly property bool asks: page.model.reader === ""
    readonly property bool reading: page.model.reader === "reading"
    readonly property bool broken: page.model.reader === "again" || page.model.reader === "missing"
    readonly property int most: Theme.large ? 3 : 5

    drawing: page.asks ? "" : page.reading ? "reading" : "reader"
    help: page.asks ? qsTr("We read its printed lines once, for this form alone.") : qsTr("Open it at the photo. Photo side down.")
    physical: !page.asks
    titleLines: page.asks ? 3 : 2
    turned: page.model.side === "left"
    title: page.asks ? qsTr("Shall we take this from your passport or ID card?") : qsTr("Put your passport or ID card on the glass")

    info: [
        SideWords {
            id: sides
        },
        KCard {
            gap: Theme.space.xs
            pad: 24
            visible: page.asks
            width: parent?.width ?? 0

            Repeater {
                model: page.model.questions.slice(0, page.most)

                KLine {
                    required property string modelData

                    icon: "passport"
                    mark: Theme.color.ink
                    role: "note"
                    text: modelData
                }
            }
            KText {
                color: Theme.color.ink2
                role: "note"
                text: qsTr("and %n more", "", page.model.questions.length - page.most)
                visible: page.model.questions.length > page.most
                width: parent.width
            }
        },
        KStatus {
            busy: page.reading
            icon: page.reading || page.broken ? "alert" : "passport"
            kind: page.broken ? "problem" : "plain"
            text: page.model.reader === "missing" ? qsTr("The reader does not work now.")
                  : page.reading ? qsTr("Reading. Please do not move it.")
                  : page.broken ? qsTr("Please put it down again.")
                  : sides.reader(page.model.side) + " " + qsTr("It starts by itself.")
            visible: !page.asks
            width: parent?.width ?? 0
        },
        KLine {
            icon: "private"
            ink: Theme.color.ink2
            role: "note"
            text: qsTr("You see everything before it is sent. This kiosk keeps nothing.")
        }
    ]

    KButton {
        pictogram: "passport"
        primary: true
        text: qsTr("Yes, take it from there")
        visible: page.asks
        width: parent.width

        onUsed: Bridge.act("agree", "")
    }
    KButton {
        pictogram: "text"
        text: qsTr("No, I type it")
        width: parent.width

        onUsed: Bridge.act("refuse", "")
    }
}
