pragma ComponentBehavior: Bound

import QtQuick
import kiosk.kit

// Days of the calendar (ISO 8601) in the words of the person's language, and times on them.
QtObject {
    function parts(day: string): var {
        const [year, month, date] = day.split("-").map(one => parseInt(one, 10));
        const locale = Qt.locale(Theme.language);
        if (!date)
            return { name: "", date: 0, month: "" };
        // Noon: no zone makes another day of it.
        return { name: locale.dayName(new Date(year, month - 1, date, 12).getDay()), date: date, month: locale.monthName(month - 1) };
    }
    function written(day: string): string {
        const said = parts(day);
        return [said.name, said.date, said.month].join(" ");
    }
    // So many nights before it; -1 where nobody knows.
    function near(day: string, nights: int): string {
        return nights === 0 ? qsTr("Today") : nights === 1 ? qsTr("Tomorrow, %1").arg(written(day)) : written(day);
    }
    function moment(day: string, nights: int, clock: string): string {
        const at = Theme.isolated(clock);
        return nights === 0 ? qsTr("Today at %1").arg(at) : nights === 1 ? qsTr("Tomorrow at %1").arg(at)
               : qsTr("%1 at %2").arg(written(day)).arg(at);
    }
}
