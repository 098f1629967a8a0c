pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// How many people it is for, by the ages that the centre's fees know. More than the centre allows is for staff.
KPage {
    id: page

    readonly property bool full: page.model.people >= page.model.most

    function cost(band: var): string {
        if (band.free)
            return qsTr("No fee");
        if (!band.fee)
            return "";
        const amount = Theme.isolated(band.fee.currency + "\u00a0" + Theme.amount(Theme.language, band.fee.minor, band.fee.exponent));
        return qsTr("%1 each").arg(amount);
    }

    drawing: "service"
    help: page.full ? qsTr("For more people, ask staff.") : qsTr("Count yourself, too.")
    title: qsTr("How many people is it for?")

    AgeWords {
        id: ages
    }
    Repeater {
        model: page.model.bands

        KStepper {
            required property var modelData

            count: modelData.count
            mayMore: !page.full
            name: modelData.id
            // Lower down there is room for the age alone; what it costs follows on the page of the fee.
            note: [ages.range(modelData), Theme.lowered ? "" : page.cost(modelData)].filter(one => one !== "").join(" \u00b7 ")
            text: modelData.label === "" ? qsTr("People") : modelData.label
            width: parent.width

            onLess: Bridge.act("minus", modelData.id)
            onMore: Bridge.act("plus", modelData.id)
        }
    }
    KButton {
        enabled: page.model.people > 0
        pictogram: "next"
        primary: true
        text: page.model.people > 0 ? qsTr("%n people: go on", "", page.model.people) : qsTr("Go on")
        width: parent.width

        onUsed: Bridge.act("people", "")
    }
}
