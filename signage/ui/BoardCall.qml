pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The call of now: amber, code, counter, the way. Without a call the panel is quiet and says what will happen here.
Item {
    id: panel

    required property var call
    readonly property bool calling: panel.call !== null && panel.call !== undefined
    readonly property string key: panel.calling ? panel.call.letter + panel.call.digits + panel.call.counter + panel.call.repeats : ""
    readonly property string way: panel.calling ? panel.call.direction : ""
    // Three slow pulses tell the eye that something is new, then the panel is still.
    onKeyChanged: if (panel.key !== "" && Theme.motion.called_pulse > 0)
        pulse.restart()

    Accessible.name: panel.calling ? qsTr("Now calling") + " " + panel.call.letter + " " + panel.call.digits + ", "
                                     + qsTr("Counter") + " " + panel.call.counter : quiet.text
    Accessible.role: Accessible.AlertMessage

    Rectangle {
        anchors.fill: parent
        color: panel.calling ? Theme.color.called : Theme.color.surface
        radius: Theme.radius.card
    }
    Rectangle {
        id: halo

        anchors.fill: parent
        border.color: Theme.color.on_called
        border.width: 12
        color: "transparent"
        opacity: 0
        radius: Theme.radius.card

        SequentialAnimation {
            id: pulse

            loops: 3

            NumberAnimation { duration: Theme.motion.called_pulse / 2; from: 0; property: "opacity"; target: halo; to: 1 }
            NumberAnimation { duration: Theme.motion.called_pulse / 2; from: 1; property: "opacity"; target: halo; to: 0 }
        }
    }
    Item {
        anchors.fill: parent
        visible: panel.calling

        BoardLabel {
            id: english

            color: Theme.color.on_called
            text: Theme.language === "en" ? qsTr("Now calling") : "Now calling"
            height: 64
            x: 56
            y: 6
        }
        BoardLabel {
            anchors.left: english.right
            anchors.leftMargin: Theme.space.l
            color: Theme.color.on_called
            horizontalAlignment: Theme.rtl ? Text.AlignRight : Text.AlignLeft
            text: qsTr("Now calling")
            visible: Theme.language !== "en"
            width: 1000 - english.width - english.x
            height: english.height
            y: english.y
        }
        KCode {
            color: Theme.color.on_called
            // A narrow gap, as on paper: the letter and its number are one name.
            font.wordSpacing: -0.16 * size
            // Four digits are the rare case of a very long day: they give up size before they touch the plate.
            size: panel.calling && panel.call.digits.length > 3 ? Theme.board.code_now.px * 0.82 : Theme.board.code_now.px
            value: panel.calling ? panel.call.letter + panel.call.digits : ""
            x: 40
            y: 72
        }
        BoardLabel {
            color: Theme.color.on_called
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Counter")
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 36
            width: 420
            x: 1000
            height: english.height
            y: english.y
        }
        Item {
            height: 262
            width: 420
            x: 1000
            y: 88

            KPlate {
                anchors.centerIn: parent
                number: panel.calling ? panel.call.counter : ""
                size: 262
            }
        }
        BoardLabel {
            color: Theme.color.on_called
            horizontalAlignment: Text.AlignHCenter
            text: ({ left: qsTr("Go left"), right: qsTr("Go right"), ahead: qsTr("Straight ahead"),
                     up: qsTr("Go upstairs"), down: qsTr("Go downstairs") })[panel.way] ?? ""
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 36
            width: 396
            x: 1420
            height: english.height
            y: english.y
        }
        BoardWay {
            direction: panel.way
            visible: panel.way !== ""
            x: 1504
            y: 103
        }
    }
    BoardLabel {
        id: quiet

        anchors.centerIn: parent
        font.pixelSize: 80
        horizontalAlignment: Text.AlignHCenter
        text: qsTr("Please take a seat. Your number will be called here.")
        visible: !panel.calling
        width: parent.width - 200
    }
}
