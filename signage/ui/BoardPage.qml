pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The lobby board: numbers never move when the language turns, so nothing but the row of those waiting is mirrored.
KView {
    id: page

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: false

    BoardTop {
        centre: page.model.centre
        clock: page.model.clock
        width: 1808
        x: 56
        y: 14
    }
    BoardCall {
        call: page.model.now
        height: 382
        width: 1824
        x: 48
        y: 100
    }
    BoardLabel {
        id: before

        color: Theme.color.ink2
        text: Theme.language === "en" ? qsTr("Called before") : "Called before"
        visible: page.model.before.length > 0
        x: 60
        height: 64
        y: 494
    }
    BoardLabel {
        color: Theme.color.ink2
        horizontalAlignment: Theme.rtl ? Text.AlignRight : Text.AlignLeft
        text: qsTr("Called before")
        visible: before.visible && Theme.language !== "en"
        width: 1860 - before.width - before.x - Theme.space.l
        x: before.x + before.width + Theme.space.l
        height: before.height
        y: before.y
    }
    BoardList {
        calls: page.model.before
        x: 48
        y: 562
    }
    BoardWait {
        height: 116
        visible: page.model.waiting.length > 0
        waiting: page.model.waiting
        width: 1824
        x: 48
        y: 950
    }
}
