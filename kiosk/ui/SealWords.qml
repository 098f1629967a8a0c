pragma ComponentBehavior: Bound
import QtQuick

// What a seal on a paper came to, in plain words: which paper it is, and what the person can do. Nobody is accused.
QtObject {
    id: words

    readonly property string staff: qsTr("Staff will look at your paper with you.")
    readonly property var told: ({
        "seal-holds": [qsTr("The seal is in order"), qsTr("It was signed by a state and not changed. Staff will compare it with the print.")],
        "seal-expired": [qsTr("We could read the seal on your paper"), qsTr("Its last day has passed. Staff will tell you what to do.")],
        "seal-unchecked": [qsTr("We could read the seal on your paper"), qsTr("We cannot check here who signed it. Staff will look at your paper with you.")],
        "seal-nameless": [qsTr("We could read the seal on your paper"), qsTr("It names no person. Please show staff your document too.")],
    })
    readonly property var papers: ({
        "visa": [qsTr("Visa"), "visa"],
        "residence-permit": [qsTr("Residence permit"), "idcard"],
        "residence-document": [qsTr("Residence paper"), "record"],
        "supplementary-sheet": [qsTr("Sheet of a residence permit"), "record"],
        "arrival-attestation": [qsTr("Proof of arrival"), "record"],
        "emergency-travel-document": [qsTr("Emergency travel document"), "passport"],
        "travel-document": [qsTr("Travel document"), "passport"],
        "temporary-passport": [qsTr("Temporary passport"), "passport"],
        "substitute-passport": [qsTr("Replacement for a passport"), "passport"],
        "substitute-identity-document": [qsTr("Replacement for an identity card"), "idcard"],
        "temporary-identity-card": [qsTr("Temporary identity card"), "idcard"],
        "address-of-identity-card": [qsTr("Address on an identity card"), "idcard"],
        "residence-of-passport": [qsTr("Place of residence in a passport"), "passport"],
        "social-insurance-card": [qsTr("Social insurance card"), "idcard"],
        "health-certificate": [qsTr("Health certificate"), "health"],
    })

    function title(outcome: string): string {
        return words.told[outcome]?.[0] ?? qsTr("We could not check the seal on your paper");
    }
    function help(outcome: string): string {
        return words.told[outcome]?.[1] ?? words.staff;
    }
    function paper(kind: string): string {
        return words.papers[kind]?.[0] ?? qsTr("A paper with a seal");
    }
    function icon(kind: string): string {
        return words.papers[kind]?.[1] ?? "record";
    }
}
