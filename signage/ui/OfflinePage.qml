pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import kiosk.kit
import kiosk.kit.controls

// Not connected: no call is shown as if it were now. Since when, that the place is safe, and what happens instead.
KView {
    id: page

    // On a very wide panel the same words have room to be larger.
    readonly property real grown: page.width > 2600 ? 1.7 : 1

    BoardTop {
        LayoutMirroring.childrenInherit: true
        LayoutMirroring.enabled: false
        centre: page.model.centre
        clock: page.model.clock
        width: page.width - 112
        x: 56
        y: 14
    }
    Item {
        id: mark

        anchors.left: parent.left
        anchors.leftMargin: 72
        height: 380
        width: 380
        y: 150

        Shape {
            anchors.fill: parent

            ShapePath {
                dashPattern: [1.6, 1.4]
                fillColor: "transparent"
                strokeColor: Theme.color.line
                strokeStyle: ShapePath.DashLine
                strokeWidth: 10

                PathAngleArc { centerX: 190; centerY: 190; radiusX: 184; radiusY: 184; startAngle: 0; sweepAngle: 360 }
            }
        }
        KIcon {
            anchors.centerIn: parent
            name: "noconn"
            width: 240
        }
    }
    BoardLabel {
        id: title

        anchors.left: mark.right
        anchors.leftMargin: 90
        anchors.right: parent.right
        anchors.rightMargin: 72
        font.pixelSize: 110 * page.grown
        fontSizeMode: Text.Fit
        height: Math.min(implicitHeight, 420)
        minimumPixelSize: 80
        lineHeight: Theme.rtl ? 0.9 : 0.95
        text: qsTr("This screen is not up to date")
        y: 118
    }
    Rectangle {
        anchors.left: title.left
        anchors.top: title.bottom
        anchors.topMargin: Theme.space.l
        color: Theme.color.alert_tint
        height: 128 * page.grown
        radius: Theme.radius.control
        width: since.implicitWidth + alert.width + 116

        KIcon {
            id: alert

            anchors.left: parent.left
            anchors.leftMargin: Theme.space.l
            anchors.verticalCenter: parent.verticalCenter
            ink: Theme.color.alert
            name: "alert"
            tint: Theme.color.alert_tint
            width: 64 * page.grown
        }
        BoardLabel {
            id: since

            anchors.left: alert.right
            anchors.leftMargin: Theme.space.m
            anchors.verticalCenter: parent.verticalCenter
            color: Theme.color.alert
            font.pixelSize: 60 * page.grown
            text: qsTr("Not connected since %1").arg("\u2066" + page.model.since + "\u2069")
            wrapMode: Text.NoWrap
        }
    }
    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: 48
        color: Theme.color.surface
        height: 280
        radius: Theme.radius.card
        width: page.width - 96
        y: 752

        Repeater {
            model: [
                { icon: "ticket", text: qsTr("Your place is safe. Keep your ticket.") },
                { icon: "staff", text: qsTr("Wait here. Staff will come to you.") }
            ]

            Item {
                id: promise

                required property int index
                required property var modelData

                anchors.left: parent.left
                anchors.leftMargin: promise.index * promise.width
                height: 280
                width: (page.width - 96) / 2

                KIcon {
                    id: picture

                    anchors.left: parent.left
                    anchors.leftMargin: 56
                    anchors.verticalCenter: parent.verticalCenter
                    name: promise.modelData.icon
                    width: 110
                }
                BoardLabel {
                    anchors.left: picture.right
                    anchors.leftMargin: 40
                    anchors.right: parent.right
                    anchors.rightMargin: 40
                    anchors.verticalCenter: parent.verticalCenter
                    font.pixelSize: 54 * page.grown
                    fontSizeMode: Text.Fit
                    height: parent.height - 20
                    minimumPixelSize: 42
                    lineHeight: Theme.rtl ? 0.85 : 1
                    text: promise.modelData.text
                }
            }
        }
    }
}
