pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The time is later today: three ways to go on, none better than another. Nothing is lost by any.
KPage {
    id: page

    help: qsTr("What do you want to do?")
    physical: true
    title: qsTr("You are early. Your time is %1.").arg(Theme.isolated(page.model.clock))

    scene: TimeLine {
        anchors.verticalCenter: parent.verticalCenter
        clock: page.model.clock
        now: page.model.now
        opens: page.model.opens
        visible: parent.height >= implicitHeight
        width: parent.width
    }
    info: KStatus {
        kind: "good"
        text: qsTr("Your time is kept.")
    }

    KChoice {
        note: qsTr("You get your number now")
        pictogram: "ticket"
        text: qsTr("I wait here")
        width: parent.width

        onUsed: Bridge.act("wait", "")
    }
    KChoice {
        note: qsTr("Be here at %1").arg(Theme.isolated(page.model.opens))
        pictogram: "clock"
        text: qsTr("I come back later")
        width: parent.width

        onUsed: Bridge.act("later", "")
    }
    KChoice {
        note: qsTr("Talk to staff")
        pictogram: "staff"
        text: qsTr("I cannot wait")
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
}
