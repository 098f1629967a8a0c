pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// A ticket was held under the scanner, or its number was typed: where the visit is. It leaves by itself.
KPage {
    id: page

    readonly property string found: page.model.found
    readonly property bool known: page.model.code !== ""
    readonly property bool plated: page.model.counter !== "" && (page.found === "called" || page.found === "serving")
    // Who must speak to somebody finds staff first.
    readonly property bool staff: ["parked", "missed", "unknown", "not-shown", "limited"].includes(page.found)

    drawing: page.staff ? "help" : page.model.typed ? "" : "show-ticket"
    physical: !page.staff && !page.model.typed
    help: ({
        looking: qsTr("We are looking for your place."),
        waiting: qsTr("Please watch the boards. They show your number."),
        called: qsTr("Please go to the counter now."),
        serving: qsTr("Please go to your counter."),
        parked: qsTr("Please tell staff that you are here."),
        missed: qsTr("Please tell staff that you are here."),
        over: qsTr("If you need anything else, please ask staff."),
        unknown: qsTr("Please show it to staff. They will help you."),
        away: qsTr("We cannot show it now. Please stay in the hall."),
        "not-shown": qsTr("Staff can print your ticket again. Show them your document."),
        limited: qsTr("Please wait a little, or ask staff."),
    })[page.found]
    title: ({
        looking: qsTr("One moment, please"),
        waiting: qsTr("Your place is safe"),
        called: qsTr("It is your turn"),
        serving: qsTr("It is your turn"),
        parked: qsTr("Your visit is on hold"),
        missed: qsTr("Your number was called"),
        over: qsTr("This visit has ended"),
        unknown: qsTr("We cannot read this code here"),
        away: qsTr("Your place is safe"),
        "not-shown": qsTr("This number is not shown now"),
        limited: qsTr("Too many numbers were typed here"),
    })[page.found]

    info: [
        KStatus {
            kind: "called"
            role: "button"
            text: page.plated ? qsTr("Your number is called to this counter") : qsTr("Your number is called")
            visible: page.found === "called"
            width: parent?.width ?? 0
        },
        KCard {
            visible: page.known

            KText {
                color: Theme.color.ink2
                role: "lead"
                text: page.found === "not-shown" ? qsTr("You have typed") : qsTr("Your number")
                width: parent.width
            }
            Item {
                height: Math.max(code.height, page.plated ? plate.height : 0)
                width: parent.width

                KCode {
                    id: code

                    anchors.left: parent.left
                    anchors.verticalCenter: parent.verticalCenter
                    // Four digits are narrower, so that the plate keeps its place.
                    size: Theme.type.code.px * (page.plated && page.model.code.length > 4 ? 0.78 : 1)
                    value: page.model.code
                }
                KPlate {
                    id: plate

                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    number: page.model.counter
                    size: 200
                    visible: page.plated
                }
            }
        },
        KLine {
            icon: "people"
            mark: Theme.color.ink
            text: page.model.ahead === 0 ? qsTr("Nobody is before you") : qsTr("%n numbers before you", "", page.model.ahead)
            visible: page.found === "waiting" && page.model.ahead >= 0
        },
        KLine {
            icon: "next"
            mark: Theme.color.ink
            text: page.model.stop
            visible: page.found === "waiting" && page.model.stop !== ""
        },
        KLine {
            icon: "building"
            mark: Theme.color.ink
            text: page.model.place
            visible: page.found === "waiting" && page.model.place !== ""
        },
        // A number alone prints nothing: it may be anybody's.
        KLine {
            icon: "print"
            mark: Theme.color.ink
            text: qsTr("Staff can print your ticket again. Show them your document.")
            visible: page.model.typed && page.found === "waiting"
        }
    ]

    KButton {
        pictogram: "staff"
        primary: true
        text: qsTr("Call staff")
        visible: page.staff
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KButton {
        pictogram: "back"
        text: qsTr("Type the number again")
        visible: page.found === "not-shown"
        width: parent.width

        onUsed: Bridge.act("back", "")
    }
    KButton {
        pictogram: "check"
        primary: !page.staff
        text: qsTr("Done")
        visible: page.found !== "not-shown"
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
