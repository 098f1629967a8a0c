pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// Nothing can be issued here now. A person can always be reached instead.
KPage {
    id: page

    drawing: "help"
    help: qsTr("Staff will help you. Please touch Call staff.")
    title: ({
        "kiosk-no-offer": qsTr("No service is open at this kiosk now"),
        "kiosk-codes-used-up": qsTr("This kiosk has no more numbers today"),
    })[page.model.problem] ?? qsTr("This kiosk cannot give tickets now")

    KButton {
        pictogram: "staff"
        primary: true
        text: qsTr("Call staff")
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KButton {
        pictogram: "ticket"
        text: qsTr("I have a number")
        width: parent.width

        onUsed: Bridge.act("code", "")
    }
    KButton {
        pictogram: "restart"
        text: qsTr("Try again")
        width: parent.width

        onUsed: Bridge.act("continue", "")
    }
}
