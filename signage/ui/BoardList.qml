pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The calls before, newest first, row by row. Who has not come yet stays amber.
Grid {
    id: list

    required property var calls
    required property var plan

    columnSpacing: list.plan.cell_gap
    columns: list.plan.columns
    rowSpacing: 8

    Repeater {
        model: list.calls

        Rectangle {
            id: entry

            required property var modelData

            color: entry.modelData.active ? Theme.color.called : "transparent"
            height: list.plan.cell_h
            radius: Theme.radius.well
            width: list.plan.cell_w

            Accessible.name: entry.modelData.letter + " " + entry.modelData.digits + ", " + entry.modelData.counter
            Accessible.role: Accessible.ListItem

            KCode {
                id: code

                anchors.left: parent.left
                anchors.leftMargin: 10
                anchors.verticalCenter: parent.verticalCenter
                color: entry.modelData.active ? Theme.color.on_called : Theme.color.ink
                face: Theme.familyList
                font.wordSpacing: -0.16 * code.size
                // Four digits are the rare case of a very long day: they give up size before they give up the plate.
                size: entry.modelData.digits.length > 3 ? list.plan.code * 0.8 : list.plan.code
                value: entry.modelData.letter + entry.modelData.digits
            }
            KPlate {
                anchors.right: parent.right
                anchors.rightMargin: 10
                anchors.verticalCenter: parent.verticalCenter
                number: entry.modelData.counter
                outlined: !entry.modelData.active
                size: list.plan.cell_plate
            }
        }
    }
}
