pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Devices, their states and their faults in plain words.
QtObject {
    id: words

    function name(part: string): string {
        return ({ printer: qsTr("Printer"), reader: qsTr("Document reader"), chip: qsTr("Chip reader"), scanner: qsTr("Scanner"), terminal: qsTr("Card terminal") })[part] ?? Theme.isolated(part);
    }
    function icon(part: string): string {
        return ({ printer: "print", reader: "passport", chip: "idcard", scanner: "scanner", terminal: "card" })[part] ?? "more";
    }
    // A part that nobody set up, or that can only speak and was not used yet, is no fault.
    function calm(state: string, code: string, address: string): bool {
        return code === "" && (state === "unknown" || (state === "noDevice" && address === ""));
    }
    function state(state: string, code: string, address: string): string {
        if (state === "noDevice" && code === "" && address === "")
            return qsTr("There is none here");
        return code !== "" ? words.fault(code) : ({
            online: qsTr("Works"),
            offline: qsTr("Does not answer"),
            noDevice: qsTr("Is not connected"),
            hardwareError: qsTr("Is broken"),
            userError: qsTr("Needs a hand"),
            deviceBusy: qsTr("Is working"),
            fraudAttempt: qsTr("Was tampered with"),
            starting: qsTr("Is starting"),
            unknown: qsTr("Not tried yet"),
        })[state] ?? qsTr("Nothing is known of it");
    }
    // A fault without words of its own is named by its code, which the handbook explains.
    function fault(code: string): string {
        return ({
            "printer-paper-out": qsTr("There is no paper in it"),
            "printer-cover-open": qsTr("Its cover is open"),
            "printer-error": qsTr("Cutter or mechanism is stuck"),
            "printer-not-proved": qsTr("It does not say whether it has printed"),
            "mrz-invalid": qsTr("It could not read that document"),
            "chip-absent": qsTr("No chip has answered"),
            "trust-invalid": qsTr("Its list of trusted authorities cannot be used"),
            "trust-outdated": qsTr("Its lists of trusted authorities are due"),
            "terminal-refused": qsTr("It takes no money now"),
            "kiosk-day-open": qsTr("Its day cannot be ended"),
            "kiosk-day-refused": qsTr("The server refuses its end of day"),
            "scanner-code-invalid": qsTr("It could not read that code"),
            "device-not-connected": qsTr("Nothing answers there"),
            "device-timeout": qsTr("It answers too late"),
            "device-busy": qsTr("Something else uses it"),
            "device-answer-invalid": qsTr("It says what nobody understands"),
            "device-setting-invalid": qsTr("A number in the address is out of bounds"),
            "kiosk-data": qsTr("It cannot be kept: is the disk full?"),
            "device-url-invalid": qsTr("This is not an address"),
            "device-unknown-driver": qsTr("Nobody knows this kind of device"),
            "kiosk-setting": qsTr("That is another kind of device"),
        })[code] ?? qsTr("Fault: %1").arg(Theme.isolated(code));
    }
}
