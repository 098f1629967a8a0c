pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The time is theirs. On paper, or, where there is none, to be photographed.
KPage {
    id: page

    readonly property bool gone: page.model.paper === "none"
    readonly property var mine: days.parts(page.model.day)

    help: page.gone ? qsTr("No paper now. Take a photo, or point the camera of your phone here.")
          : qsTr("Come with this paper, and with what it lists.")
    physical: true
    title: qsTr("Booked: %1 at %2").arg(days.written(page.model.day)).arg(Theme.isolated(page.model.clock))
    titleLines: 3

    scene: CalendarLeaf {
        anchors.centerIn: parent
        day: page.mine.date
        month: page.mine.month
        strong: true
        visible: !page.gone && parent.height >= height
        word: qsTr("Yours")
    }
    info: [
        DayWords {
            id: days
        },
        LinkPicture {
            anchors.horizontalCenter: parent?.horizontalCenter
            address: page.model.link
            visible: page.gone
        },
        KCard {
            gap: Theme.space.xs
            pad: 24

            KText {
                color: Theme.color.ink2
                role: "lead"
                text: qsTr("Your code")
                width: parent.width
            }
            KCode {
                anchors.left: parent.left
                size: Theme.large && page.gone ? 90 : 120
                value: page.model.code
            }
        },
        KLine {
            icon: page.model.paper === "printing" ? "print" : "down"
            ink: Theme.color.primary
            role: "button"
            text: page.model.paper === "printing" ? qsTr("Your paper is printing") : qsTr("Take your paper below")
            visible: !page.gone
        }
    ]

    KButton {
        busy: page.model.paper === "printing"
        enabled: page.model.paper !== "printing"
        pictogram: "check"
        primary: true
        text: page.gone ? qsTr("I have my code") : qsTr("Done")
        width: parent.width

        onUsed: Bridge.act("done", "")
    }
}
