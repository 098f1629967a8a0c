pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Choices from the top of the answers down, likeliest first. What does not fit, or is more than six (three when
// lowered), waits behind More: pages are cut by the real heights, because labels wrap.
Item {
    id: list

    // Maps of id, label, icon, badge, suggested (see kiosk.journey.page.Choice).
    required property var choices
    property string suggestedNote: ""
    property int shown: 0
    // Indices of the first choice of each page.
    readonly property var cuts: list.cut(list.heights, list.height, most)
    readonly property int most: Theme.lowered ? Theme.target.max_choices_lowered : Theme.target.max_choices
    readonly property var heights: {
        const found = [];
        for (let i = 0; i < items.count; i++)
            found.push((items.itemAt(i) as KChoice)?.implicitHeight ?? 0);
        return found;
    }
    readonly property real gap: Theme.target.gap
    readonly property int pages: list.cuts.length
    readonly property int current: Math.min(list.shown, list.pages - 1)

    signal chosen(choice: string)

    function cut(heights: list<real>, room: real, most: int): list<int> {
        const whole = fill(heights, room, most);
        return whole.length <= 1 ? [0] : fill(heights, room - Theme.target.choice - gap, most);
    }
    function fill(heights: list<real>, room: real, most: int): list<int> {
        const cuts = [];
        let used = 0;
        for (let i = 0, inside = 0; i < heights.length; i++) {
            if (cuts.length === 0 || inside === most || used + heights[i] > room) {
                cuts.push(i);
                inside = 0;
                used = 0;
            }
            inside += 1;
            used += heights[i] + gap;
        }
        return cuts;
    }
    function isShown(index: int): bool {
        return index >= cuts[current] && (current + 1 === pages || index < cuts[current + 1]);
    }

    onChoicesChanged: list.shown = 0

    Column {
        spacing: list.gap
        width: parent.width

        Repeater {
            id: items

            model: list.choices

            KChoice {
                required property var modelData
                required property int index

                badge: modelData.badge
                pictogram: modelData.icon
                note: modelData.suggested ? list.suggestedNote : ""
                suggested: modelData.suggested
                text: modelData.label
                visible: list.isShown(index)
                width: list.width

                onUsed: list.chosen(modelData.id)
            }
        }
    }
    KPager {
        anchors.bottom: parent.bottom
        page: list.current
        pages: list.pages
        visible: list.pages > 1
        width: parent.width

        onTurned: to => list.shown = to
    }
}
