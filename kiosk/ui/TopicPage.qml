pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls
import QtQuick

// One page of information: what has no room waits behind More. It can be taken along on paper.
KPage {
    id: page

    readonly property string paper: page.model.paper
    readonly property bool prints: page.paper === "offered"
    readonly property real beside: page.prints ? Theme.target.choice : printing.visible ? printing.implicitHeight : 0
    readonly property real buttons: Theme.target.choice + (page.beside > 0 ? page.beside + page.gap : 0)
    readonly property real said: [asOf, over].reduce((sum, one) => sum + (one.visible ? one.implicitHeight + page.gap : 0), 0)
    // With the way to what waits behind, and without.
    readonly property real room: page.infoRoom(page.buttons) - page.said
    readonly property real cut: page.room - Theme.target.choice - page.gap

    title: page.model.title
    titleLines: 2

    info: [
        AsOf {
            id: asOf

            day: page.model.day
            time: page.model.time
            // That it is over says more.
            visible: time !== "" && !over.visible
        },
        KStatus {
            id: over

            icon: "alert"
            kind: "problem"
            text: qsTr("This may be out of date. Please ask staff.")
            visible: page.model.over !== ""
            width: parent?.width ?? 0
        },
        TopicLines {
            id: lines

            cutRoom: page.cut
            lines: page.model.lines
            room: page.room
            width: parent?.width ?? 0
        }
    ]

    KPager {
        page: lines.current
        pages: lines.pages
        visible: lines.pages > 1
        width: parent.width

        onTurned: to => lines.shown = to
    }
    KButton {
        height: Theme.target.choice
        pictogram: "print"
        text: qsTr("Print this page")
        visible: page.prints
        width: parent.width

        onUsed: Bridge.act("print-topic", "")
    }
    KStatus {
        id: printing

        busy: page.paper === "printing"
        icon: page.paper === "taken" ? "down" : "print"
        text: ({
            printing: qsTr("It is printing"),
            taken: qsTr("Take your paper below"),
            none: qsTr("No paper now. Please ask staff."),
        })[page.paper] ?? ""
        visible: text !== ""
        width: parent?.width ?? 0
    }
    KButton {
        height: Theme.target.choice
        pictogram: "check"
        primary: true
        text: qsTr("Done")
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
