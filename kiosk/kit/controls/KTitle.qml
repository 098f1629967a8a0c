pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The question. Its lines are about equally long: a last line of one word reads like an afterthought.
Item {
    id: title

    required property string text
    // A question of more lines in large text is no longer seen as one: it is said a size smaller.
    property int most: 3
    readonly property string role: whole.lineCount > title.most ? "button" : "title"
    // A word may be longer than its share of the line.
    readonly property bool tightFits: tight.lineCount === full.lineCount && tight.contentWidth <= tight.width
    readonly property bool looseFits: loose.lineCount === full.lineCount && loose.contentWidth <= loose.width

    implicitHeight: shown.height

    Accessible.name: title.text
    Accessible.role: Accessible.Heading

    component Probe: KText {
        property real part: 0

        role: title.role
        text: title.text
        visible: false
        width: part === 0 ? title.width : Math.min(title.width, Math.ceil(implicitWidth / full.lineCount * part))
    }

    Probe {
        id: whole

        role: "title"
    }
    Probe { id: full }
    Probe {
        id: tight

        part: 1.1
    }
    Probe {
        id: loose

        part: 1.22
    }
    KText {
        id: shown

        anchors.left: parent.left
        role: title.role
        text: title.text
        width: title.tightFits ? tight.width : title.looseFits ? loose.width : title.width
        Accessible.ignored: true
    }
}
