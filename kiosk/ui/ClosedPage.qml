pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls
import QtQuick

// No tickets are given now: why, and when again. Staff can be called, and who has a ticket sees the place.
KPage {
    id: page

    readonly property string reason: page.model.reason
    readonly property bool many: page.model.others.length > 4
    // Languages do not go for want of room: what they say gets shorter, and the hint about tickets goes.
    readonly property bool tight: page.many || (Theme.large && page.model.others.length > 0 && Boolean(page.model.notice))
    readonly property var shorter: ({
        "closed": QT_TR_NOOP("Closed"),
        "last-ticket": QT_TR_NOOP("No more tickets"),
        "full": QT_TR_NOOP("Full today"),
        "out-of-order": QT_TR_NOOP("Out of order"),
        "copied": QT_TR_NOOP("Out of order"),
    })
    readonly property bool broken: page.reason === "out-of-order" || page.reason === "copied"
    readonly property var reasons: ({
        "closed": QT_TR_NOOP("We are closed now"),
        "last-ticket": QT_TR_NOOP("No more tickets today"),
        "full": QT_TR_NOOP("Today is full"),
        "out-of-order": QT_TR_NOOP("This kiosk is out of order"),
        "copied": QT_TR_NOOP("This kiosk gives no numbers now"),
    })
    readonly property list<string> openings: [QT_TR_NOOP("Open again today at %1"), QT_TR_NOOP("Open again tomorrow at %1"),
                                              QT_TR_NOOP("Open again on %1 at %2")]

    function why(language: string): string {
        return Bridge.translate(language, "ClosedPage", page.reasons[page.reason]);
    }
    function brief(language: string): string {
        return Bridge.translate(language, "ClosedPage", page.shorter[page.reason]);
    }
    function opening(language: string): string {
        const at = "\u2066" + page.model.time + "\u2069";
        const said = Bridge.translate(language, "ClosedPage", page.openings[Math.min(Math.max(page.model.days, 0), 2)]);
        return page.model.days < 2 ? said.arg(at) : said.arg(page.date(language)).arg(at);
    }
    // Monday is 1 in the model; Qt counts days from Sunday, which is 0, and months from 0.
    function date(language: string): string {
        const locale = Qt.locale(language);
        return [locale.dayName(page.model.weekday % 7), page.model.day, locale.monthName(page.model.month - 1)].join(" ");
    }

    drawing: page.broken ? "help" : "closed"
    help: page.broken ? qsTr("Staff will help you. Please touch Call staff.")
          : page.reason === "closed" || page.many ? "" : qsTr("If you have a ticket, please stay. You will be called.")
    title: page.why(Theme.language)
    titleLines: page.many ? 1 : 3

    info: [
        // What staff compare with the manager's page: which of the machines this is.
        KStatus {
            icon: "alert"
            text: "\u2066" + page.model.sign + "\u2069"
            visible: page.model.sign !== ""
            width: parent?.width ?? 0
        },
        KStatus {
            icon: "clock"
            text: page.opening(Theme.language)
            visible: page.model.days >= 0
            width: parent?.width ?? 0
        },
        // Nobody has chosen a language yet: others say it too.
        KCard {
            gap: Theme.space.xs
            pad: page.tight ? 12 : 24
            visible: page.model.others.length > 0

            EveryLanguage {
                flowing: page.tight
                small: page.tight
                texts: page.model.others.map(one => page.tight ? page.brief(one)
                                                    : page.model.days < 0 || Theme.large ? page.why(one)
                                                    : page.why(one) + ". " + page.opening(one) + ".")
            }
        },
        NoticeCard {
            most: page.tight ? 0 : 160
            notice: page.model.notice
        },
        ShowTicket {
            visible: page.model.scanner && !page.tight
            width: parent?.width ?? 0
        }
    ]

    // Staff are one touch away in the bar, too: where there is something to do, that has the place.
    KButton {
        pictogram: page.model.books ? "calendar" : "staff"
        primary: true
        text: page.model.books ? qsTr("Come another day") : qsTr("Call staff")
        width: parent.width

        onUsed: Bridge.act(page.model.books ? "book-ahead" : "help", "")
    }
    KButton {
        pictogram: "ticket"
        text: qsTr("I have a number")
        width: parent.width

        onUsed: Bridge.act("code", "")
    }
}
