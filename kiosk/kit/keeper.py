"""Keeps people in the window of a kiosk.

What a window system does with keys and swipes before they reach the window is its own matter: under ``cage`` there is
nothing to leave to (docs/technician.md).
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickWindow

#: All that a page, or a keypad with raised keys, has a use for.
_KEYS = frozenset(
    {
        *(Qt.Key(number) for number in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)),
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Space,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
    }
)
_TAKEN = frozenset(
    {
        QEvent.Type.Close,
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
        QEvent.Type.NativeGesture,
        QEvent.Type.TabletPress,
    }
)
_TYPED = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})


class WindowGuard(QObject):
    """Keeps people in the window until the application ends: takes what would close, leave or shrink it.

    Only a few keys without any modifier go through, so that neither a keyboard nor a barcode reader that types can
    command anything. Hold on to it for as long as the window is shown.
    """

    def __init__(self, window: QQuickWindow) -> None:
        super().__init__()
        self._window = window
        window.setFlags(window.flags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        window.installEventFilter(self)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101 - a window without one cannot be
        # A window that refuses to be closed would keep the application from ending in good order.
        app.aboutToQuit.connect(self.let_go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is not self._window:
            return False
        kind = event.type()
        if kind in _TAKEN:
            event.ignore()
            return True
        if isinstance(event, QKeyEvent) and kind in _TYPED:
            return not _harmless(event)
        if kind is QEvent.Type.WindowStateChange and self._window.windowStates() & Qt.WindowState.WindowMinimized:
            self._window.showFullScreen()
        return False

    def let_go(self) -> None:
        self._window.removeEventFilter(self)
        QGuiApplication.restoreOverrideCursor()


def _harmless(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() == Qt.Key.Key_Backtab:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    return modifiers == Qt.KeyboardModifier.NoModifier and event.key() in _KEYS
