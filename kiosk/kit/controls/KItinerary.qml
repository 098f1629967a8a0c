pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The stops of a visit on one thread: number, what happens there, and where. The stop that comes now is filled. What has
// no room is left to another page: of the stops that are shown, `from` up to `to`, each has its place.
Column {
    id: itinerary

    // Maps of label and place (see kiosk.journey.page.Stop).
    required property var stops
    property int now: 0
    property int from: 0
    property int to: itinerary.stops.length
    property real gap: Theme.space.m
    // Where both fit, the place stands behind its stop and not below it.
    property bool inline: false
    // How high each stop is without a gap, whether it is shown or not; and how high it would be with `inline`.
    readonly property var heights: itinerary.measured(false)
    readonly property var inlineHeights: itinerary.measured(true)

    function measured(inline: bool): var {
        const found = [];
        for (let i = 0; i < all.count; i++) {
            const stop = all.itemAt(i) as KStop;
            found.push(stop ? stop.needs(inline) : 0);
        }
        return found;
    }

    Repeater {
        id: all

        model: itinerary.stops

        KStop {
            id: stop

            required property int index
            readonly property bool current: stop.index === itinerary.now
            readonly property bool last: stop.index + 1 >= itinerary.to

            height: stop.implicitHeight + (stop.last ? 0 : itinerary.gap)
            implicitHeight: stop.needs(itinerary.inline)
            inline: itinerary.inline
            visible: stop.index >= itinerary.from && stop.index < itinerary.to
            width: itinerary.width

            Rectangle {
                anchors.horizontalCenter: circle.horizontalCenter
                color: Theme.color.primary
                height: parent.height
                visible: !stop.last
                width: Theme.stroke.thread
                y: 36
            }
            Rectangle {
                id: circle

                anchors.left: parent.left
                anchors.leftMargin: stop.current ? 0 : 4
                border.color: Theme.color.primary
                border.width: 4
                color: stop.current ? Theme.color.primary : Theme.color.surface
                height: width
                radius: width / 2
                width: stop.current ? 72 : 64
                y: stop.current ? 0 : 4

                KText {
                    anchors.centerIn: parent
                    color: stop.current ? Theme.color.on_primary : Theme.color.ink
                    role: "stop"
                    text: "\u2066" + (stop.index + 1) + "\u2069"
                }
            }
        }
    }
}
