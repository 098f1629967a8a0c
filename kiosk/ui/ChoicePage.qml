pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// The form of the pages where one thing is chosen from a list: six at most, and what leads on is one of them.
KPage {
    id: page

    property string hint: qsTr("Touch one.")
    property string further: qsTr("Something else")
    property string furtherIcon: "other"
    // Empty where there is no other country to go to.
    property string elsewhere: ""
    // Empty where nobody has an appointment.
    property string booked: ""
    // Empty where nothing is collected.
    property string collect: ""
    // The server cannot be asked for either of the two now.
    property bool away: false
    readonly property var extras: [
        ...(page.booked !== "" ? [{ id: "check-in", label: page.booked, icon: "clock", asks: true }] : []),
        ...(page.collect !== "" ? [{ id: "collect", label: page.collect, icon: "collect", asks: true }] : []),
        ...(page.model.more ? [{ id: "more", label: page.further, icon: page.furtherIcon, asks: false }] : []),
        ...(page.elsewhere !== "" ? [{ id: "elsewhere", label: page.elsewhere, icon: "globe", asks: false }] : []),
    ]

    fill: true
    help: Theme.lowered ? qsTr("The controls are lower now. Touch Display to change.") : page.hint

    info: WaitWords {
        id: words
    }

    KChoices {
        choices: page.model.choices.map(one => ({ id: one.id, label: one.label, icon: one.icon, badge: one.badge }))
        extras: page.extras.map(one => ({ id: one.id, label: one.label, icon: one.icon }))
        height: page.floor - page.line
        noteMarks: [...page.model.choices.map(one => one.closed ? "cross" : "clock"), ...page.extras.map(() => "cross")]
        notes: [
            ...page.model.choices.map(one => one.closed ? qsTr("Closed for today") : words.brief(one.wait)),
            ...page.extras.map(one => page.away && one.asks ? qsTr("Not now") : ""),
        ]
        width: parent.width

        onChosen: choice => Bridge.act("choose", choice)
        onLedOn: way => Bridge.act(way, "")
    }
}
