pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The call of now: amber, code, counter, the way. Without a call the panel is quiet and says what will happen here.
Item {
    id: panel

    required property var call
    // See signage/sizes.py.
    required property var plan
    readonly property bool calling: panel.call !== null && panel.call !== undefined
    readonly property string key: panel.calling ? panel.call.letter + panel.call.digits + panel.call.counter + panel.call.repeats : ""
    // Below the headings, and the middle of what stands there.
    readonly property real below: panel.plan.heading_h > 0 ? panel.plan.heading_h + 6 : 0
    readonly property real middle: panel.below + (panel.height - panel.below) / 2
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
            font.pixelSize: panel.plan.label
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 36
            text: Theme.language === "en" ? qsTr("Now calling") : "Now calling"
            width: Math.min(implicitWidth, panel.plan.plate_x - 88)
            wrapMode: Text.NoWrap
            height: panel.plan.heading_h
            visible: panel.plan.heading_h > 0 && (panel.plan.both || Theme.language === "en")
            x: 56
            y: 6
        }
        BoardLabel {
            x: english.visible ? english.x + english.width + Theme.space.l : english.x
            color: Theme.color.on_called
            font.pixelSize: panel.plan.label
            fontSizeMode: Text.HorizontalFit
            horizontalAlignment: Theme.rtl ? Text.AlignRight : Text.AlignLeft
            minimumPixelSize: 36
            text: qsTr("Now calling")
            visible: panel.plan.heading_h > 0 && Theme.language !== "en"
            width: panel.plan.plate_x - 56 - Theme.space.l - (english.visible ? english.width + Theme.space.l : 0)
            wrapMode: Text.NoWrap
            height: english.height
            y: english.y
        }
        KCode {
            id: code

            color: Theme.color.on_called
            // A narrow gap, as on paper: the letter and its number are one name.
            font.wordSpacing: -0.16 * size
            // Four digits are the rare case of a very long day: they give up size before they touch the plate.
            size: panel.calling && panel.call.digits.length > 3 ? panel.plan.now * 0.82 : panel.plan.now
            value: panel.calling ? panel.call.letter + panel.call.digits : ""
            x: 40
            y: panel.below + Math.max(0, (panel.height - panel.below - 0.86 * panel.plan.now) / 2)
        }
        BoardLabel {
            color: Theme.color.on_called
            font.pixelSize: panel.plan.label
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Counter")
            visible: panel.plan.heading_h > 0
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 36
            width: panel.plan.way_x - panel.plan.plate_x - 24
            x: panel.plan.plate_x + 12
            height: english.height
            y: english.y
        }
        KPlate {
            number: panel.calling ? panel.call.counter : ""
            size: panel.plan.plate
            x: (panel.plan.plate_x + panel.plan.way_x - width) / 2
            y: panel.middle - height / 2
        }
        BoardLabel {
            color: Theme.color.on_called
            font.pixelSize: panel.plan.label
            horizontalAlignment: Text.AlignHCenter
            text: ({ left: qsTr("Go left"), right: qsTr("Go right"), ahead: qsTr("Straight ahead"),
                     up: qsTr("Go upstairs"), down: qsTr("Go downstairs") })[panel.way] ?? ""
            visible: panel.plan.heading_h > 0
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 28
            width: panel.width - panel.plan.way_x - 24
            x: panel.plan.way_x + 12
            height: english.height
            y: english.y
        }
        BoardWay {
            direction: panel.way
            size: panel.plan.way
            visible: panel.way !== ""
            x: (panel.plan.way_x + panel.width - width) / 2
            y: panel.middle - height / 2
        }
    }
    BoardLabel {
        id: quiet

        anchors.centerIn: parent
        font.pixelSize: Math.max(80, panel.plan.label)
        fontSizeMode: Text.Fit
        height: parent.height - 40
        horizontalAlignment: Text.AlignHCenter
        minimumPixelSize: 60
        text: qsTr("Please take a seat. Your number will be called here.")
        visible: !panel.calling
        width: parent.width - 120
    }
}
