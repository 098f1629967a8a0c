pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// Whoever touched "Start again" loses what they entered: they are asked once.
KPage {
    id: page

    drawing: "help"
    help: page.model.code === "" ? qsTr("This deletes what you have entered.")
          : qsTr("Your number %1 is not on paper. Please write it down first.").arg(Theme.isolated(page.model.code.replace(/^([A-Z])(?=\d)/, "$1 ")))
    title: qsTr("Do you want to start again?")

    KButton {
        pictogram: "check"
        primary: true
        text: qsTr("No, keep it and go on")
        width: parent.width

        onUsed: Bridge.act("keep", "")
    }
    KButton {
        pictogram: "restart"
        text: qsTr("Yes, delete it and start again")
        width: parent.width

        onUsed: Bridge.act("start-over", "")
    }
}
