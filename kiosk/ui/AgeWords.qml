pragma ComponentBehavior: Bound
import QtQuick

// Which ages a band of the catalogue means, in the words of the person's language.
QtObject {
    function range(band: var): string {
        if (band.label === "")
            return "";
        if (band.to_age < 0)
            return qsTr("%1 and older").arg(band.from_age);
        return band.from_age === 0 ? qsTr("Under %1").arg(band.to_age + 1) : qsTr("%1 to %2").arg(band.from_age).arg(band.to_age);
    }
}
