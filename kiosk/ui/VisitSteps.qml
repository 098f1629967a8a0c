pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The steps of a visit and where each is. Where room is short the spaces go first; then the steps that are left come on
// further pages, and the next one is always on the first.
KCard {
    id: steps

    required property var stops
    // What the first page has room for, and each further one.
    required property real room
    property real further: steps.room
    // What the control that turns the pages takes, where it has no place of its own.
    property real turning: 0
    property int shown: 0
    readonly property real heading: Theme.type.note.line + Theme.space.m
    readonly property bool roomy: steps.total(thread.heights, Theme.space.m) + steps.heading + 80 <= steps.room
    readonly property bool snug: !steps.roomy && steps.total(thread.heights, 0) + steps.heading + 48 <= steps.room
    readonly property bool inline: !steps.roomy && !steps.snug && steps.total(thread.inlineHeights, 0) + 48 <= steps.room
    readonly property var cuts: {
        const heights = thread.heights;
        const whole = heights.length === 0 || steps.roomy || steps.snug || steps.inline;
        const cuts = [0];
        let left = steps.room - steps.turning - 48;
        for (let i = 0; i < heights.length && !whole; i++) {
            if (i > cuts[cuts.length - 1] && heights[i] > left) {
                cuts.push(i);
                left = steps.further - steps.turning - 48;
            }
            left -= heights[i];
        }
        return cuts;
    }
    readonly property int pages: steps.cuts.length
    readonly property int turned: Math.min(steps.shown, steps.pages - 1)

    function total(heights: var, gap: real): real {
        let sum = gap * Math.max(0, heights.length - 1);
        for (const one of heights)
            sum += one;
        return sum;
    }

    gap: steps.roomy ? Theme.space.m : Theme.space.xs
    pad: steps.roomy ? 40 : 24
    visible: steps.stops.length > 0

    onStopsChanged: steps.shown = 0

    KText {
        color: Theme.color.ink2
        role: "note"
        text: qsTr("Your steps")
        visible: steps.roomy || steps.snug
        width: parent.width
    }
    KItinerary {
        id: thread

        from: steps.cuts[steps.turned]
        gap: steps.roomy ? Theme.space.m : 0
        inline: steps.inline
        stops: steps.stops
        to: steps.turned + 1 < steps.pages ? steps.cuts[steps.turned + 1] : steps.stops.length
        width: parent.width
    }
}
