"""``Theme`` in QML: the tokens for the person in front of the screen.

``import kiosk.kit`` gives the singleton. Maps hold the names of ``tokens.toml``: ``Theme.color.ink``,
``Theme.type.choice.px`` (with ``line`` and ``weight``), ``Theme.grid.page_w``, ``Theme.space.l``,
``Theme.target.choice``, ``Theme.radius.card``, ``Theme.stroke.control``, ``Theme.motion.page`` (ms),
``Theme.touch.busy_ms``, ``Theme.board.code_now``. A change of the theme swaps whole maps; no component has a colour
or a size of its own. A name that is not in the tokens fails a test.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Property, QLocale, QObject, Qt, Signal, Slot
from PySide6.QtQml import QJSValue, QmlElement, QmlSingleton, qmlEngine

from kiosk.kit import fonts
from kiosk.kit.money import written
from kiosk.kit.tokens import table, type_styles

# Names of C++ types are given as text, which PySide6 takes and its type stubs do not know.
QML_IMPORT_NAME = "kiosk.kit"
QML_IMPORT_MAJOR_VERSION = 1

_SCRIPTS = {
    QLocale.Script.ArabicScript: "arabic",
    QLocale.Script.EthiopicScript: "ethiopic",
    QLocale.Script.BengaliScript: "bengali",
    QLocale.Script.DevanagariScript: "devanagari",
    QLocale.Script.MyanmarScript: "myanmar",
}


@QmlElement
@QmlSingleton
class Theme(QObject):
    """Set from Python by ``adopt``; read from QML. ``zoom`` is set by KWindow: screen pixels per design pixel."""

    changed = Signal()
    zoomChanged = Signal()  # noqa: N815 - Qt's own spelling

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = "en"
        self._large = self._contrast = self._lowered = self._reduce_motion = False
        self._zoom = 1.0
        self._scale = 0.0
        self._rotation = 0
        #: The maps as the engine has them, by name. A map of Python would be made anew for each value that a page reads
        #: of it, some hundreds a page, at 20 to 250 us each.
        self._maps: dict[str, QJSValue] = {}

    def adopt(self, *, language: str, large: bool, contrast: bool, lowered: bool) -> None:
        """Take what one person chose; one signal, whatever changed."""
        before = (self._language, self._large, self._contrast, self._lowered)
        self._language, self._large, self._contrast, self._lowered = language, large, contrast, lowered
        if before != (language, large, contrast, lowered):
            self._maps.clear()
            self.changed.emit()

    def configure(self, *, scale: float, reduce_motion: bool, rotation: int = 0) -> None:
        """Take what belongs to the machine: ``scale`` 0 fits the page to the window, ``rotation`` is in degrees."""
        self._scale, self._reduce_motion, self._rotation = scale, reduce_motion, rotation
        self._maps.clear()
        self.changed.emit()

    def _map(self, name: str) -> QJSValue:
        if (made := self._maps.get(name)) is None:
            engine = qmlEngine(self)
            assert engine is not None  # noqa: S101 - a singleton of QML is made by its engine, and by nobody else
            made = self._maps[name] = engine.toScriptValue(self._values(name))
        return made

    def _values(self, name: str) -> Mapping[str, Any]:
        match name:
            case "color":
                return table("color", "contrast" if self._contrast else "light")
            case "type":
                script = _SCRIPTS.get(QLocale(self._language).script(), "latin")
                return type_styles(large=self._large, script=script)
            case "board":
                return table("type", "board")
            case "stroke" if self._contrast:
                strokes = table("stroke")
                return strokes | {"control": strokes["control_contrast"]}
            case "motion":
                motion = {name: value for name, value in table("motion").items() if isinstance(value, int)}
                return dict.fromkeys(motion, 0) if self._reduce_motion else motion
            case _:
                return table(name)

    @Property(str, notify=changed)
    def language(self) -> str:
        return self._language

    @Property(bool, notify=changed)
    def large(self) -> bool:
        return self._large

    @Property(bool, notify=changed)
    def contrast(self) -> bool:
        return self._contrast

    @Property(bool, notify=changed)
    def lowered(self) -> bool:
        return self._lowered

    @Property(bool, notify=changed)
    def rtl(self) -> bool:
        return QLocale(self._language).textDirection() == Qt.LayoutDirection.RightToLeft

    @Property(float, notify=changed)
    def scale(self) -> float:
        return self._scale

    @Property(float, notify=changed)
    def rotation(self) -> float:
        """By how much the page is turned, clockwise."""
        return self._rotation

    @Property(str, constant=True)
    def family(self) -> str:
        return fonts.FAMILY

    @Property(str, constant=True)
    def familyCode(self) -> str:  # noqa: N802 - a name of QML
        return fonts.FAMILY_CODE

    @Property(str, constant=True)
    def familyList(self) -> str:  # noqa: N802 - a name of QML
        return fonts.FAMILY_LIST

    @Property("QVariant", notify=changed)  # type: ignore[arg-type]
    def color(self) -> QJSValue:
        return self._map("color")

    @Property("QVariant", notify=changed)  # type: ignore[arg-type]
    def type(self) -> QJSValue:
        return self._map("type")

    @Property("QVariant", notify=changed)  # type: ignore[arg-type]
    def stroke(self) -> QJSValue:
        return self._map("stroke")

    @Property("QVariant", notify=changed)  # type: ignore[arg-type]
    def motion(self) -> QJSValue:
        return self._map("motion")

    @Property("QVariant", constant=True)  # type: ignore[arg-type]
    def board(self) -> QJSValue:
        return self._map("board")

    @Property("QVariant", constant=True)  # type: ignore[arg-type]
    def space(self) -> QJSValue:
        return self._map("space")

    @Property("QVariant", constant=True)  # type: ignore[arg-type]
    def grid(self) -> QJSValue:
        return self._map("grid")

    @Property("QVariant", constant=True)  # type: ignore[arg-type]
    def target(self) -> QJSValue:
        return self._map("target")

    @Property("QVariant", constant=True)  # type: ignore[arg-type]
    def radius(self) -> QJSValue:
        return self._map("radius")

    @Property("QVariant", constant=True)  # type: ignore[arg-type]
    def touch(self) -> QJSValue:
        return self._map("touch")

    def _get_zoom(self) -> float:
        return self._zoom

    def _set_zoom(self, zoom: float) -> None:
        if zoom > 0 and zoom != self._zoom:
            self._zoom = zoom
            self.zoomChanged.emit()

    zoom = Property(float, _get_zoom, _set_zoom, notify=zoomChanged)

    @Slot(str, float, int, result=str)
    def amount(self, language: str, minor: float, exponent: int) -> str:
        """Write an amount in whole minor units as people of the language do, without its currency."""
        return written(int(minor), exponent, language)

    @Slot(str, result=str)
    def isolated(self, text: str) -> str:
        """A foreign name or a code inside of a sentence keeps its own direction (U+2068 ... U+2069)."""
        return f"\u2068{text}\u2069"
