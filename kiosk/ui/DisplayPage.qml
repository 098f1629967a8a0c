pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// How the pages look, for this person and until they leave. Each switch shows at once what it does.
KPage {
    id: page

    readonly property string on: qsTr("On")
    readonly property string off: qsTr("Off")

    canDisplay: false
    drawing: "display"
    low: true
    help: qsTr("It changes at once.")
    title: qsTr("What helps you to read and reach?")

    KChoice {
        checkable: true
        checked: page.model.large
        pictogram: "text"
        note: Theme.large ? "" : page.model.large ? page.on : page.off
        text: qsTr("Larger text")
        width: parent.width

        onUsed: Bridge.act("toggle-large", "")
    }
    KChoice {
        checkable: true
        checked: page.model.contrast
        pictogram: "display"
        note: Theme.large ? "" : page.model.contrast ? page.on : page.off
        text: qsTr("Strong contrast")
        width: parent.width

        onUsed: Bridge.act("toggle-contrast", "")
    }
    KChoice {
        checkable: true
        checked: page.model.lowered
        pictogram: "lower"
        note: Theme.large ? "" : page.model.lowered ? page.on : page.off
        text: qsTr("Controls lower down")
        width: parent.width

        onUsed: Bridge.act("toggle-lowered", "")
    }
    KButton {
        pictogram: "check"
        primary: true
        text: qsTr("Done")
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
