pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// What hangs over one counter: who is called to it (amber) or served there (ink on white), or that nobody is, and its
// plate. Very wide panels have the plate beside the code, others below it. Numbers never move with the language.
KView {
    id: page

    readonly property bool beside: page.width > 2200
    readonly property bool coded: page.model.letter !== ""
    readonly property bool called: page.model.state === "called"
    readonly property real plateW: page.beside ? Math.min(860, page.width * 0.27) : page.width
    readonly property real plateH: page.beside ? page.height : 360

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: false

    Rectangle {
        id: ground

        color: page.called ? Theme.color.called : page.coded ? Theme.color.surface : Theme.color.paper
        height: page.beside ? page.height : page.height - page.plateH
        width: page.beside ? page.width - page.plateW : page.width

        Accessible.name: page.coded ? code.text : words.text
        Accessible.role: Accessible.AlertMessage

        KCode {
            id: code

            readonly property real widest: page.model.digits.length > 3 ? 2.85 : 2.38

            anchors.centerIn: parent
            color: page.called ? Theme.color.on_called : Theme.color.ink
            font.wordSpacing: -0.16 * size
            size: Math.min((ground.width - 120) / code.widest, ground.height * 0.94)
            value: page.model.letter + page.model.digits
            visible: page.coded
        }
        Item {
            LayoutMirroring.childrenInherit: true
            LayoutMirroring.enabled: Theme.rtl
            anchors.fill: parent
            anchors.margins: 80
            visible: !page.coded

            KIcon {
                id: sign

                anchors.left: parent.left
                anchors.verticalCenter: parent.verticalCenter
                name: ({ free: "ticket", paused: "clock", closed: "cross" })[page.model.state] ?? "alert"
                width: page.beside ? 440 : 320
            }
            BoardLabel {
                id: words

                anchors.left: sign.right
                anchors.leftMargin: 80
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                color: page.model.state === "free" ? Theme.color.ink : Theme.color.ink2
                font.pixelSize: page.beside ? 320 : 220
                fontSizeMode: Text.Fit
                height: parent.height
                lineHeight: Theme.rtl ? 0.85 : 0.95
                minimumPixelSize: 80
                text: ({ free: qsTr("Wait for your number"), paused: qsTr("Back soon"), closed: qsTr("Closed"),
                         unknown: qsTr("This screen is not set up") })[page.model.state] ?? ""
            }
        }
    }
    Rectangle {
        id: plate

        color: Theme.color.ink
        height: page.plateH
        width: page.plateW
        x: page.beside ? page.width - page.plateW : 0
        y: page.beside ? 0 : page.height - page.plateH

        BoardLabel {
            id: label

            color: Theme.color.surface
            font.pixelSize: 150
            fontSizeMode: Text.HorizontalFit
            height: page.beside ? 220 : plate.height
            horizontalAlignment: Text.AlignHCenter
            minimumPixelSize: 60
            text: qsTr("Counter")
            width: page.beside ? plate.width - 80 : plate.width / 2 - 60
            wrapMode: Text.NoWrap
            x: page.beside ? 40 : 60
            y: page.beside ? 50 : 0
        }
        Text {
            color: Theme.color.surface
            font.family: Theme.family
            font.features: ({ tnum: 1 })
            font.pixelSize: page.beside ? 700 : 300
            font.weight: Font.Bold
            fontSizeMode: Text.Fit
            height: page.beside ? plate.height - 300 : plate.height
            horizontalAlignment: Text.AlignHCenter
            minimumPixelSize: 100
            text: "\u2066" + page.model.counter + "\u2069"
            textFormat: Text.PlainText
            verticalAlignment: Text.AlignVCenter
            width: page.beside ? plate.width - 80 : plate.width / 2 - 60
            x: page.beside ? 40 : plate.width / 2
            y: page.beside ? 270 : 0

            Accessible.name: page.model.counter
            Accessible.role: Accessible.StaticText
        }
    }
}
