pragma ComponentBehavior: Bound
import kiosk.kit
import kiosk.kit.controls

// Nothing can be issued here now. A person can always be reached instead.
KPage {
    id: page

    readonly property var reasons: ({
        "kiosk-no-offer": QT_TR_NOOP("No service is open at this kiosk now"),
        "kiosk-codes-exhausted": QT_TR_NOOP("This kiosk has no more numbers today"),
        "device-copied": QT_TR_NOOP("This kiosk gives no numbers now"),
    })
    readonly property bool many: page.model.others.length > 4
    readonly property string brief: QT_TR_NOOP("No tickets now")
    readonly property string otherwise: QT_TR_NOOP("This kiosk cannot give tickets now")

    function why(language: string): string {
        return Bridge.translate(language, "UnavailablePage", page.reasons[page.model.problem] ?? page.otherwise);
    }

    drawing: "help"
    help: page.many ? "" : qsTr("Staff will help you. Please touch Call staff.")
    title: page.why(Theme.language)
    titleLines: page.many ? 2 : 3

    // Nobody has chosen a language yet: all of them say it.
    info: KCard {
        pad: 24
        visible: page.model.others.length > 0

        EveryLanguage {
            flowing: page.many
            small: page.many
            texts: page.model.others.map(one => page.many ? Bridge.translate(one, "UnavailablePage", page.brief) : page.why(one))
        }
    }

    KButton {
        pictogram: "staff"
        primary: true
        text: qsTr("Call staff")
        width: parent.width

        onUsed: Bridge.act("help", "")
    }
    KButton {
        pictogram: "ticket"
        text: qsTr("I have a number")
        width: parent.width

        onUsed: Bridge.act("code", "")
    }
    KButton {
        pictogram: "restart"
        text: qsTr("Try again")
        width: parent.width

        onUsed: Bridge.act("continue", "")
    }
}
