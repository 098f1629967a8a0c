pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// How it stands with a form that does not simply go on: why, and always a next step.
KPage {
    id: page

    readonly property string found: page.model.found
    readonly property bool asking: page.found === "asking"
    readonly property bool saving: page.model.saving
    readonly property string again: ({
        "not-opened": qsTr("Try again"),
        away: qsTr("Try again"),
        refused: qsTr("Try again"),
        answers: qsTr("Change this answer"),
        declined: qsTr("Read it again"),
    })[page.found] ?? ""

    drawing: page.asking ? "service" : "help"
    help: ({
        asking: page.saving ? qsTr("Your answers are being kept.") : qsTr("We look for your form."),
        away: page.saving ? qsTr("Your answers are still here. Try again, or tell them to staff.") : qsTr("Try again, or ask staff."),
        refused: qsTr("Your answers are still here. Try again, or tell them to staff."),
        "not-opened": qsTr("Or the form is not kept any more. Try again, or ask staff."),
        slowed: qsTr("Staff can help you now."),
        answers: qsTr("Please look at it once more."),
        gone: qsTr("Please fill it in with staff, at the counter."),
        declined: qsTr("You can tell staff at the counter. You keep your number."),
    })[page.found] ?? ""
    title: ({
        asking: qsTr("One moment, please"),
        away: page.saving ? qsTr("We cannot keep your answers now") : qsTr("We cannot look now"),
        refused: qsTr("We cannot keep your answers now"),
        "not-opened": qsTr("The code or the PIN is not right"),
        slowed: qsTr("Nothing can be tried here for %n minutes", "", Math.max(1, page.model.wait_min)),
        answers: qsTr("One answer cannot be kept"),
        gone: qsTr("This form is not here any more"),
        declined: qsTr("That is all right"),
    })[page.found] ?? ""

    info: KStatus {
        busy: true
        text: qsTr("Please wait")
        visible: page.asking
        width: parent?.width ?? 0
    }

    KButton {
        pictogram: "restart"
        primary: true
        text: page.again
        visible: page.again !== ""
        width: parent.width

        onUsed: Bridge.act("again", "")
    }
    KButton {
        pictogram: "staff"
        text: qsTr("Call staff")
        visible: !page.asking
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KButton {
        pictogram: "ticket"
        text: qsTr("Go on without the form")
        visible: !page.asking && page.model.ticket
        width: parent.width

        onUsed: Bridge.act("leave", "")
    }
    KButton {
        pictogram: "check"
        text: qsTr("Done")
        visible: !page.asking && !page.model.ticket
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
