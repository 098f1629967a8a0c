pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit

// The window of a screen application: a page of `designWidth` x `designHeight`, scaled as a whole to the screen.
// A panel that hangs turned shows it turned back (`Theme.rotation`); touches are turned with it. Pages are files beside Main.qml, `<Page>Page.qml` for the page name, found from `folder`; their root is a KView.
Window {
    id: window

    property real designWidth: Theme.grid.page_w
    property real designHeight: Theme.grid.page_h
    required property url folder
    readonly property real rotation: Number(Theme.rotation)
    readonly property bool sideways: window.rotation % 180 !== 0
    // The panel as people see it.
    readonly property real across: window.sideways ? window.height : window.width
    readonly property real down: window.sideways ? window.width : window.height
    readonly property real fit: Math.min(window.across / window.designWidth, window.down / window.designHeight)
    readonly property real zoom: Theme.scale > 0 ? Theme.scale : window.fit
    property string shownPage: ""

    function show(): void {
        const page = String(Bridge.page);
        if (page === "")
            return;
        if (page === window.shownPage) {
            (loader.item as KView).model = Bridge.model;
            return;
        }
        window.shownPage = page;
        loader.setSource(window.folder + page.charAt(0).toUpperCase() + page.slice(1) + "Page.qml", { model: Bridge.model });
        entrance.restart();
    }

    color: Theme.color.paper
    height: window.designHeight
    width: window.designWidth

    onZoomChanged: Theme.zoom = window.zoom
    Component.onCompleted: {
        Theme.zoom = window.zoom;
        window.show();
    }

    Connections {
        target: Bridge

        function onChanged(): void {
            window.show();
        }
    }
    Item {
        LayoutMirroring.childrenInherit: true
        LayoutMirroring.enabled: Theme.rtl
        anchors.centerIn: parent
        height: window.designHeight
        rotation: window.rotation
        scale: window.zoom
        width: window.designWidth

        Loader {
            id: loader

            objectName: "pages"
            focus: true
            height: parent.height
            width: parent.width
        }
        ParallelAnimation {
            id: entrance

            NumberAnimation {
                duration: Theme.motion.page
                easing.type: Easing.OutCubic
                from: 0
                property: "opacity"
                target: loader
                to: 1
            }
            NumberAnimation {
                duration: Theme.motion.page
                easing.type: Easing.OutCubic
                from: Theme.rtl ? -24 : 24
                property: "x"
                target: loader
                to: 0
            }
        }
    }
}
