pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The lobby board: numbers never move when the language turns, so nothing but the row of those
// waiting and an announcement is mirrored.
// Where everything stands and how large it is comes with the model (signage/sizes.py).
KView {
    id: page

    readonly property var plan: page.model.plan

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: false

    BoardTop {
        centre: page.model.centre
        clock: page.model.clock
        height: page.plan.top_h
        label: page.plan.label
        visible: page.plan.top_h > 0
        width: 1808
        x: 56
        y: 14
    }
    BoardCall {
        call: page.model.now
        height: page.plan.call_h
        plan: page.plan
        width: 1824
        x: 48
        y: page.plan.call_y
    }
    BoardLabel {
        id: before

        color: Theme.color.ink2
        font.pixelSize: page.plan.label
        text: Theme.language === "en" ? qsTr("Called before") : "Called before"
        visible: page.model.before.length > 0 && page.plan.before_h > 0
        x: 60
        height: page.plan.before_h
        y: page.plan.before_y
    }
    BoardLabel {
        color: Theme.color.ink2
        font.pixelSize: page.plan.label
        fontSizeMode: Text.HorizontalFit
        horizontalAlignment: Theme.rtl ? Text.AlignRight : Text.AlignLeft
        minimumPixelSize: 36
        text: qsTr("Called before")
        visible: before.visible && Theme.language !== "en"
        width: 1860 - before.width - before.x - Theme.space.l
        wrapMode: Text.NoWrap
        x: before.x + before.width + Theme.space.l
        height: before.height
        y: before.y
    }
    BoardList {
        calls: page.model.before
        plan: page.plan
        x: 48
        y: page.plan.list_y
    }
    BoardWait {
        height: page.plan.row_h
        label: page.plan.row_label
        visible: page.plan.row_h > 0 && page.model.waiting.length > 0
        waiting: page.model.waiting
        width: 1824
        x: 48
        y: page.plan.row_y
    }
    BoardNotice {
        height: page.plan.note_h
        label: page.plan.note_label
        notice: page.model.notice
        visible: Boolean(page.model.notice)
        width: page.width
        y: page.plan.note_y
    }
}
