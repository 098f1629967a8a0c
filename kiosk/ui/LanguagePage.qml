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
    // Only as many are made as were tried: each of them says everything in every language.
    property int level: 0
    readonly property bool hints: page.model.scanner && page.levels[page.level].hint
    readonly property real above: blocks.count > page.level ? blocks.itemAt(page.level)?.implicitHeight ?? 0 : 0

    // A language that the kiosk has no words of is not spoken, even where the centre offers it.
    function greets(language: string): bool {
        return Bridge.translate(language, "FirstWords", "Welcome") !== "Welcome";
    }
    function under(hint: bool, cell: real): real {
        return grid.rowsNeeded * (cell + page.gap) - page.gap + (hint && page.model.scanner ? ticket.implicitHeight + page.gap : 0);
    }

    function fits(index: int): bool {
        const block = blocks.itemAt(index) as Loader;
        if (block === null)
            return true;
        block.active = true;
        const under = page.under(page.levels[index].hint, grid.least);
        return under <= page.floor - page.line && block.implicitHeight + under <= page.whole;
    }
    // Takes the first that has room; one that has not been laid out yet is tried again when it is.
    function settle(): void {
        let index = 0;
        while (!page.fits(index) && index < page.levels.length - 1)
            index += 1;
        page.level = index;
    }

    low: true

    Component.onCompleted: page.settle()
    onFloorChanged: page.settle()
    onGapChanged: page.settle()
    onLineChanged: page.settle()
    onModelChanged: page.settle()
    onWholeChanged: page.settle()

    scene: Item {
        anchors.bottom: parent.bottom
        height: page.above
        width: parent.width

        Repeater {
            id: blocks

            model: page.levels

            Loader {
                id: block

                required property var modelData
                required property int index

                active: false
                visible: block.index === page.level
                width: parent?.width ?? 0

                sourceComponent: FirstWords {
                    greet: block.modelData.greet
                    languages: page.spoken
                    model: page.model
                    notice: block.modelData.notice
                    paper: block.modelData.paper
                    passport: block.modelData.passport
                    small: block.modelData.small
                }

                onImplicitHeightChanged: page.settle()
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
        onLeastChanged: page.settle()
        onRowsNeededChanged: page.settle()
    }
    ShowTicket {
        id: ticket

        languages: page.spoken
        visible: page.hints
        width: parent.width

        onImplicitHeightChanged: page.settle()
    }
}
