pragma ComponentBehavior: Bound
import QtQuick

// Where the devices are, seen by who stands before the screen.
QtObject {
    function terminal(side: string): string {
        return side === "left" ? qsTr("The card terminal is on the left of this screen.")
               : side === "below" ? qsTr("The card terminal is below this screen.") : qsTr("The card terminal is on the right of this screen.");
    }
    function reader(side: string): string {
        return side === "left" ? qsTr("The glass is on the left of this screen.")
               : side === "below" ? qsTr("The glass is below this screen.") : qsTr("The glass is on the right of this screen.");
    }
}
