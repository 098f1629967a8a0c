pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Free times: a few large choices. Where there is none it is said why, and what helps.
KPage {
    id: page

    readonly property string found: page.model.found
    readonly property bool choosing: page.found === "choose"
    // Asking once more comes to the same.
    readonly property bool settled: page.found === "not-offered" || page.found === "remote"
    readonly property var label: ({
        first: one => days.moment(one.day, one.nights, one.clock),
        days: one => days.near(one.day, one.nights),
        times: one => Theme.isolated(one.clock),
    })[page.model.view]

    crumb: page.choosing && page.model.view === "times" ? days.written(page.model.day) : ""
    drawing: page.choosing ? "" : page.found === "asking" ? "service" : "help"
    fill: page.choosing
    help: page.choosing ? (page.model.lost ? qsTr("Somebody else has just taken that time.") : qsTr("Touch one. Then it is kept for you."))
          : ({
        asking: qsTr("We look which times are free."),
        nothing: qsTr("Look again later, or on your phone. Staff can help you too."),
        "not-offered": qsTr("This is done without an appointment. Staff help you."),
        "remote": qsTr("It is done by telephone or video. Book it on your phone."),
    })[page.found] ?? qsTr("We do not hear the server. Try again, or use your phone.")
    title: page.choosing ? ({
        first: qsTr("When can you come?"),
        days: qsTr("Which day?"),
        times: qsTr("At what time?"),
    })[page.model.view] : ({
        asking: qsTr("One moment, please"),
        nothing: qsTr("No time is free in the next weeks"),
        "not-offered": qsTr("We give no times for this"),
        "remote": qsTr("You need not come for this"),
    })[page.found] ?? qsTr("We cannot look for times now")

    info: [
        DayWords {
            id: days
        },
        KStatus {
            busy: true
            text: qsTr("Please wait")
            visible: page.found === "asking"
        },
        LinkPicture {
            anchors.horizontalCenter: parent?.horizontalCenter
            address: page.model.link
            visible: page.model.link !== "" && page.found !== "not-offered"
        }
    ]

    KChoices {
        choices: page.model.times.map(one => ({ id: one.id, label: page.label(one), icon: page.model.view === "days" ? "calendar" : "clock", badge: "" }))
        enabled: !page.model.working
        extras: [
            ...(page.model.more ? [{ id: "more", label: page.model.view === "days" ? qsTr("Later days") : qsTr("Later times"), icon: "more" }] : []),
            ...(page.model.others ? [{ id: "other-times", label: qsTr("Another day or time"), icon: "calendar" }] : []),
        ]
        height: page.choosing ? page.floor - page.line : 0
        visible: page.choosing
        width: parent.width

        onChosen: choice => Bridge.act("choose", choice)
        onLedOn: way => Bridge.act(way, "")
    }
    KChoice {
        pictogram: "restart"
        text: page.settled ? qsTr("Choose something else") : qsTr("Try again")
        visible: !page.choosing && page.found !== "asking"
        width: parent.width

        onUsed: Bridge.act(page.settled ? "back" : "again", "")
    }
    KChoice {
        pictogram: "staff"
        text: qsTr("Talk to staff")
        visible: !page.choosing && page.found !== "asking"
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
}
