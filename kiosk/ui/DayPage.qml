pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The appointment is on another day: it is kept, and three ways lead on.
KPage {
    id: page

    readonly property bool linked: page.model.link !== ""
    readonly property var mine: days.parts(page.model.day)
    readonly property var today: days.parts(page.model.today)

    help: page.linked ? qsTr("Point the camera of your phone here.") : qsTr("At %1.").arg(Theme.isolated(page.model.clock))
    physical: true
    title: page.linked ? qsTr("Choose another day on your phone")
           : qsTr("Your day is %1").arg(days.written(page.model.day))

    scene: Row {
        anchors.centerIn: parent
        spacing: 120
        visible: !page.linked && parent.height >= 296

        CalendarLeaf {
            anchors.verticalCenter: parent.verticalCenter
            day: page.today.date
            month: page.today.month
            word: qsTr("Today")
        }
        CalendarLeaf {
            day: page.mine.date
            month: page.mine.month
            strong: true
            word: qsTr("Yours")
        }
    }
    info: [
        DayWords {
            id: days
        },
        LinkPicture {
            anchors.horizontalCenter: parent.horizontalCenter
            address: page.model.link
            visible: page.linked
        },
        KStatus {
            kind: page.model.paper === "none" ? "problem" : "good"
            busy: page.model.paper === "printing"
            text: ({
                printing: qsTr("Your paper is printing"),
                taken: qsTr("Take your paper below"),
                none: qsTr("No paper now. Please write it down."),
            })[page.model.paper] ?? qsTr("Your appointment is kept.")
        }
    ]

    KChoice {
        note: Theme.large ? "" : qsTr("Then you can go home")
        pictogram: "print"
        text: qsTr("Print my day and time")
        visible: page.model.can_print && !page.linked
        width: parent.width

        onUsed: Bridge.act("print", "")
    }
    KChoice {
        note: page.model.ahead === 0 ? qsTr("Nobody is before you")
              : page.model.ahead > 0 ? qsTr("%n numbers before you", "", page.model.ahead) : qsTr("You wait without your appointment")
        pictogram: "ticket"
        text: qsTr("Take a number today")
        visible: page.model.number && !page.linked
        width: parent.width

        onUsed: Bridge.act("number", "")
    }
    KLine {
        icon: "ticket"
        ink: Theme.color.ink2
        text: qsTr("Today is full: no more numbers are given.")
        visible: !page.model.number && !page.linked
    }
    KChoice {
        note: Theme.large ? "" : qsTr("See which days are free")
        pictogram: "phone"
        text: qsTr("Choose another day")
        visible: page.model.can_choose && !page.linked
        width: parent.width

        onUsed: Bridge.act("choose-day", "")
    }
    KButton {
        pictogram: "check"
        primary: true
        text: qsTr("Done")
        visible: page.linked || page.model.paper === "taken" || page.model.paper === "none" || !page.model.can_print
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
