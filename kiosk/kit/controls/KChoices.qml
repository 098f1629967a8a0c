pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Choices from the top of the answers down, likeliest first, and what leads on. Up to six stand on one page: where they
// have no room, their letters get a little smaller. Only what has no room then either waits behind More: pages are cut
// by the real heights, because labels wrap.
Item {
    id: list

    // Maps of id, label, icon, badge (see kiosk.journey.page.Choice).
    required property var choices
    // A second line for each choice, empty where there is none, and the pictogram before it.
    property var notes: []
    property var noteMarks: []
    // Maps of id, label and icon: what stands below the choices and leads to others.
    property var extras: []
    property int shown: 0
    // As text: what is said anew and is the same takes no choice from under a finger, and turns no page back.
    readonly property string said: JSON.stringify([...list.choices, ...list.extras.map(one => Object.assign({ badge: "", leads: true }, one))])
    readonly property var all: JSON.parse(list.said)
    // From roomy to tight; in large text no letters are smaller than they are elsewhere.
    readonly property list<string> roles: Theme.large ? ["choice", "snug"] : ["choice", "bar"]
    readonly property real even: (list.height + list.gap) / Math.max(1, list.all.length) - list.gap
    readonly property bool snug: list.pages > 1 ? false : list.total(list.heights) > list.height
    // All have a well of one width: that of the widest badge.
    readonly property real well: {
        let wide = 0;
        for (let i = 0; i < items.count; i++)
            wide = Math.max(wide, (items.itemAt(i) as KChoice)?.wellNeeds ?? 0);
        return wide;
    }
    // Indices of the first choice of each page.
    readonly property var cuts: list.cut(list.heights, list.height, most)
    readonly property int limit: Theme.target.max_choices
    readonly property int most: Theme.lowered ? Theme.target.max_choices_lowered : list.limit
    // Second lines go where the choices have one page without them, and would have several with them.
    readonly property bool noted: list.oneWith(true) || !list.oneWith(false)
    readonly property var heights: list.heightsWith(list.noted)
    readonly property real gap: Theme.target.gap
    readonly property int pages: list.cuts.length
    readonly property int current: Math.min(list.shown, list.pages - 1)

    signal chosen(choice: string)
    signal ledOn(way: string)

    function heightsWith(noted: bool): list<real> {
        const found = [];
        for (let i = 0; i < items.count; i++)
            found.push((items.itemAt(i) as KChoice)?.roomy(noted) ?? 0);
        return found;
    }
    // Whether all have room on one page in the smaller letters, each as high as any other.
    function fitsWith(noted: bool): bool {
        for (let i = 0; i < probes.count; i++) {
            const second = noted ? ((items.itemAt(i) as KChoice)?.noteHeight ?? 0) : 0;
            if (((probes.itemAt(i) as KText)?.height ?? 0) + second + 8 > list.even)
                return false;
        }
        return probes.count <= list.limit && list.even >= 100;
    }
    function oneWith(noted: bool): bool {
        return list.all.length <= list.limit && (list.total(list.heightsWith(noted)) <= list.height || list.fitsWith(noted));
    }
    function total(heights: list<real>): real {
        return heights.reduce((a, b) => a + b, 0) + list.gap * Math.max(0, heights.length - 1);
    }
    function cut(heights: list<real>, room: real, most: int): list<int> {
        if (list.oneWith(list.noted))
            return [0];
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

    onAllChanged: list.shown = 0

    Column {
        spacing: list.gap
        width: parent.width

        Repeater {
            id: items

            model: list.all

            KChoice {
                required property var modelData
                required property int index

                badge: modelData.badge
                pictogram: modelData.icon
                height: list.snug ? list.even : implicitHeight
                labelRole: list.snug ? list.roles[1] : list.roles[0]
                note: list.notes[index] ?? ""
                noteMark: list.noteMarks[index] ?? ""
                noteShown: list.noted
                text: modelData.label
                visible: list.isShown(index)
                well: list.well
                width: list.width

                onUsed: modelData.leads ? list.ledOn(modelData.id) : list.chosen(modelData.id)
            }
        }
    }
    Repeater {
        id: probes

        model: list.all

        KText {
            required property var modelData

            role: list.roles[1]
            text: modelData.label
            visible: false
            width: list.width - list.well - 2 * Theme.space.l
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
