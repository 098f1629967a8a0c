pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// What staff announce, in any language: prepared sentences by their names, or what was typed.
QtObject {
    id: words

    readonly property var prepared: ({
        "delay": QT_TR_NOOP("Waiting takes longer than usual today."),
        "closing-soon": QT_TR_NOOP("The centre closes soon."),
        "system-fault": QT_TR_NOOP("A system does not work now. Your place is safe."),
        "documents-ready": QT_TR_NOOP("Documents that have arrived can be collected today."),
        // Staff typed it, and not in this language.
        "own": QT_TR_NOOP("Staff have a notice for everybody. Please ask them."),
        "leave-building": QT_TR_NOOP("Leave the building now"),
        "stay-inside": QT_TR_NOOP("Stay inside the building"),
    })
    // Said where very many languages have to share a page.
    readonly property var shorter: ({
        "delay": QT_TR_NOOP("Longer wait"),
        "closing-soon": QT_TR_NOOP("Closing soon"),
        "system-fault": QT_TR_NOOP("System fault"),
        "documents-ready": QT_TR_NOOP("Documents are here"),
        "own": QT_TR_NOOP("Notice"),
    })
    readonly property var rules: ({
        "leave-building": QT_TR_NOOP("Follow the green exit signs. Do not use the lift."),
        "stay-inside": QT_TR_NOOP("Keep away from doors and windows. Wait for staff."),
    })

    // `said` is one of the languages of the notice, with the text typed for it.
    function sentence(text: string, said: var): string {
        return said.own !== "" ? said.own : Bridge.translate(said.language, "NoticeWords", words.prepared[text] ?? "");
    }
    function brief(text: string, language: string): string {
        return Bridge.translate(language, "NoticeWords", words.shorter[text] ?? words.prepared[text] ?? "");
    }
    function rule(text: string, said: var): string {
        return text in words.rules ? Bridge.translate(said.language, "NoticeWords", words.rules[text]) : "";
    }
}
