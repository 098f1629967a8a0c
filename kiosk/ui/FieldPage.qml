pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// One question of a form. Text, numbers and the year of a date are typed; all else is touched, and leads on at once.
KPage {
    id: page

    readonly property string kind: page.model.kind
    readonly property string asked: page.model.title
    readonly property bool isDate: page.kind === "date"
    readonly property bool finds: page.model.part === "find"
    readonly property bool lists: page.kind === "choice" && !page.finds
    readonly property bool picks: page.lists || page.kind === "yes-no" || (page.isDate && page.model.part !== "year")
    readonly property bool passes: !page.model.required && page.model.entered === ""
    readonly property real passing: skip.visible ? skip.height + page.gap : 0
    readonly property real pickRoom: page.floor - page.line - page.passing
    // The end of what was typed: what a page has room for.
    readonly property int tail: Theme.large ? 44 : 84
    readonly property string typed: page.model.entered.length > page.tail ? "\u2026" + page.model.entered.slice(-page.tail)
                                    : page.model.entered

    readonly property string asks: page.finds ? qsTr("Type the first letters.") : !page.isDate ? "" : page.model.part === "year" ? qsTr("First the year, in four digits.")
                                   : page.model.part === "month" ? qsTr("Which month of %1?").arg(page.model.year)
                                   : qsTr("Which day in %1?").arg([Qt.locale(Theme.language).monthName(page.model.month - 1), page.model.year].join(" "))
    readonly property string wrong: ({
        year: qsTr("Please look at the year once more."),
        range: page.model.maximum === null ? qsTr("It has to be %1 or more.").arg(page.model.minimum)
               : page.model.minimum === null ? qsTr("It can be %1 at most.").arg(page.model.maximum)
               : qsTr("It has to be between %1 and %2.").arg(page.model.minimum).arg(page.model.maximum),
        telephone: qsTr("It begins with + and the code of the country."),
        email: qsTr("An e-mail address has an @ and a point."),
        refused: qsTr("This answer cannot be kept as it is."),
    })[page.model.problem] ?? ""
    readonly property string said: page.model.chosen === "" ? ""
                                   : page.kind === "yes-no" ? (page.model.chosen === "yes" ? qsTr("Yes") : qsTr("No"))
                                   : page.isDate ? dates.written(page.model.chosen)
                                   : page.model.options.find(one => one.id === page.model.chosen)?.label ?? page.model.chosen

    crumb: page.model.changing ? qsTr("You change one answer") : qsTr("Question %1 of %2").arg(page.model.nth).arg(page.model.of)
    fill: page.picks
    help: page.wrong !== "" ? page.wrong
          : (page.picks || page.finds) && page.said !== "" ? qsTr("You answered: %1").arg(Theme.isolated(page.said))
          : page.asks !== "" ? page.asks : page.model.help
    title: page.model.title
    titleLines: 2

    info: KCard {
        pad: 28
        visible: !page.picks
        width: parent?.width ?? 0

        KText {
            color: page.typed === "" ? Theme.color.ink2 : Theme.color.ink
            role: page.typed === "" ? "lead" : "button"
            text: page.typed !== "" ? page.typed : page.model.required ? qsTr("Please type it below") : qsTr("You need not answer this")
            width: parent.width
            wrapMode: Text.Wrap
        }
    }

    // Another question begins with the letters of the language.
    onAskedChanged: keys.turned = keys.first

    DateWords {
        id: dates
    }
    KKeyboard {
        id: keys

        begins: page.model.entered === "" || [" ", "-"].includes(page.model.entered.slice(-1))
        board: page.model.board
        first: page.model.layer
        room: Theme.lowered ? 504 : 604
        visible: !page.picks
        width: parent.width

        onTyped: sign => Bridge.act("key", sign)
        onErase: Bridge.act("erase", "")
    }
    KChoices {
        choices: page.lists ? page.model.options.map(one => Object.assign({}, one, { icon: one.id === page.model.chosen ? "check" : "next" }))
                 : [{ id: "yes", label: qsTr("Yes"), icon: "check", badge: "" }, { id: "no", label: qsTr("No"), icon: "cross", badge: "" }]
        height: page.pickRoom
        visible: page.lists || page.kind === "yes-no"
        width: parent.width

        onChosen: choice => Bridge.act("choose", choice)
    }
    KTiles {
        chosen: page.model.chosen.startsWith(page.model.year + "-") ? String(parseInt(page.model.chosen.slice(5, 7), 10)) : ""
        columns: 2
        items: page.model.months.map(one => ({ id: String(one), label: Qt.locale(Theme.language).monthName(one - 1) }))
        room: page.pickRoom
        visible: page.model.part === "month"
        width: parent.width

        onPicked: month => Bridge.act("choose", month)
    }
    KTiles {
        columns: 7
        items: page.model.days.map(one => ({ id: String(one), label: String(one) }))
        role: "button"
        room: page.pickRoom
        visible: page.model.part === "day"
        width: parent.width

        onPicked: day => Bridge.act("choose", day)
    }
    KButton {
        enabled: page.model.ready || page.passes
        pictogram: "next"
        primary: true
        text: page.passes ? qsTr("Go on without an answer")
              : !page.finds ? qsTr("Next") : page.model.entered === "" ? qsTr("Show them") : qsTr("Show %n of them", "", page.model.found)
        visible: !page.picks
        width: parent.width

        onUsed: page.passes ? Bridge.act("skip", "") : Bridge.act("submit", "")
    }
    KButton {
        id: skip

        height: Theme.target.choice
        pictogram: "next"
        text: qsTr("Go on without an answer")
        visible: page.picks && !page.model.required
        width: parent.width

        onUsed: Bridge.act("skip", "")
    }
}
