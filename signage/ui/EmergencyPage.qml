pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// An emergency takes the whole screen: what to do as picture, arrow and sentence, in all languages at once. Nothing
// turns, moves or flashes. Very wide panels have the languages beside the sentence, others below it.
KView {
    id: page

    readonly property bool beside: page.width > 2600
    readonly property string text: page.model.text
    readonly property bool typed: page.model.typed.length > 0
    readonly property real column: page.beside ? (page.width - 728) / 2 : page.width - 656

    // Scripts that only one bundled font has: asked for another, Qt would complain before it finds that one.
    function face(language: string): string {
        return ({ am: "Noto Sans Ethiopic", bn: "Noto Sans Bengali" })[language] ?? Theme.family;
    }

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: false

    Accessible.name: page.model.title.text
    Accessible.role: Accessible.AlertMessage

    Rectangle {
        anchors.fill: parent
        color: Theme.color.alert
    }
    Rectangle {
        id: sign

        color: Theme.color.on_alert
        height: 440
        radius: Theme.radius.card
        width: 440
        x: 72
        y: 96

        KIcon {
            anchors.centerIn: parent
            ink: Theme.color.alert
            name: ({ "leave-building": "run", "stay-inside": "inside" })[page.text] ?? "alert"
            tint: Theme.color.on_alert
            width: 380
        }
    }
    BoardWay {
        anchors.horizontalCenter: sign.horizontalCenter
        direction: page.model.exit
        ink: Theme.color.on_alert
        size: 340
        visible: page.model.exit !== ""
        y: 572
    }
    Column {
        id: said

        readonly property int align: Theme.rtl ? Text.AlignRight : Text.AlignLeft

        spacing: Theme.space.m
        width: page.column
        x: 584
        y: 72

        BoardLabel {
            id: title

            color: Theme.color.on_alert
            font.family: page.face(page.model.title.language)
            font.pixelSize: page.beside ? 200 : page.text === "own" ? 120 : 168
            font.weight: Font.Bold
            fontSizeMode: Text.Fit
            height: page.beside ? (page.typed ? 470 : 520) : page.typed ? 260 : 340
            horizontalAlignment: said.align
            lineHeight: Theme.rtl ? 0.85 : page.text === "own" ? 0.9 : 0.76
            minimumPixelSize: 48
            text: page.model.title.text
            width: parent.width
        }
        Repeater {
            model: page.model.typed

            BoardLabel {
                required property var modelData

                color: Theme.color.on_alert
                font.family: page.face(modelData.language)
                font.pixelSize: page.beside ? 84 : 52
                fontSizeMode: Text.Fit
                height: page.beside ? 170 : 110
                horizontalAlignment: said.align
                lineHeight: 0.9
                minimumPixelSize: 26
                text: modelData.text
                width: said.width
            }
        }
        BoardLabel {
            color: Theme.color.on_alert
            font.pixelSize: page.beside ? 92 : 54
            font.weight: Font.Medium
            fontSizeMode: Text.Fit
            height: page.beside ? 300 : 176
            horizontalAlignment: said.align
            lineHeight: Theme.rtl ? 0.85 : 1
            minimumPixelSize: 42
            text: (({ "leave-building": qsTr("Follow the green exit signs. Do not use the lift.") + " ",
                      "stay-inside": qsTr("Keep away from doors and windows. Wait for staff.") + " " })[page.text] ?? "")
                  + qsTr("Your ticket stays valid.")
            visible: !page.typed
            width: parent.width
        }
    }
    Rectangle {
        color: Theme.color.on_alert
        height: page.beside ? 800 : 3
        width: page.beside ? 3 : page.column
        x: page.beside ? 584 + page.column + 32 : 584
        y: page.beside ? 96 : 616
    }
    EmergencyOthers {
        beside: page.beside
        lines: page.model.others
        room: page.column - (page.beside ? 40 : 0)
        x: page.beside ? 584 + page.column + 68 : 584
        y: page.beside ? 96 : 640
    }
    EmergencyFoot {
        beside: page.beside
        model: page.model
        width: page.width - 144
        x: 72
        y: 954
    }
}
