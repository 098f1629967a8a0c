pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The words of one stop of a visit: what happens there, and where; the place below, or behind it where both fit.
Item {
    id: stop

    // A map of label and place (see kiosk.journey.page.Stop).
    required property var modelData
    property bool inline: false
    readonly property real indent: 72 + Theme.space.l
    readonly property bool fits: label.implicitWidth + where.implicitWidth + Theme.space.l <= stop.width - stop.indent

    function needs(inline: bool): real {
        const place = where.text === "" || (inline && stop.fits) ? 0 : where.height;
        return Math.max(72, 6 + label.height + place);
    }

    KText {
        id: label

        anchors.left: parent.left
        anchors.leftMargin: stop.indent
        role: "choice"
        text: stop.modelData.label
        width: stop.width - stop.indent
        y: 6
    }
    KText {
        id: where

        readonly property bool behind: stop.inline && stop.fits

        anchors.left: parent.left
        anchors.leftMargin: stop.indent + (where.behind ? label.implicitWidth + Theme.space.l : 0)
        color: Theme.color.ink2
        role: "note"
        text: stop.modelData.place
        visible: text !== ""
        width: stop.width - anchors.leftMargin
        y: where.behind ? 6 + (label.height - height) / 2 : 6 + label.height
    }
}
