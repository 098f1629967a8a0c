pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// All that can be read here.
KPage {
    id: page

    fill: true
    help: page.model.time !== "" ? asOf.text : qsTr("Touch one.")
    title: qsTr("What would you like to know?")

    KChoices {
        choices: page.model.choices
        height: page.floor - page.line
        width: parent.width

        onChosen: choice => Bridge.act("choose", choice)
    }
    AsOf {
        id: asOf

        day: page.model.day
        time: page.model.time
        visible: false
    }
}
