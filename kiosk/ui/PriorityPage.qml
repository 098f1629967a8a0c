pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// Who needs to go first may ask for it. Nobody is asked why, and nothing is promised: staff decide.
KPage {
    id: page

    drawing: "help"
    help: qsTr("Staff decide. You need not say why.")
    title: qsTr("Do you need to go first?")

    info: KCard {
        KLine {
            icon: "people"
            text: qsTr("For old age, a disability, a pregnancy, or small children.")
        }
    }

    KButton {
        pictogram: "hand"
        primary: true
        text: qsTr("Yes, please ask staff")
        width: parent.width

        onUsed: Bridge.act("ask-first", "")
    }
    KButton {
        pictogram: "clock"
        text: qsTr("No, I can wait")
        width: parent.width

        onUsed: Bridge.act("no-ask", "")
    }
    KButton {
        pictogram: "door"
        text: qsTr("Talk in a private room")
        width: parent.width

        onUsed: Bridge.act("private", "")
    }
}
