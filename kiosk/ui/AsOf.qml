pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The server is away: from when what can be read here is.
KStatus {
    id: status

    // ISO 8601, empty while the server is heard.
    required property string day
    required property string time

    function written(day: string): string {
        const parts = day.split("-");
        return parts.length < 3 ? "" : Number(parts[2]) + " " + Qt.locale(Theme.language).monthName(Number(parts[1]) - 1);
    }

    icon: "noconn"
    text: qsTr("As of %1, %2").arg(status.written(status.day)).arg(Theme.isolated(status.time))
    visible: status.time !== ""
    width: parent?.width ?? 0
}
