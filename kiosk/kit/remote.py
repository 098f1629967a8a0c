"""A debugging socket: drives a real screen from outside, as a finger would, and looks at it.

Off in use: it exists only where ``run --remote PATH`` asks for it, as a socket that its own user alone can open.
One JSON object a line in, one out::

    {"act": ["choose", "UTO"]}       what a control does, without the control
    {"tap": "Done"}                  press and release in the middle of the control with this objectName or this label
    {"hold": "Demo Centre"}          press where this text stands, and release when a long press has been noticed
    {"grab": "page.png"}             write a picture of the window
    {"state": true}                  answer page, model, language, display, texts seen, controls to tap
    {"where": "Done"}                answer the middle of this control, in pixels of the window
    {"drawn": true}                  answer the page whose picture was handed to the screen last, and when it first was,
                                     in nanoseconds of the clock that only goes on (CLOCK_MONOTONIC)

An answer is ``{"ok": true, ...}`` or ``{"ok": false, "error": "..."}``.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtQuick import QQuickItem

from kiosk.kit.engine import LoadedScreen
from kiosk.kit.picture import grab
from kiosk.kit.tokens import table

#: U+2066..U+2069 isolate text of another direction.
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))


class RemoteCommand(msgspec.Struct, forbid_unknown_fields=True):
    """Exactly one of these is given."""

    act: Annotated[list[str], Meta(min_length=1, max_length=2)] | None = None
    tap: str | None = None
    hold: str | None = None
    grab: str | None = None
    where: str | None = None
    drawn: bool = False
    state: bool = False


class Remote(QObject):
    """Lives in Qt's thread.

    Raises:
        OSError: the socket cannot be made.
    """

    def __init__(self, path: Path, screen: LoadedScreen) -> None:
        super().__init__()
        self._screen = screen
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(str(path))
        if not self._server.listen(str(path)):
            raise OSError(self._server.errorString())
        self._server.newConnection.connect(self._greet)
        self._drawn = ("", 0)
        screen.window.frameSwapped.connect(self._note_frame)

    def close(self) -> None:
        self._server.close()

    def _note_frame(self) -> None:
        page = str(self._screen.bridge.page)
        if page != self._drawn[0]:
            self._drawn = (page, time.monotonic_ns())

    def _greet(self) -> None:
        while (peer := self._server.nextPendingConnection()) is not None:
            peer.readyRead.connect(lambda peer=peer: self._read(peer))
            peer.disconnected.connect(peer.deleteLater)

    def _read(self, peer: QLocalSocket) -> None:
        while peer.canReadLine():
            line = bytes(peer.readLine().data())
            try:
                answer = {"ok": True, **self._do(msgspec.json.decode(line, type=RemoteCommand))}
            except (msgspec.DecodeError, LookupError, OSError) as error:
                answer = {"ok": False, "error": str(error)}
            peer.write(msgspec.json.encode(answer) + b"\n")
            peer.flush()

    def _do(self, command: RemoteCommand) -> dict[str, object]:
        bridge, window, theme = self._screen.bridge, self._screen.window, self._screen.theme
        if command.act is not None:
            name, argument = [*command.act, ""][:2]
            bridge.act(name, argument)
        if command.tap is not None:
            self._tap(command.tap)
        if command.hold is not None:
            self._hold(command.hold)
        if command.grab is not None:
            Path(command.grab).write_bytes(grab(window))
        if command.where is not None:
            spot = _middle(self._control(command.where))
            return {"x": spot.x(), "y": spot.y()}
        if command.drawn:
            return {"page": self._drawn[0], "at_ns": self._drawn[1]}
        if not command.state:
            return {}
        return {
            "page": bridge.page,
            "model": bridge.model,
            "language": theme.language,
            "large": theme.large,
            "contrast": theme.contrast,
            "lowered": theme.lowered,
            "texts": list(self._texts()),
            "controls": [_label(item) for item in self._controls()],
        }

    def _seen(self) -> Iterator[QQuickItem]:
        """Give every visible item, in the order of drawing."""
        waiting = [self._screen.window.contentItem()]
        while waiting:
            item = waiting.pop()
            if item.isVisible():
                yield item
                waiting += reversed(item.childItems())

    def _texts(self) -> Iterator[str]:
        """Give every text that is seen, without the marks of direction that its characters do not show."""
        for item in self._seen():
            if item.inherits("QQuickText") and item.property("text"):
                yield str(item.property("text")).translate(_ISOLATES)

    def _controls(self) -> Iterator[QQuickItem]:
        """Give what can be tapped now: enabled, and told apart by a name."""
        for item in self._seen():
            if item.isEnabled() and item.inherits("QQuickAbstractButton"):
                yield item

    def _control(self, name: str) -> QQuickItem:
        for one in self._controls():
            if name in {one.objectName(), _label(one)}:
                return one
        raise LookupError(name)

    def _tap(self, name: str) -> None:
        item = self._control(name)
        # What has just come to the page finds its place only when a picture is drawn.
        self._screen.window.grabWindow()
        spot = _middle(item)
        self._press(spot, down=True)
        self._press(spot, down=False)

    def _hold(self, text: str) -> None:
        item = next((one for one in self._seen() if _has_text(one, text)), None)
        if item is None:
            raise LookupError(text)
        spot = _middle(item)
        self._press(spot, down=True)
        # Released a little later than needed: what is asked for is a press that was long enough.
        QTimer.singleShot(int(table("touch")["hold_ms"]) + 200, self, lambda: self._press(spot, down=False))

    def _press(self, spot: QPointF, *, down: bool) -> None:
        window = self._screen.window
        event = QMouseEvent(
            QEvent.Type.MouseButtonPress if down else QEvent.Type.MouseButtonRelease,
            spot,
            window.mapToGlobal(spot),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton if down else Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QCoreApplication.sendEvent(window, event)


def _middle(item: QQuickItem) -> QPointF:
    """Say where in the window it is; the item may be gone when the finger leaves it."""
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))


def _has_text(item: QQuickItem, text: str) -> bool:
    return item.inherits("QQuickText") and str(item.property("text")).translate(_ISOLATES) == text


def _label(item: QQuickItem) -> str:
    return str(item.objectName() or item.property("text") or "")
