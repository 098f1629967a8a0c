"""The least that Qt's own window with one page costs: what a kiosk's start and its pages are measured against.

A program of its own: it prints when its first page was handed to the screen, and after each touch when the other one
was, in nanoseconds of the clock that only goes on.
"""

import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

_WINDOW = """
import QtQuick

Window {
    property int shown: 0

    height: 1920
    visible: true
    width: 1080

    Loader {
        id: pages

        anchors.fill: parent
        sourceComponent: page
    }
    Component {
        id: page

        Rectangle {
            color: "white"

            Text { anchors.centerIn: parent; font.pixelSize: 60; text: "Page " + shown }
        }
    }
    MouseArea {
        anchors.fill: parent
        onClicked: { pages.sourceComponent = undefined; shown++; pages.sourceComponent = page; }
    }
}
"""


def main() -> int:
    """Run until it is ended from outside."""
    app = QGuiApplication(sys.argv[:1])
    engine = QQmlApplicationEngine()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "Least.qml"
        file.write_text(_WINDOW)
        engine.load(str(file))
        window, seen = engine.rootObjects()[0], [-1]

        def drawn() -> None:
            if window.property("shown") != seen[0]:
                seen[0] = int(window.property("shown"))
                print(time.monotonic_ns(), flush=True)

        window.frameSwapped.connect(drawn)  # type: ignore[attr-defined] # a QQuickWindow
        return app.exec()


if __name__ == "__main__":
    sys.exit(main())
