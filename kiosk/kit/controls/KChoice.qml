pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// One thing to choose: pictogram or badge in a well, label, and a second line (`note`) where it helps, with a small
// pictogram (`noteMark`) before it. Where it has no room (`noteShown`) it is still there for who hears the screen.
// `suggested` fills the well and is said in words by the note; `switches` makes it a switch.
KTarget {
    id: choice

    property string pictogram: ""
    property string badge: ""
    property string note: ""
    property string noteMark: ""
    property bool noteShown: true
    readonly property bool notes: choice.note !== "" && choice.noteShown
    property string labelRole: "choice"
    // The least width of the well, where choices of one list shall have the same.
    property real well: 0
    readonly property real wellNeeds: choice.badge === "" ? 138 : Math.max(176, code.implicitWidth + 48)
    readonly property real wellWidth: Math.max(choice.well, choice.wellNeeds)
    readonly property real noteHeight: choice.note === "" ? 0 : second.height
    property bool suggested: false
    // A switch that is `on` or not; what it is comes from the model alone, a touch only asks for the other.
    property bool switches: false
    property bool on: false
    readonly property bool strong: choice.suggested || choice.on
    readonly property color wellInk: choice.strong ? Theme.color.on_primary : Theme.color.ink
    readonly property color wellFace: choice.strong ? Theme.color.primary : Theme.color.tint2

    // How high it wants to be with its second line or without, whatever height it is given.
    function roomy(noted: bool): real {
        return Math.max(Theme.target.choice, probe.height + (noted ? choice.noteHeight : 0) + 16);
    }

    implicitHeight: Math.max(Theme.target.choice, words.implicitHeight + 16)
    implicitWidth: Theme.grid.content_w

    Accessible.checkable: choice.switches
    Accessible.checked: choice.on
    Accessible.description: choice.note
    Accessible.role: choice.switches ? Accessible.CheckBox : Accessible.Button

    background: KPlane {
        border: choice.strong || choice.down ? Theme.color.primary : Theme.color.line
        edge: choice.down ? "transparent" : Theme.color.edge
        face: choice.down ? Theme.color.tint : Theme.color.surface
        sink: choice.sink

        Item {
            anchors.left: parent.left
            anchors.margins: Theme.stroke.control
            clip: true
            height: parent.height - 2 * Theme.stroke.control
            width: hollow.width
            y: Theme.stroke.control

            Rectangle {
                anchors.left: parent.left
                color: choice.wellFace
                height: parent.height
                radius: Theme.radius.control - Theme.stroke.control
                width: parent.width + Theme.radius.control
            }
            Rectangle {
                anchors.right: parent.right
                color: choice.strong ? Theme.color.primary : Theme.color.line
                height: parent.height
                width: Theme.stroke.control
            }
        }
    }
    contentItem: Item {
        Item {
            id: hollow

            anchors.left: parent.left
            height: parent.height
            width: choice.wellWidth

            KIcon {
                anchors.centerIn: parent
                anchors.verticalCenterOffset: choice.sink
                ink: choice.wellInk
                name: choice.badge === "" ? choice.pictogram : ""
                tint: choice.strong ? Theme.color.primary : Theme.color.tint
                visible: choice.badge === ""
            }
            KText {
                id: code

                anchors.centerIn: parent
                anchors.verticalCenterOffset: choice.sink
                color: choice.wellInk
                role: "button"
                text: choice.badge
                visible: choice.badge !== ""
            }
        }
        Column {
            id: words

            anchors.left: hollow.right
            anchors.leftMargin: Theme.space.l
            anchors.right: tick.left
            anchors.rightMargin: Theme.space.l
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: choice.sink

            KText {
                role: choice.labelRole
                text: choice.text
                width: parent.width
            }
            KNote {
                id: second

                mark: choice.noteMark
                text: choice.note
                visible: choice.notes
                width: parent.width
            }
        }
        KText {
            id: probe

            role: "choice"
            text: choice.text
            visible: false
            width: words.width
        }
        KIcon {
            id: tick

            anchors.right: parent.right
            anchors.rightMargin: choice.on ? Theme.space.l : 0
            anchors.verticalCenter: parent.verticalCenter
            ink: Theme.color.primary
            name: "check"
            visible: choice.on
            width: choice.on ? 64 : 0
        }
    }
}
