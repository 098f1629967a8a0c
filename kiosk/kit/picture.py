"""Pictures of a window, as PNG: for tests and the demo.

Pixels are the same everywhere with ``QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software`` and the bundled fonts.
"""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageWriter
from PySide6.QtQuick import QQuickWindow

from kiosk.kit.frame import PageFrame


def grab(window: QQuickWindow) -> bytes:
    """What the window shows now, as the bytes of a PNG file. In Qt's thread; the window must be shown."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(window.grabWindow())
    return bytes(buffer.data().data())


def name(application: str, frame: PageFrame, variant: str = "") -> str:
    """``kiosk-<page>-<lang>[-large|-contrast|-lowered].png``; ``variant`` (``no-paper``) follows the page."""
    page = f"{frame.page}-{variant}" if variant else frame.page
    marks = [mark for mark in ("large", "contrast", "lowered") if getattr(frame, mark)]
    return "-".join([application, page, frame.language, *marks]) + ".png"


def save(window: QQuickWindow, folder: Path, file_name: str) -> Path:
    """Write a picture into ``folder``; answers its path."""
    path = folder / file_name
    path.write_bytes(grab(window))
    return path
