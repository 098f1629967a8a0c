pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// What somebody collects, and where they get it, in plain words.
QtObject {
    id: words

    function kind(kind: string): string {
        return ({
            passport: qsTr("Passport"),
            "identity-card": qsTr("ID card"),
            "residence-permit": qsTr("Residence permit"),
            "travel-document": qsTr("Travel document"),
            "birth-certificate": qsTr("Birth record"),
            "marriage-certificate": qsTr("Marriage record"),
            "death-certificate": qsTr("Death record"),
            "court-document": qsTr("Paper of a court"),
            diploma: qsTr("Diploma"),
            translation: qsTr("Translation"),
            photograph: qsTr("Photo"),
            form: qsTr("Form"),
        })[kind] ?? qsTr("Document");
    }
    function icon(kind: string): string {
        return ({
            passport: "passport",
            "identity-card": "idcard",
            "residence-permit": "idcard",
            "travel-document": "passport",
            photograph: "camera",
        })[kind] ?? "record";
    }
    function where(where: string): string {
        return ({ here: qsTr("Ready here"), counter: qsTr("At the counter") })[where] ?? qsTr("Not ready yet");
    }
}
