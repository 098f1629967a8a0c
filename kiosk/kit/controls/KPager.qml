pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// "1 of 2" between a way up and More. On the last page More leads to the first again: it never does nothing.
Item {
    id: pager

    required property int page
    required property int pages

    signal turned(to: int)

    implicitHeight: Theme.target.choice

    KTarget {
        id: up

        anchors.left: parent.left
        enabled: pager.page > 0
        height: parent.height
        text: qsTr("Choices before")
        width: 244

        background: KPlane {
            dashed: !up.enabled
            face: up.down ? Theme.color.tint : Theme.color.surface
            sink: up.sink
        }
        contentItem: Item {
            KIcon {
                anchors.centerIn: parent
                ink: up.enabled ? Theme.color.ink : Theme.color.muted
                name: "down"
                rotation: 180
                width: 64
            }
        }

        onUsed: pager.turned(pager.page - 1)
    }
    KText {
        anchors.left: up.right
        anchors.right: more.left
        anchors.verticalCenter: parent.verticalCenter
        horizontalAlignment: Text.AlignHCenter
        role: "choice"
        text: qsTr("%1 of %2").arg(pager.page + 1).arg(pager.pages)
    }
    KButton {
        id: more

        anchors.right: parent.right
        height: parent.height
        pictogram: pager.page + 1 < pager.pages ? "down" : "up"
        text: pager.page + 1 < pager.pages ? qsTr("More") : qsTr("First page")
        width: 472

        onUsed: pager.turned((pager.page + 1) % pager.pages)
    }
}
