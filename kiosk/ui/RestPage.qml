pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls
import QtQuick

// No tickets are given now: why, and when again. Staff can be called, and who has a ticket sees the place.
KPage {
    id: page

    readonly property string reason: page.model.reason
    readonly property bool broken: page.reason === "out-of-order"
    // Monday is 1 in the model; Qt counts from Sunday, which is 0, and months from 0.
    readonly property string date: [Qt.locale(Theme.language).dayName(page.model.weekday % 7), page.model.day,
                                    Qt.locale(Theme.language).monthName(page.model.month - 1)].join(" ")
    readonly property string time: "\u2066" + page.model.time + "\u2069"

    drawing: page.broken ? "help" : "closed"
    help: page.broken ? qsTr("Staff will help you. Please touch Call staff.")
          : page.reason === "closed" ? "" : qsTr("If you have a ticket, please stay. You will be called.")
    title: ({
        "closed": qsTr("We are closed now"),
        "last-ticket": qsTr("No more tickets today"),
        "full": qsTr("Today is full"),
        "out-of-order": qsTr("This kiosk is out of order"),
    })[page.reason]

    info: [
        KStatus {
            icon: "clock"
            text: page.model.days === 0 ? qsTr("Open again today at %1").arg(page.time)
                  : page.model.days === 1 ? qsTr("Open again tomorrow at %1").arg(page.time)
                  : qsTr("Open again on %1 at %2").arg(page.date).arg(page.time)
            visible: page.model.days >= 0
            width: parent?.width ?? 0
        },
        NoticeCard {
            notice: page.model.notice
        },
        ShowTicket {
            visible: page.model.scanner
            width: parent?.width ?? 0
        }
    ]

    KButton {
        pictogram: "staff"
        primary: true
        text: qsTr("Call staff")
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
}
