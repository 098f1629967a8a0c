pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The lines of a page of information, as many as have room; pages are cut by the real heights, because words wrap.
Item {
    id: list

    // See kiosk.journey.information.TopicLine.
    required property var lines
    // Room where nothing waits behind, and where something does.
    required property real room
    required property real cutRoom
    property int shown: 0

    readonly property real gap: Theme.space.s
    readonly property var heights: {
        const found = [];
        for (let i = 0; i < rows.count; i++)
            found.push((rows.itemAt(i) as TopicRow)?.implicitHeight ?? 0);
        return found;
    }
    readonly property var cuts: {
        const whole = list.fill(list.room);
        return whole.length > 1 ? list.fill(list.cutRoom) : whole;
    }
    readonly property int pages: Math.max(1, list.cuts.length)
    readonly property int current: Math.min(list.shown, list.pages - 1)

    // Indices of the first line of each page. No heading stands alone at the end of one.
    function fill(room: real): list<int> {
        const cuts = [];
        let used = 0;
        for (let i = 0; i < list.heights.length; i++) {
            const heading = list.lines[i]?.kind === "heading" && i + 1 < list.heights.length;
            const needs = list.heights[i] + (heading ? list.gap + list.heights[i + 1] : 0);
            if (cuts.length === 0 || used + needs > room) {
                cuts.push(i);
                used = 0;
            }
            used += list.heights[i] + list.gap;
        }
        return cuts;
    }
    function isShown(index: int): bool {
        return index >= list.cuts[list.current] && (list.current + 1 === list.pages || index < list.cuts[list.current + 1]);
    }

    implicitHeight: column.implicitHeight

    onLinesChanged: list.shown = 0

    Column {
        id: column

        spacing: list.gap
        width: parent.width

        Repeater {
            id: rows

            model: list.lines

            TopicRow {
                required property var modelData
                required property int index

                kind: modelData.kind
                note: modelData.note
                text: modelData.text
                value: modelData.value
                visible: list.isShown(index)
                width: list.width
            }
        }
    }
}
