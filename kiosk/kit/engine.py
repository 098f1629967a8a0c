"""One function makes a screen application: ``create("kiosk.ui", "kiosk")``.

A screen application is a Python package with

- ``qmldir`` (``module kiosk.ui``) and ``Main.qml``, whose root is a KWindow and whose pages lie beside it,
- ``translations/<application>_<language>.ts``,
- ``icons/`` and ``drawings/`` of its own, where the icons of the kit are not enough.

In the process of the application::

    app = application(sys.argv, "kiosk")
    screen = create("kiosk.ui", "kiosk", scale=settings.scale)
    screen.bridge.acted.connect(..., Qt.ConnectionType.DirectConnection)    # see kiosk.kit.bridge
    screen.bridge.show(Frame.of(page, language="ar"))                       # from any thread
    screen.window.showFullScreen()
    code = app.exec()
    screen.close()
"""

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from kiosk.kit import fonts
from kiosk.kit.art import ArtProvider
from kiosk.kit.bridge import Bridge
from kiosk.kit.errors import ScreenError
from kiosk.kit.frame import PageFrame
from kiosk.kit.theme import Theme
from kiosk.kit.translations import Translations

#: The folder that holds the Python packages: QML modules are named like them and found from here.
_ROOT = Path(__file__).parents[2]


def application(arguments: Sequence[str], name: str) -> QGuiApplication:
    """Qt's application object, with the bundled fonts alone. An exception in a slot ends it with exit code 1.

    (Qt goes on after an exception that a slot does not catch; what a person sees after it cannot be trusted.)
    """
    fonts.isolate()
    app = QGuiApplication(list(arguments))
    app.setApplicationName(name)

    def end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        QCoreApplication.exit(1)

    sys.excepthook = end
    return app


@dataclass(frozen=True, slots=True)
class LoadedScreen:
    """A loaded screen application. ``window`` is hidden at first: ``show()`` or ``showFullScreen()`` it."""

    engine: QQmlApplicationEngine
    window: QQuickWindow
    bridge: Bridge
    theme: Theme
    translations: Translations

    def millimetres(self) -> float:
        """What one design pixel measures on this screen, by what the screen says of its own size.

        The tokens are drawn for 0.248 mm (kiosk) and 0.496 mm (board): under that, letters and targets are smaller
        than they should be. Screens that say nothing true need ``scale`` in the configuration, measured with a ruler.
        """
        return float(self.theme.property("zoom")) * 25.4 / self.window.screen().physicalDotsPerInch()

    def close(self) -> None:
        """Delete window and engine before the application object goes, in this order."""
        self.window.close()
        self.translations.drop()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def create(
    module: str,
    name: str,
    *,
    scale: float = 0.0,
    reduce_motion: bool = False,
    rotation: int = 0,
    debounce_ms: int | None = None,
) -> LoadedScreen:
    """Load ``Main.qml`` of the package ``module``, whose translations are called ``name``.

    ``scale`` is the number of screen pixels for one design pixel; 0 fits the whole page to the window.
    ``rotation``: 0, 90, 180 or 270 degrees by which the page is turned clockwise, on a panel that hangs turned the
    other way.
    ``debounce_ms``: see ``Bridge.touch``; None takes the value of the tokens. Raises ScreenError.
    """
    fonts.load()
    # A QQuickWindow is anti-aliased by the scene graph; without alpha the software backend paints no ground twice.
    QQuickWindow.setDefaultAlphaBuffer(False)
    folder = Path(str(importlib.import_module(module).__file__)).parent
    translations = Translations(folder / "translations", name)
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(_ROOT))
    engine.addImageProvider("art", ArtProvider([folder, Path(__file__).parent]))
    theme, bridge = (engine.singletonInstance("kiosk.kit", name) for name in ("Theme", "Bridge"))
    if not isinstance(theme, Theme) or not isinstance(bridge, Bridge):
        raise ScreenError(module="kiosk.kit", messages=["Theme and Bridge are not registered"])
    theme.configure(scale=scale, reduce_motion=reduce_motion, rotation=rotation)

    def prepare(frame: PageFrame) -> None:
        theme.adopt(language=frame.language, large=frame.large, contrast=frame.contrast, lowered=frame.lowered)
        if translations.use(frame.language):
            engine.retranslate()

    bridge.prepare, bridge.speak = prepare, translations.translate
    if debounce_ms is not None:
        bridge.debounce_ms = debounce_ms
    problems: list[QQmlError] = []
    engine.warnings.connect(problems.extend, Qt.ConnectionType.DirectConnection)
    engine.loadFromModule(module, "Main")
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise ScreenError(module=module, messages=[problem.toString() for problem in problems])
    return LoadedScreen(engine, roots[0], bridge, theme, translations)
