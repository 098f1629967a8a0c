pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// How the kiosk is, and what a technician does to it. Behind the PIN; by touch alone.
KPage {
    id: page

    readonly property var trial: page.model.trial ?? null
    readonly property bool printing: page.trial !== null && page.trial.state === "running" && ["print", "roll"].includes(page.trial.what)
    readonly property bool crowded: page.model.parts.length > 4
    // What is rarely needed lies behind More.
    readonly property string view: page.model.view

    help: Theme.large || page.view === "addresses" ? "" : page.view === "more" ? page.model.version : page.model.kiosk
    // In large letters the result of a test takes its room; the key below still says which it is.
    title: Theme.large && page.crowded && page.trial !== null && page.view === "main" ? "" : page.view === "addresses" ? qsTr("Addresses") : page.model.out_of_order ? qsTr("Out of order") : qsTr("In service")

    info: [
        KCard {
            gap: Theme.large || (page.crowded && page.view === "addresses") ? 0 : Theme.space.s
            pad: Theme.large || page.crowded ? 8 : 20
            visible: page.view !== "more"

            Repeater {
                model: page.model.parts

                PartRow {
                    required property var modelData

                    address: page.view === "addresses" ? modelData.address : ""
                    calm: words.calm(modelData.state, modelData.code, modelData.address)
                    good: modelData.state === "online" && modelData.code === ""
                    plain: page.view === "addresses"
                    tight: Theme.large || (page.crowded && page.view === "main")
                    icon: words.icon(modelData.name)
                    name: words.name(modelData.name)
                    said: page.view === "addresses" && !Theme.large ? "" : words.state(modelData.state, modelData.code, modelData.address)
                }
            }
            PartRow {
                tight: Theme.large || page.crowded
                visible: page.view !== "addresses"
                good: page.model.connected && page.model.refused === 0
                icon: "globe"
                name: qsTr("Server")
                said: page.model.refused > 0 ? qsTr("%n tickets were refused", "", page.model.refused)
                      : page.model.waiting > 0 ? qsTr("%n tickets wait for the server", "", page.model.waiting)
                      : page.model.connected ? qsTr("Connected") : qsTr("Does not answer")
            }
        },
        KStatus {
            busy: page.trial !== null && page.trial.state === "running"
            kind: ({ good: "good", bad: "problem" })[page.trial?.state ?? ""] ?? "plain"
            role: "note"
            text: page.trial === null ? "" : page.trial.state === "bad" ? words.fault(page.trial.code) : ({
                "print running": qsTr("A test is being printed."),
                "print good": qsTr("The test was printed and cut."),
                "roll running": qsTr("Looking at the new roll."),
                "roll good": qsTr("The printer has paper."),
                "reader running": qsTr("Put a document on the reader."),
                "reader good": qsTr("The reader has read it. Nothing was kept."),
                "chip running": qsTr("Put a document on the chip reader."),
                "chip good": qsTr("A chip has answered. Nothing was read."),
                "scanner running": qsTr("Hold any code under the scanner."),
                "scanner good": qsTr("The scanner has read it. Nothing was kept."),
                "terminal running": qsTr("The card terminal is being asked."),
                "terminal good": qsTr("The card terminal has answered, and is ready."),
            })[page.trial.what + " " + (page.trial.state === "stands" ? "good" : page.trial.state)] ?? ""
            visible: page.trial !== null && page.view !== "addresses"
            width: parent?.width ?? 0
        }
    ]

    PartWords {
        id: words
    }
    Grid {
        columns: 2
        spacing: Theme.target.gap
        visible: page.view !== "addresses"

        // The list changes with the view alone: keys that were made anew would slip away under a finger.
        Repeater {
            model: page.view === "main" ? [
                { act: "roll-changed", icon: "print", text: qsTr("New roll"), waits: true },
                { act: "print-test", icon: "ticket", text: qsTr("Test print"), waits: true },
                { act: "out-of-order" },
                { act: "view", argument: "more", icon: "tools", text: qsTr("More") },
                { act: "restart-kiosk", icon: "power", text: qsTr("Restart") },
                { act: "done", icon: "check", text: qsTr("Done"), primary: true },
            ] : [
                { act: "test-reader", icon: "passport", text: qsTr("Test reader"), waits: true },
                { act: "test-chip", icon: "idcard", text: qsTr("Test chip reader"), waits: true },
                { act: "test-scanner", icon: "scanner", text: qsTr("Test scanner"), waits: true },
                { act: "test-terminal", icon: "card", text: qsTr("Test card terminal"), waits: true },
                { act: "view", argument: "addresses", icon: "globe", text: qsTr("Addresses") },
                { act: "view", argument: "main", icon: "back", text: qsTr("Less") },
            ]

            KButton {
                required property var modelData
                readonly property bool mode: modelData.act === "out-of-order"

                enabled: !(modelData.waits && page.printing)
                height: Math.max(Theme.target.primary, implicitHeight)
                primary: modelData.primary ?? false
                pictogram: Theme.large ? "" : !mode ? modelData.icon : page.model.out_of_order ? "check" : "cross"
                text: !mode ? modelData.text : page.model.out_of_order ? qsTr("Put in service") : qsTr("Take out of order")
                width: (Theme.grid.content_w - Theme.target.gap) / 2

                onUsed: Bridge.act(modelData.act, modelData.argument ?? "")
            }
        }
    }
    Grid {
        columns: 2
        spacing: Theme.target.gap
        visible: page.view === "addresses"

        Repeater {
            model: page.view === "addresses" ? page.model.parts.concat([null]) : []

            KButton {
                required property var modelData

                height: Math.max(Theme.target.primary, implicitHeight)
                pictogram: Theme.large ? "" : modelData === null ? "back" : words.icon(modelData.name)
                text: modelData === null ? qsTr("Change nothing") : words.name(modelData.name)
                width: (Theme.grid.content_w - Theme.target.gap) / 2

                onUsed: modelData === null ? Bridge.act("view", "more") : Bridge.act("address", modelData.name)
            }
        }
    }
}
