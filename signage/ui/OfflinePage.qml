pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import kiosk.kit
import kiosk.kit.controls

// Not connected: no call is shown as if it were now. What to do, since when, and that the place is safe, in several
// languages at once; the time stands without words at the left. Nothing turns: who reads is not interrupted.
KView {
    id: page

    readonly property bool wide: page.width > 2600

    LayoutMirroring.childrenInherit: true
    LayoutMirroring.enabled: false

    BoardTop {
        centre: page.model.centre
        clock: page.model.clock
        width: page.width - 112
        x: 56
        y: 14
    }
    Item {
        id: mark

        height: 372
        width: 372
        x: 80
        y: 260

        Shape {
            anchors.fill: parent

            ShapePath {
                dashPattern: [1.6, 1.4]
                fillColor: "transparent"
                strokeColor: Theme.color.line
                strokeStyle: ShapePath.DashLine
                strokeWidth: 10

                PathAngleArc { centerX: 186; centerY: 186; radiusX: 180; radiusY: 180; startAngle: 0; sweepAngle: 360 }
            }
        }
        KIcon {
            anchors.centerIn: parent
            name: "noconn"
            width: 236
        }
    }
    Rectangle {
        color: Theme.color.alert_tint
        height: 124
        radius: Theme.radius.control
        width: mark.width
        x: mark.x
        y: mark.y + mark.height + 56

        KIcon {
            id: alert

            anchors.left: parent.left
            anchors.leftMargin: Theme.space.l
            anchors.verticalCenter: parent.verticalCenter
            ink: Theme.color.alert
            name: "alert"
            tint: Theme.color.alert_tint
            width: 76
        }
        BoardLabel {
            anchors.left: alert.right
            anchors.leftMargin: Theme.space.m
            anchors.right: parent.right
            anchors.rightMargin: Theme.space.m
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.color.alert
            font.features: ({ tnum: 1 })
            font.pixelSize: 76
            font.weight: Font.Bold
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 56
            text: page.model.since
            wrapMode: Text.NoWrap
        }
    }
    Grid {
        id: cards

        readonly property int count: page.model.languages.length
        readonly property real cardH: page.wide ? 928 : (928 - (cards.count - 1) * cards.spacing) / cards.count
        readonly property real cardW: page.wide ? (page.width - 576 - (cards.count - 1) * cards.spacing) / cards.count
                                                : page.width - 576

        columns: page.wide ? cards.count : 1
        spacing: 21
        x: 528
        y: 108

        Repeater {
            model: page.model.languages

            OfflineCard {
                required property string modelData

                breaks: page.wide || cards.count === 1
                height: cards.cardH
                language: modelData
                since: page.model.since
                width: cards.cardW
            }
        }
    }
}
