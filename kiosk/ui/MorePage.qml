pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// A second service, and more people, with one number, and paid at once. Whoever needs neither goes on with one touch.
KPage {
    id: page

    readonly property bool several: page.model.chosen.length > 1

    drawing: "service"
    help: qsTr("One number for all, and you pay once.")
    title: page.several && Theme.large ? qsTr("Anything else today?") : qsTr("Do you need anything else today?")

    info: KCard {
        gap: page.several && Theme.large ? 0 : Theme.space.s
        pad: page.several && Theme.large ? 16 : 24

        Repeater {
            model: page.model.chosen

            KLine {
                required property var modelData

                icon: modelData.icon === "" ? "ticket" : modelData.icon
                mark: Theme.color.ink
                role: "note"
                text: modelData.service
            }
        }
        KLine {
            icon: "people"
            mark: Theme.color.ink
            role: "note"
            text: qsTr("For %n people", "", page.model.people)
        }
    }

    KButton {
        pictogram: "check"
        primary: true
        text: qsTr("No, go on")
        width: parent.width

        onUsed: Bridge.act("go-on", "")
    }
    KButton {
        pictogram: "people"
        text: page.model.people > 1 ? qsTr("Change how many people") : qsTr("It is for more people")
        visible: page.model.party
        width: parent.width

        onUsed: Bridge.act("party", "")
    }
    KButton {
        enabled: page.model.can_add
        pictogram: "more"
        text: qsTr("Add something")
        visible: page.model.can_add || !Theme.large
        width: parent.width

        onUsed: Bridge.act("add", "")
    }
    KButton {
        pictogram: "cross"
        text: qsTr("Leave out the last one")
        visible: page.several
        width: parent.width

        onUsed: Bridge.act("remove", page.model.chosen[page.model.chosen.length - 1].id)
    }
}
