pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Staff were called. The words are safe if somebody looks over the shoulder.
KPage {
    id: page

    readonly property bool away: page.model.sent === "away"
    readonly property bool known: page.model.sent === "told" || page.model.sent === "coming"

    // The button that called has its own short word for it: it does not go grey and say what it said before.
    readonly property string ago: page.model.minutes === 0 ? qsTr("Called just now")
                                                           : qsTr("Called %n minutes ago", "", page.model.minutes)

    canHelp: page.away
    drawing: "help"
    helpSaid: page.model.sent === "coming" ? qsTr("On the way") : qsTr("Called")
    help: page.model.late ? qsTr("Nobody has answered yet. Please stay here, or go to the nearest counter.") : ({
        sending: qsTr("One moment, please."),
        told: qsTr("Please stay here."),
        coming: qsTr("Please stay here. Staff are on the way."),
        away: qsTr("Please go to the nearest counter, or touch Call staff again."),
    })[page.model.sent]
    title: ({
        sending: qsTr("Calling staff"),
        told: qsTr("Staff have been called"),
        coming: qsTr("Somebody is coming"),
        away: qsTr("The call did not get through"),
    })[page.model.sent]

    info: KCard {
        visible: page.known || page.model.has_ticket || page.model.private

        KLine {
            icon: "clock"
            text: page.ago
            visible: page.known
        }
        KLine {
            icon: "check"
            text: page.model.kiosk === "" ? qsTr("Staff know where you are")
                                          : qsTr("Staff know you are here: %1").arg(Theme.isolated(page.model.kiosk))
            visible: page.known
        }
        KLine {
            icon: "door"
            text: qsTr("You can talk in a private room")
            visible: page.model.private
        }
        KLine {
            icon: "ticket"
            text: qsTr("You keep your place")
            visible: page.model.has_ticket
        }
    }

    KButton {
        pictogram: "door"
        text: qsTr("Talk in a private room")
        visible: !page.model.private
        width: parent.width

        onUsed: Bridge.act("private", "")
    }
    KButton {
        pictogram: "cross"
        text: qsTr("I do not need help now")
        width: parent.width

        onUsed: Bridge.act("no-help", "")
    }
}
