pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// A date (ISO 8601) as people of the language write it, with the month by its name and the digits of the screen.
QtObject {
    function written(day: string): string {
        const [year, month, date] = day.split("-").map(one => parseInt(one, 10));
        return date ? [date, Qt.locale(Theme.language).monthName(month - 1), year].join(" ") : day;
    }
}
