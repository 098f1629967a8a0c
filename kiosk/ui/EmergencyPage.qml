pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The whole screen, in every language at once, nothing to touch. The person's language comes first.
KView {
    id: page

    readonly property var said: page.model.notice.said
    readonly property string text: page.model.notice.text
    // With many languages only the first says the second sentence. What staff typed may be long.
    readonly property bool many: page.said.length > 4
    readonly property bool typed: page.text === "own"
    readonly property string first: !page.typed ? "display" : Theme.large ? "choice" : "title"
    readonly property string others: Theme.large ? (page.typed || page.many ? "note" : "button") : page.typed || page.many ? "button" : "title"

    height: Theme.grid.page_h
    width: Theme.grid.page_w

    NoticeWords {
        id: words
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.color.alert
    }
    Rectangle {
        id: sign

        anchors.horizontalCenter: parent.horizontalCenter
        color: Theme.color.on_alert
        height: width
        radius: Theme.radius.card
        width: page.typed || page.many ? 260 : 380
        y: 72

        KIcon {
            anchors.centerIn: parent
            ink: Theme.color.alert
            name: ({ "leave-building": "run", "stay-inside": "inside" })[page.text] ?? "alert"
            tint: Theme.color.on_alert
            width: parent.width - 60
        }
    }
    Column {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: sign.bottom
        anchors.topMargin: 40
        spacing: page.many || page.typed ? Theme.space.m : Theme.space.xl
        width: Theme.grid.content_w

        Repeater {
            model: page.said

            Column {
                id: one

                required property var modelData
                required property int index
                readonly property bool leads: one.index === 0
                readonly property string rule: words.rule(page.text, one.modelData)

                spacing: Theme.space.xs
                width: parent?.width ?? 0

                KText {
                    color: Theme.color.on_alert
                    horizontalAlignment: Text.AlignHCenter
                    role: one.leads ? page.first : page.others
                    text: words.sentence(page.text, one.modelData)
                    width: parent.width
                    Accessible.role: Accessible.AlertMessage
                }
                KText {
                    color: Theme.color.on_alert
                    horizontalAlignment: Text.AlignHCenter
                    role: "lead"
                    text: one.rule
                    visible: one.rule !== "" && (one.leads || !page.many)
                    width: parent.width
                }
            }
        }
    }
    Column {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 56
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.space.s
        visible: page.model.code !== ""
        width: Theme.grid.content_w

        KText {
            color: Theme.color.on_alert
            horizontalAlignment: Text.AlignHCenter
            role: "button"
            text: qsTr("Your ticket stays valid")
            width: parent.width
        }
        KCode {
            color: Theme.color.on_alert
            horizontalAlignment: Text.AlignHCenter
            size: 128
            value: page.model.code
            width: parent.width
        }
    }
}
