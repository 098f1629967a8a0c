pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls
import QtQuick

// What the answers are wanted for, one purpose a page, in the words of the centre. No is a full answer.
KPage {
    id: page

    readonly property real buttons: yes.implicitHeight + no.implicitHeight + page.gap
    readonly property real room: page.infoRoom(page.buttons)
    readonly property real cut: page.room - Theme.target.choice - page.gap

    crumb: page.model.name
    crumbIcon: "record"
    help: page.model.required ? qsTr("Without it there is no form: staff ask you at the counter.")
          : qsTr("You can say no, and go on with the form.")
    title: page.model.required ? qsTr("What your answers are for") : qsTr("Do you also want this?")
    titleLines: 2

    info: TopicLines {
        id: lines

        cutRoom: page.cut
        lines: page.model.lines
        room: page.room
        width: parent?.width ?? 0
    }

    KPager {
        page: lines.current
        pages: lines.pages
        visible: lines.pages > 1
        width: parent.width

        onTurned: to => lines.shown = to
    }
    KButton {
        id: yes

        pictogram: "check"
        primary: true
        text: qsTr("Yes, I agree")
        width: parent.width

        onUsed: Bridge.act("agree", "")
    }
    KButton {
        id: no

        pictogram: "cross"
        text: page.model.required ? qsTr("No, I tell staff") : qsTr("No, go on without")
        width: parent.width

        onUsed: Bridge.act("refuse", "")
    }
}
