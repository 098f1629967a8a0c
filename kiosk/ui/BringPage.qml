pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// What people bring: they touch what they have. It refuses nobody; staff see the same list.
KPage {
    id: page

    // So many lines are seen at once; Back leads to those before.
    readonly property int most: Theme.large ? (Theme.lowered ? 1 : 2) : Theme.lowered ? 2 : 3
    readonly property int next: page.model.first + page.most
    readonly property bool last: page.next >= page.entries.length
    // Behind the last line stands the way to take the list along.
    readonly property var entries: page.model.paper === "" ? page.model.lines : [...page.model.lines, { prints: true }]
    readonly property real listRoom: page.floor - page.line - page.gap - go.implicitHeight
    readonly property real rowHeight: Math.min(Theme.large ? 360 : 232, (page.listRoom + page.gap) / page.most - page.gap)

    readonly property string printing: ({ printing: qsTr("It is printing"), taken: qsTr("Take it below"), none: qsTr("No paper now") })[page.model.paper] ?? ""

    function icon(kind: string): string {
        return ({ photo: "camera", translation: "lang", person: "people", fee: "card" })[kind] ?? "record";
    }
    function amount(fee: var): string {
        return Theme.isolated(fee.currency + "\u00a0" + Theme.amount(Theme.language, fee.minor, fee.exponent));
    }
    function label(line: var): string {
        if (line.fee)
            return qsTr("The fee: %1").arg(page.amount(line.fee));
        return line.count > 1 ? qsTr("%1 (for each of %2)").arg(line.label).arg(line.count) : line.label;
    }
    // What matters most of it, in one line: when it is needed at all, else in which form.
    function note(line: var): string {
        if (line.fee)
            return qsTr("Card or cash");
        if (line.only !== "")
            return line.only;
        const plain = { original: qsTr("The original"), copy: qsTr("A copy is enough"), either: qsTr("The original or a copy"), "": line.note };
        const both = { original: qsTr("The original, translated"), copy: qsTr("A copy, translated"), either: qsTr("Original or copy, translated"), "": qsTr("With a translation") };
        return (line.translated ? both : plain)[line.form];
    }

    crumb: page.model.service
    crumbIcon: page.model.icon
    drawing: "service"
    fill: true
    help: qsTr("Touch what you have.")
    title: qsTr("Have you got these?")

    Item {
        height: page.floor - page.line
        width: parent.width

        Column {
            spacing: page.gap
            width: parent.width

            Repeater {
                model: page.entries.slice(page.model.first, page.next)

                KChoice {
                    required property var modelData
                    readonly property bool prints: modelData.prints ?? false

                    height: page.rowHeight
                    labelRole: Theme.large ? "bar" : "snug"
                    enabled: !prints || page.model.paper === "offered" || page.model.paper === "none"
                    note: prints ? page.printing : page.note(modelData)
                    on: modelData.had ?? false
                    pictogram: prints ? "print" : page.icon(modelData.kind)
                    switches: !prints
                    text: prints ? qsTr("Print this list") : page.label(modelData)
                    width: parent?.width ?? 0

                    onUsed: prints ? Bridge.act("print-list", "") : Bridge.act("toggle", modelData.id)
                }
            }
        }
        KButton {
            id: go

            anchors.bottom: parent.bottom
            pictogram: page.last ? "next" : "down"
            primary: true
            text: !page.last ? qsTr("%n more", "", page.entries.length - page.next)
                  : page.model.missing > 0 ? qsTr("Go on: %n are missing", "", page.model.missing) : qsTr("Go on: I have all")
            width: parent.width

            onUsed: page.last ? Bridge.act("go-on", "") : Bridge.act("turn", String(page.next))
        }
    }
}
