pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// One defect of each kind, so that the checker of the pages is seen to find it.
KPage {
    id: page

    readonly property string defect: model.defect

    title: page.defect === "untranslated" ? "Planted" : qsTr("Done")

    KText {
        elide: Text.ElideRight
        text: qsTr("Done") + " ".repeat(60) + qsTr("Done")
        visible: page.defect === "truncated"
        width: 200
        wrapMode: Text.NoWrap
    }
    KText {
        text: "ꡀ"
        visible: page.defect === "glyph"
    }
    KText {
        font.pixelSize: 30
        text: qsTr("Done")
        visible: page.defect === "small text"
    }
    KText {
        text: qsTr("Done")
        visible: page.defect === "outside"
        x: 980
    }
    Rectangle {
        height: 60
        visible: page.defect === "clipped"
        width: 120

        KText {
            text: "Done and done again"
            width: 900
        }
    }
    Item {
        height: 120
        visible: page.defect === "overlap"
        width: 900

        KText {
            text: qsTr("Done")
            y: 30
        }
        KIcon {
            name: "check"
            x: 40
        }
    }
    KButton {
        height: 50
        text: qsTr("Done")
        visible: page.defect === "small target"
        width: 400

        onUsed: Bridge.act("done", "")
    }
    Item {
        height: 300
        visible: page.defect === "gap"
        width: 900

        KButton {
            text: qsTr("Done")
            width: 900

            onUsed: Bridge.act("done", "")
        }
        KButton {
            text: qsTr("Done")
            width: 900
            y: 150

            onUsed: Bridge.act("done", "")
        }
    }
    Item {
        height: 10
        visible: page.defect === "high"
        width: 900

        KButton {
            text: qsTr("Done")
            width: 900
            y: -1100

            onUsed: Bridge.act("done", "")
        }
    }
    KButton {
        visible: page.defect === "nameless"
        width: 900

        onUsed: Bridge.act("done", "")
    }
    KButton {
        activeFocusOnTab: false
        text: qsTr("Done")
        visible: page.defect === "focus"
        width: 900

        onUsed: Bridge.act("done", "")
    }
    KButton {
        text: qsTr("Done")
        visible: page.defect === "dead"
        width: 900
    }
}
