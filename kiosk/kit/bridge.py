"""``Bridge`` in QML: what is shown now, and the one way back.

The asyncio thread and Qt meet here and nowhere else. ``Bridge.show(frame)`` may be called from any thread: a queued
signal carries the frozen frame over, in order. A touch comes back as ``acted(name, argument)``, emitted in Qt's
thread; connect it directly and hand it over yourself::

    bridge.acted.connect(
        lambda name, argument: loop.call_soon_threadsafe(inbox.put_nowait, Action(name, argument)),
        Qt.ConnectionType.DirectConnection,
    )

In QML (``import kiosk.kit``): ``Bridge.page`` is the name of the page, ``Bridge.model`` its fields with the names that
they have in Python (``model.no_paper``), ``Bridge.act("choose", id)`` acts. What the person chose for the eye
(language, direction, large, contrast, lowered) is on ``Theme``.
"""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QObject, Qt, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from kiosk.kit.frame import PageFrame
from kiosk.kit.qr_code import qr_code
from kiosk.kit.tokens import table

# Names of C++ types are given as text, which PySide6 takes and its type stubs do not know.
QML_IMPORT_NAME = "kiosk.kit"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Bridge(QObject):
    """One for an engine: made by it, found by ``kiosk.kit.engine.create`` and given to the application there."""

    changed = Signal()
    acted = Signal(str, str)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frame = PageFrame("")
        #: Called in Qt's thread before a frame is shown: theme and translations follow it.
        self.prepare: Callable[[PageFrame], None] = lambda _: None
        #: One text in one language, see ``say``.
        self.speak: Callable[[str, str, str], str] = lambda _language, _context, text: text
        #: How long a second touch does not count, see ``touch``.
        self.debounce_ms: int = table("touch")["debounce_ms"]
        self._all_closed = 0.0
        self._closed: tuple[str, float] = ("", 0.0)
        self._posted.connect(self._accept, Qt.ConnectionType.QueuedConnection)

    def show(self, frame: PageFrame) -> None:
        """Show this page next. From any thread; frames arrive in order."""
        self._posted.emit(frame)

    @Slot(object)
    def _accept(self, frame: PageFrame) -> None:
        if frame.page != self._frame.page:
            self._all_closed = time.monotonic() + self.debounce_ms / 1000
        self.prepare(frame)
        self._frame = frame
        self.changed.emit()

    @Property(str, notify=changed)
    def page(self) -> str:
        return self._frame.page

    @Property("QVariant", notify=changed)  # type: ignore[arg-type]
    def model(self) -> dict[str, Any]:
        return dict(self._frame.model)

    @Slot(str, result=bool)
    def touch(self, key: str) -> bool:
        """Whether a touch counts: not within the debounce after a page change, nor twice on one control.

        ``key`` is empty for a control that leads somewhere: the next touch anywhere must wait. A key of a keypad
        gives its own, so that another key may follow at once.
        """
        now = time.monotonic()
        last, until = self._closed
        if now < self._all_closed or (key and key == last and now < until):
            return False
        if key:
            self._closed = (key, now + self.debounce_ms / 1000)
        else:
            self._all_closed = now + self.debounce_ms / 1000
        return True

    @Slot(str, str, str, result=str)
    def translate(self, language: str, context: str, text: str) -> str:
        """Give a text of the QML file ``context`` in a language that need not be the one of the page."""
        return self.speak(language, context, text)

    @Slot(str, result="QUrl")
    def qr(self, text: str) -> QUrl:
        """Draw a text as a QR code (ISO/IEC 18004, level M) for ``Image.source``; the white around it is not in it."""
        return QUrl(qr_code(text).png_data_uri(scale=8, border=0) if text else "")

    @Slot(str, str)
    def act(self, name: str, argument: str) -> None:
        """The person did this: goes to the application, which answers with another frame."""
        self.acted.emit(name, argument)
