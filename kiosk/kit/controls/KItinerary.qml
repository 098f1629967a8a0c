pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The stops of a visit on one thread: number, what happens there, and where. The stop that comes now is filled.
// Where a long journey meets little room, `tight` leaves out the places of the stops that come later, `bare` all.
Column {
    id: itinerary

    // Maps of label and place (see kiosk.journey.page.Stop).
    required property var stops
    property int now: 0
    property bool tight: false
    property bool bare: false
    readonly property real gap: itinerary.bare ? 0 : Theme.space.m

    Repeater {
        model: itinerary.stops

        Item {
            id: stop

            required property var modelData
            required property int index
            readonly property bool current: stop.index === itinerary.now

            height: Math.max(72, words.height + (stop.index + 1 < itinerary.stops.length ? itinerary.gap : 0))
            width: itinerary.width

            Rectangle {
                anchors.horizontalCenter: circle.horizontalCenter
                color: Theme.color.primary
                height: parent.height
                visible: stop.index + 1 < itinerary.stops.length
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
            Column {
                id: words

                anchors.left: parent.left
                anchors.leftMargin: 72 + Theme.space.l
                anchors.right: parent.right
                topPadding: 6

                KText {
                    role: "choice"
                    text: stop.modelData.label
                    width: parent.width
                }
                KText {
                    color: Theme.color.ink2
                    role: "note"
                    text: stop.modelData.place
                    visible: stop.modelData.place !== "" && !itinerary.bare && (!itinerary.tight || stop.current)
                    width: parent.width
                }
            }
        }
    }
}
