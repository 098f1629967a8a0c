pragma ComponentBehavior: Bound
import QtQuick

// What became of the chip of a document, in plain words: what it is, and what the person can do. Nobody is accused.
QtObject {
    id: words

    readonly property string staff: qsTr("Staff will look at your document with you.")
    readonly property var told: ({
        "read": [qsTr("We could read your document"), qsTr("You can take it back now.")],
        "expired": [qsTr("We could read your document"), qsTr("Its last day has passed. Staff will tell you what to do.")],
        "paper-expired": [qsTr("The last day of your document has passed"), qsTr("Please go on all the same. Staff will tell you what to do.")],
        "document-unread": [qsTr("We could not read your document"), qsTr("The page may be torn or worn. Staff will look at it with you.")],
        "look": [qsTr("We could not read all of it"), words.staff],
        "document-removed": [qsTr("It was taken away too soon"), qsTr("Put it down once more, or go on.")],
        "chip-reserved": [qsTr("This kiosk cannot read your card"), qsTr("That is normal for some cards. Staff will look at yours.")],
        "chip-access-refused": [qsTr("We could not read the photo page"), qsTr("Put it down once more, open at the photo. Or go on.")],
        "chip-answer-invalid": [qsTr("This kiosk does not know your document"), qsTr("Staff know it. They will look at it with you.")],
        "chip-channel-broken": [qsTr("Something got in the way"), qsTr("Put your document down once more and leave it there. Or go on.")],
        "chip-data-invalid": [qsTr("We could not read a part of it"), words.staff],
        "device-not-connected": [qsTr("The reader has stopped"), qsTr("You can go on. Staff will read your document.")],
        "device-answer-invalid": [qsTr("The reader has stopped"), qsTr("You can go on. Staff will read your document.")],
        "device-busy": [qsTr("The reader is busy"), qsTr("You can go on. Staff will read your document.")],
        "device-timeout": [qsTr("That took too long"), qsTr("Put your document down once more, or go on.")],
    })

    function title(outcome: string): string {
        return words.told[outcome]?.[0] ?? qsTr("We could not read your document");
    }
    function help(outcome: string): string {
        return words.told[outcome]?.[1] ?? words.staff;
    }
}
