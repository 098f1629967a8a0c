pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// One question a page. From the top: steps, drawing, question, information, answers, bar.
// Information (`info`) is read, answers are touched: information may rise above the line, answers never.
// Answers stand on the bottom of their zone; `fill` gives them the whole zone.
KView {
    id: page

    property string title
    property string help
    property string crumb
    property string crumbIcon: ""
    property string drawing
    property bool physical: false
    property bool turned: false
    // Where things are is shown by the drawing: it needs its room.
    property int titleLines: page.physical ? 2 : 3
    property bool fill: false
    // The question stands beside answers that do not reach up to the line.
    property bool low: false
    property bool canHelp: true
    // What stands there instead of the call, where staff have been called.
    property string helpSaid
    property bool canDisplay: true
    property alias info: information.data
    property alias scene: scene.data
    default property alias answers: controls.data

    readonly property real line: Theme.lowered ? Theme.grid.action_top_lowered : Theme.grid.action_top
    readonly property real floor: Theme.grid.action_bottom
    readonly property real gap: Theme.target.gap
    readonly property real answersTop: page.fill ? page.line : page.floor - controls.implicitHeight
    readonly property real infoTop: information.implicitHeight === 0 ? (page.low ? page.answersTop - page.gap : page.line)
                                    : Math.min(page.line, page.answersTop - page.gap - information.implicitHeight)

    // What is left for information over answers of this height, without a drawing.
    function infoRoom(answers: real): real {
        return page.floor - answers - page.gap - 2 * Theme.space.m - words.implicitHeight - Theme.grid.question_top - 72;
    }

    height: Theme.grid.page_h
    width: Theme.grid.page_w

    KSteps {
        anchors.horizontalCenter: parent.horizontalCenter
        step: page.model.step ?? 0
        steps: page.model.steps ?? 0
        visible: step > 0
        width: Theme.grid.content_w
        y: Theme.grid.question_top
    }
    KHeader {
        anchors.horizontalCenter: parent.horizontalCenter
        name: page.model.centre ?? ""
        visible: (page.model.step ?? 0) === 0 && name !== ""
        width: Theme.grid.content_w
        y: Theme.grid.question_top

        onHeld: Bridge.act("technician", "")
    }
    Item {
        id: scene

        // A drawing that is no bigger than a stamp says nothing; one that shows where things are helps even so.
        readonly property bool fits: height >= (page.physical ? 120 : 200)

        anchors.horizontalCenter: parent.horizontalCenter
        height: Math.max(0, words.y - Theme.space.m - y)
        visible: fits
        width: Theme.grid.content_w
        y: Theme.grid.question_top + 72 + Theme.space.m

        KDrawing {
            anchors.fill: parent
            name: page.drawing
            physical: page.physical
            turned: page.turned
            visible: page.drawing !== ""
        }
    }
    Column {
        id: words

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: 4
        width: Theme.grid.content_w
        y: page.infoTop - Theme.space.m - implicitHeight

        KCrumb {
            icon: page.crumbIcon
            text: page.crumb
            visible: page.crumb !== ""
            width: parent.width
        }
        KTitle {
            most: page.titleLines
            text: page.title
            visible: page.title !== ""
            width: parent.width
        }
        KText {
            color: Theme.color.ink2
            role: "lead"
            text: page.help
            visible: page.help !== ""
            width: parent.width
        }
    }
    Column {
        id: information

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: page.gap
        width: Theme.grid.content_w
        y: page.infoTop
    }
    Column {
        id: controls

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: page.gap
        width: Theme.grid.content_w
        y: page.answersTop
    }
    KBottomBar {
        anchors.bottom: parent.bottom
        canBack: page.model.can_back ?? false
        canDisplay: page.canDisplay
        canHelp: page.canHelp
        canInform: page.model.can_inform ?? false
        canLanguage: page.model.can_language ?? false
        canRestart: page.model.can_restart ?? false
        helpSaid: page.helpSaid
        width: parent.width
    }
}
