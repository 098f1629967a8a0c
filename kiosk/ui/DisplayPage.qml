pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// How the pages look, for this person and until they leave. Each switch shows at once what it does.
KPage {
    id: page

    readonly property string yes: qsTr("On")
    readonly property string no: qsTr("Off")

    canDisplay: false
    drawing: "display"
    low: true
    help: qsTr("It changes at once.")
    title: qsTr("What helps you to read and reach?")

    KChoice {
        switches: true
        on: page.model.large
        pictogram: "text"
        note: Theme.large && Theme.lowered ? "" : page.model.large ? page.yes : page.no
        text: qsTr("Larger text")
        width: parent.width

        onUsed: Bridge.act("toggle-large", "")
    }
    KChoice {
        switches: true
        on: page.model.contrast
        pictogram: "display"
        note: Theme.large && Theme.lowered ? "" : page.model.contrast ? page.yes : page.no
        text: qsTr("Strong contrast")
        width: parent.width

        onUsed: Bridge.act("toggle-contrast", "")
    }
    KChoice {
        switches: true
        on: page.model.lowered
        pictogram: "lower"
        note: Theme.large && Theme.lowered ? "" : page.model.lowered ? page.yes : page.no
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
