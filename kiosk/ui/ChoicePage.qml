pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// The form of the pages where one thing is chosen from a list.
KPage {
    id: page

    property string suggestedNote: ""
    property string hint: qsTr("Touch one.")

    fill: true
    help: Theme.lowered ? qsTr("The controls are lower now. Touch Display to change.") : page.hint

    KChoices {
        choices: page.model.choices
        height: page.floor - page.line
        suggestedNote: page.suggestedNote
        width: parent.width

        onChosen: choice => Bridge.act("choose", choice)
    }
}
