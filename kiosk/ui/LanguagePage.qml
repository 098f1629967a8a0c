pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The first page: every language that is offered, and what is said, in all of them. The greetings get smaller and the
// hint about tickets goes before a language does.
KPage {
    id: page

    readonly property list<string> spoken: page.model.languages.map(one => one.code)
                                           .filter(one => one === "en" || page.greets(one)).slice(0, 15)
    // From roomy to tight.
    readonly property var levels: [
        { greet: 2, hint: true, passport: true, small: false, paper: true, notice: true },
        { greet: 1, hint: true, passport: true, small: false, paper: true, notice: true },
        { greet: 1, hint: false, passport: true, small: false, paper: true, notice: true },
        { greet: 0, hint: false, passport: true, small: false, paper: true, notice: true },
        { greet: 0, hint: false, passport: true, small: true, paper: true, notice: true },
        { greet: 0, hint: false, passport: true, small: true, paper: false, notice: true },
        { greet: 0, hint: false, passport: false, small: true, paper: false, notice: true },
        { greet: 0, hint: false, passport: true, small: true, paper: true, notice: false },
        { greet: 0, hint: false, passport: false, small: true, paper: false, notice: false },
    ]
    readonly property real whole: page.floor - Theme.grid.question_top - 72 - 3 * Theme.space.m - page.gap
    readonly property var heights: {
        const found = [];
        for (let i = 0; i < blocks.count; i++)
            found.push((blocks.itemAt(i) as FirstWords)?.implicitHeight ?? 0);
        return found;
    }
    readonly property int level: {
        for (let i = 0; i < page.heights.length; i++) {
            const under = page.under(page.levels[i].hint, grid.least);
            if (under <= page.floor - page.line && page.heights[i] + under <= page.whole)
                return i;
        }
        return page.levels.length - 1;
    }
    readonly property bool hints: page.model.scanner && page.levels[page.level].hint
    readonly property real above: page.heights[page.level] ?? 0

    // A language that the kiosk has no words of is not spoken, even where the centre offers it.
    function greets(language: string): bool {
        return Bridge.translate(language, "FirstWords", "Welcome") !== "Welcome";
    }
    function under(hint: bool, cell: real): real {
        return grid.rowsNeeded * (cell + page.gap) - page.gap + (hint && page.model.scanner ? ticket.implicitHeight + page.gap : 0);
    }

    low: true

    scene: Item {
        anchors.bottom: parent.bottom
        height: page.above
        width: parent.width

        Repeater {
            id: blocks

            model: page.levels

            FirstWords {
                required property var modelData
                required property int index

                greet: modelData.greet
                languages: page.spoken
                model: page.model
                notice: modelData.notice
                paper: modelData.paper
                passport: modelData.passport
                small: modelData.small
                visible: index === page.level
            }
        }
    }

    KLanguageGrid {
        id: grid

        languages: page.model.languages
        room: Math.min(page.floor - page.line, page.whole - page.above)
              - (page.hints ? ticket.implicitHeight + page.gap : 0)
        suggested: page.model.suggested
        width: parent.width

        onChosen: code => Bridge.act("language", code)
    }
    ShowTicket {
        id: ticket

        languages: page.spoken
        visible: page.hints
        width: parent.width
    }
}
