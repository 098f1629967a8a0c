pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// A door is open. The page goes on by itself when it is shut: a touch opens nothing and ends nothing meanwhile.
KPage {
    id: page

    readonly property string state_: page.model.state
    readonly property string door: Theme.isolated(page.model.door)
    readonly property bool known: page.model.door !== ""
    readonly property bool stands: ["open", "reminded", "overdue"].includes(page.state_)
    readonly property bool waits: page.state_ === "opening"
    readonly property bool again: ["inside", "busy", "away"].includes(page.state_)
    readonly property bool wrong: ["not-opened", "staff", "over", "away"].includes(page.state_)

    canHelp: true
    drawing: page.wrong ? "help" : ""
    help: ({
        opening: page.model.longer ? qsTr("This takes longer. Please stay here.") : qsTr("Please look at the lockers."),
        open: qsTr("Take your document. Close the door."),
        reminded: qsTr("Please close the door, also if you leave something in it."),
        overdue: qsTr("Staff are called. Please close the door."),
        inside: qsTr("Open it once more and take it, or leave it there."),
        busy: qsTr("Somebody else is at the lockers. Wait until their door is closed."),
        "not-opened": qsTr("We are sorry. Staff are called. Your document is safe."),
        staff: qsTr("Staff are called. Please stay here."),
        over: qsTr("It is too long ago that you showed your document."),
        away: qsTr("We cannot reach the lockers. Your document is safe."),
    })[page.state_] ?? ""
    title: ({
        opening: page.known ? qsTr("Door %1 opens").arg(page.door) : qsTr("One moment, please"),
        open: qsTr("Door %1 is open").arg(page.door),
        reminded: qsTr("Please close door %1").arg(page.door),
        overdue: qsTr("Please close door %1").arg(page.door),
        inside: qsTr("Your document is still in door %1").arg(page.door),
        busy: qsTr("Another door is open"),
        "not-opened": page.known ? qsTr("Door %1 does not open").arg(page.door) : qsTr("The door does not open"),
        staff: qsTr("Please wait for staff"),
        over: qsTr("Please begin again"),
        away: qsTr("The door does not open now"),
    })[page.state_] ?? ""

    info: [
        LockerWall {
            doors: page.model.wall
            height: Math.max(0, page.infoRoom(page.floor - page.answersTop) - status.height - page.gap - Theme.space.m)
            isOpen: page.stands
            open: page.model.door
            visible: page.model.wall.length > 0 && !page.wrong && height >= 200
            width: parent?.width ?? 0
        },
        KStatus {
            id: status

            busy: page.waits
            icon: page.stands ? "eye" : page.wrong ? "staff" : "alert"
            kind: page.state_ === "reminded" || page.state_ === "overdue" ? "problem" : "plain"
            text: page.waits ? qsTr("Please wait")
                  : page.state_ === "open" ? qsTr("This page goes on by itself when the door is closed.")
                  : page.stands ? qsTr("The door is still open")
                  : page.wrong ? qsTr("You will still be helped") : qsTr("The door is closed")
        }
    ]

    KButton {
        pictogram: "staff"
        text: qsTr("Something is wrong")
        visible: page.stands || page.waits
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KButton {
        pictogram: "door"
        primary: true
        text: page.state_ === "inside" ? qsTr("Open it once more") : qsTr("Try again")
        visible: page.again
        width: parent.width

        onUsed: Bridge.act("open", "")
    }
    KButton {
        pictogram: "check"
        primary: !page.again
        text: page.state_ === "inside" ? qsTr("Leave it there") : qsTr("Done")
        visible: !page.stands && !page.waits
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
