pragma ComponentBehavior: Bound
import QtQuick

// How long somebody waits who comes now, in so few words that it stands beside a choice. Empty where nobody can say.
QtObject {
    function brief(wait: var): string {
        return !wait ? "" : wait.shut ? qsTr("Not before closing today")
               : wait.low === 0 ? qsTr("Up to %n minutes", "", wait.high)
               : qsTr("About %1 to %n minutes", "", wait.high).arg(wait.low);
    }
}
