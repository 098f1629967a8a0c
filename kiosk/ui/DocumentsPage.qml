pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// The documents of a party, one after the other; the reader goes on by itself. Nobody needs one to be helped.
KPage {
    id: page

    readonly property var people: page.model.people
    readonly property var now: page.people.find(one => one.state === "now") ?? null
    readonly property int waiting: page.people.filter(one => one.state === "later").length
    readonly property string reader: page.model.reader
    readonly property bool chip: page.model.chip !== ""
    readonly property bool away: page.model.chip === "back"
    readonly property bool missing: page.reader === "missing"
    readonly property bool busy: page.chip || page.reader === "reading"
    readonly property string noted: page.missing ? qsTr("The reader does not work now.")
                                    : page.away ? "" : page.reader === "again" ? qsTr("That could not be read. Please put it down again.")
                                    : page.reader === "twice" ? qsTr("This one was read already. Please put down another one.")
                                    : page.reader === "reading" ? qsTr("Reading. Please do not move it.") : ""
    // As many as are seen at once; of a larger party those who are read become one row.
    readonly property int most: Theme.large ? 3 : Theme.lowered ? 4 : 5

    function rows(): var {
        if (page.people.length <= page.most)
            return page.people;
        const read = page.people.filter(one => one.state === "read").length;
        const rest = page.people.filter(one => one.state !== "read");
        const coming = rest.filter(one => one.state === "now" || one.state === "later");
        const first = read > 0 ? [{ several: read, state: "read" }] : [];
        const room = page.most - first.length - 1;
        const shown = (coming.length > 0 ? coming : rest).slice(0, room + (rest.length === room + 1 ? 1 : 0));
        const more = rest.length - shown.length;
        return [...first, ...shown, ...(more > 0 ? [{ several: more, state: "later" }] : [])];
    }

    drawing: page.missing ? "service" : page.now === null ? "take-document" : page.busy && !page.away ? "reading" : "reader"
    help: page.now === null ? qsTr("You can take it back now.")
          : page.missing ? qsTr("You will still be helped.")
          : page.away ? qsTr("We were not done yet. It starts again by itself.")
          : page.chip ? qsTr("It is being read. Please do not lift it.") : qsTr("Open it at the photo. Photo side down.")
    physical: !page.missing
    turned: page.model.side === "left"
    title: page.now === null ? qsTr("Thank you, that was the last one")
           : page.missing ? qsTr("Please go on without the others")
           : page.away ? qsTr("Put it back and leave it there")
           : page.chip ? qsTr("Leave the passport on the reader") : words.please(page.now)

    info: [
        PersonWords {
            id: words
        },
        KCard {
            gap: 0
            pad: 16
            width: parent.width

            Repeater {
                model: page.rows()

                PersonRow {
                    required property var modelData
                    readonly property int several: modelData.several ?? 0

                    figure: ({ child: 52, small: 42 })[modelData.age ?? ""] ?? 60
                    icon: several > 0 ? "people" : "person"
                    said: several > 0 && modelData.state === "read" ? "" : words.state(modelData.state)
                    state_: modelData.state
                    text: several > 0 ? (modelData.state === "read" ? qsTr("%n are read", "", several) : qsTr("%1 more").arg(several))
                          : modelData.name !== "" ? Theme.isolated(modelData.name) : words.name(modelData)
                }
            }
        },
        KBar {
            value: page.model.percent
            visible: page.chip && page.now !== null
        },
        KStatus {
            busy: page.reader === "reading"
            kind: page.missing || page.reader === "again" ? "problem" : "plain"
            icon: kind === "problem" ? "alert" : "passport"
            text: page.noted
            visible: page.noted !== "" && page.now !== null && !page.chip
        }
    ]

    KButton {
        pictogram: "next"
        primary: true
        text: qsTr("Go on")
        visible: page.now === null || page.missing
        width: parent.width

        onUsed: Bridge.act(page.now === null ? "continue" : "later", "")
    }
    KButton {
        pictogram: "nodoc"
        text: page.chip ? qsTr("Go on without this one")
              : page.reader === "again" ? qsTr("Leave this one for the counter") : page.now === null ? "" : words.none(page.now)
        visible: page.now !== null && !page.missing
        width: parent.width

        onUsed: Bridge.act(page.chip || page.reader === "again" ? "leave" : "none", "")
    }
    KButton {
        pictogram: "staff"
        text: page.waiting > 0 ? qsTr("The rest later, at the counter") : qsTr("Later, at the counter")
        visible: page.now !== null && !page.missing
        width: parent.width

        onUsed: Bridge.act("later", "")
    }
}
