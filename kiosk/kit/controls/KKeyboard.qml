pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// Keys to type an answer with. Which there are says `board` (kiosk.journey.keyboard); of words there are layers: Latin
// letters, those with accents, Arabic ones, and signs. Keys lie from left to right in every language, as on telephones.
Column {
    id: keyboard

    required property string board
    // The layer of words that is shown first.
    property string first: "latin"
    // A capital comes by itself: where a word begins.
    property bool begins: false
    // The room of all rows together: a board of fewer rows has higher keys.
    property real room: 604

    readonly property var layers: ({
        latin: ["qwertyuiop", "asdfghjkl-", "\u21e7zxcvbnm'"],
        accents: ["àáâäãåæçèé", "êëìíîïñòóô", "öõøœùúûüýÿ", "\u21e7ščžłğş"],
        arabic: ["ضصثقفغعهخح", "شسيبلاتنمك", "ئءؤرىةوزظد", "جطذأإآ"],
        signs: ["1234567890", "@.,:;/-_+(", ")'\"&#%°?!*"],
    })
    readonly property var boards: ({
        email: ["1234567890", "qwertyuiop", "asdfghjkl_", "@zxcvbnm.-", "+"],
        document: ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"],
        telephone: ["123", "456", "789", "+0"],
        digits: ["123", "456", "789", "0"],
    })
    readonly property bool words: keyboard.board === "words"
    property string turned: keyboard.first
    property bool shift: false
    readonly property bool capitals: keyboard.words && keyboard.begins !== keyboard.shift
    readonly property int columns: keyboard.board === "telephone" || keyboard.board === "digits" ? 3 : 10

    function even(rows: int): real {
        return (keyboard.room + keyboard.spacing) / rows - keyboard.spacing;
    }

    signal typed(sign: string)
    signal erase()

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    spacing: Theme.target.gap

    onFirstChanged: keyboard.turned = keyboard.first

    // Made when it is first wanted, and kept then.
    component LayerRows: Loader {
        id: part

        required property string name
        property bool wanted: false

        active: part.wanted
        visible: keyboard.words && keyboard.turned === part.name
        sourceComponent: KKeyRows {
            capitals: keyboard.capitals
            columns: 10
            high: controls.high
            rows: keyboard.layers[part.name]
            width: keyboard.width

            onTyped: sign => {
                keyboard.shift = false;
                keyboard.typed(sign);
            }
            onShift: keyboard.shift = !keyboard.shift
        }

        onVisibleChanged: part.wanted = part.wanted || part.visible
        Component.onCompleted: part.wanted = part.visible
    }

    LayerRows { name: "latin" }
    LayerRows { name: "accents" }
    LayerRows { name: "arabic" }
    LayerRows { name: "signs" }
    Loader {
        active: !keyboard.words
        visible: active
        sourceComponent: KKeyRows {
            columns: keyboard.columns
            erases: true
            high: keyboard.even(rows.length)
            rows: keyboard.boards[keyboard.board] ?? []
            width: keyboard.width

            onTyped: sign => keyboard.typed(sign)
            onErase: keyboard.erase()
        }
    }
    Row {
        id: controls

        readonly property real high: keyboard.even((keyboard.layers[keyboard.turned] ?? []).length + 1)
        readonly property real wide: (keyboard.width - 4 * controls.spacing) / 5

        spacing: keyboard.spacing
        visible: keyboard.words

        component Turn: KKey {
            required property string name

            height: controls.high
            // It leads on: the keys below another finger are others now.
            key: ""
            visible: keyboard.turned !== name
            width: controls.wide

            onUsed: keyboard.turned = name
        }

        Turn { face: "abc"; name: "latin"; text: qsTr("Latin letters") }
        Turn { face: "éàü"; name: "accents"; text: qsTr("Letters with accents") }
        Turn { face: "ابت"; name: "arabic"; text: qsTr("Arabic letters") }
        Turn { face: "123"; name: "signs"; text: qsTr("Digits and signs") }
        KKey {
            face: qsTr("Space")
            height: controls.high
            text: qsTr("Space")
            width: controls.wide

            onUsed: keyboard.typed(" ")
        }
        KKey {
            height: controls.high
            pictogram: "back"
            text: qsTr("Erase")
            width: controls.wide

            onUsed: keyboard.erase()
        }
    }
}
