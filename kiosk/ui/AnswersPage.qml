pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// All answers, before anything is sent. A touch changes one. Nobody goes on before they have come past them all.
KPage {
    id: page

    // So many are seen at once; Back leads to those before.
    readonly property int most: Theme.large ? (Theme.lowered ? 1 : 2) : Theme.lowered ? 2 : 3
    readonly property int next: page.model.first + page.most
    readonly property bool last: page.next >= page.model.rows.length
    readonly property real listRoom: page.floor - page.line - page.gap - go.implicitHeight
    readonly property real rowHeight: Math.min(Theme.large ? 360 : 232, (page.listRoom + page.gap) / page.most - page.gap)

    function icon(kind: string): string {
        return ({ date: "clock", choice: "record", "yes-no": "check" })[kind] ?? "text";
    }
    function answer(row: var): string {
        if (row.answer === "")
            return row.missing ? qsTr("Please answer this") : qsTr("No answer");
        return row.kind === "date" ? dates.written(row.answer)
               : row.kind === "yes-no" ? (row.answer === "yes" ? qsTr("Yes") : qsTr("No")) : page.cut(row.answer, 44);
    }
    function cut(text: string, most: int): string {
        return text.length > most ? text.slice(0, most - 1) + "\u2026" : text;
    }

    crumb: page.model.name
    crumbIcon: "record"
    drawing: "service"
    fill: true
    help: qsTr("Touch one to change it. Nothing is sent yet.")
    title: qsTr("Is this right?")

    Item {
        height: page.floor - page.line
        width: parent.width

        DateWords {
            id: dates
        }
        Column {
            spacing: page.gap
            width: parent.width

            Repeater {
                model: page.model.rows.slice(page.model.first, page.next)

                KChoice {
                    required property var modelData

                    height: page.rowHeight
                    labelRole: Theme.large ? "bar" : "snug"
                    note: page.cut(modelData.question, 54)
                    pictogram: modelData.missing ? "alert" : page.icon(modelData.kind)
                    text: page.answer(modelData)
                    width: parent?.width ?? 0

                    onUsed: Bridge.act("change", modelData.id)
                }
            }
        }
        KButton {
            id: go

            anchors.bottom: parent.bottom
            pictogram: page.last ? page.model.ready ? "check" : "next" : "down"
            primary: true
            text: !page.last ? qsTr("%n more", "", page.model.rows.length - page.next)
                  : page.model.ready ? qsTr("Yes, all is right") : qsTr("Answer what is missing")
            width: parent.width

            onUsed: page.last ? Bridge.act("go-on", "") : Bridge.act("turn", String(page.next))
        }
    }
}
