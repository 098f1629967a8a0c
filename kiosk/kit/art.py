"""Icons and drawings, in the colours of the theme: ``image://art/...`` in QML (use KIcon and KDrawing).

The files are SVG in the colours of the light theme; each of those stands for a token and is swapped for the value
that the token has in the theme. Ids::

    icons/<name>/<theme>/<ink>/<tint>     ink and tint as rrggbb: an icon stands on many grounds
    drawings/<name>/<theme>
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from kiosk.kit.tokens import table

#: Tokens that drawings are made of; where two have one value in the light theme, the first holds.
_INKS = ("ink", "tint", "primary", "surface", "ink2", "line", "alert", "hairline", "ok", "called")
_ID = re.compile(r"(icons|drawings)/([a-z0-9-]+)/(light|contrast)(?:/([0-9a-f]{6})/([0-9a-f]{6}))?", re.ASCII)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


def recolour(svg: str, theme: str, *, ink: str = "", tint: str = "") -> str:
    """``svg`` with each colour of the light theme replaced by the same token of ``theme``.

    ``ink`` and ``tint`` (``#rrggbb``) take the place of those two tokens. A colour that is no token stays.
    """
    light, wanted = table("color", "light"), table("color", theme)
    swap = {light[name].lower(): wanted[name] for name in reversed(_INKS)}
    if ink:
        swap[light["ink"].lower()] = ink
    if tint:
        swap[light["tint"].lower()] = tint
    return _COLOUR.sub(lambda found: str(swap.get(found[0].lower(), found[0])), svg)


class ArtProvider(QQuickImageProvider):
    """Looks in each folder in turn, so that an application may add to the icons of the kit."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folders = tuple(folders)
        # Pages come again and again, and Qt keeps few pictures that nothing shows: an icon takes it half a millisecond,
        # a drawing up to ten. Drawings of a whole screen are some megabytes each.
        self._kept: dict[str, Callable[[str, int, int], tuple[QImage, QSize]]] = {
            "icons": lru_cache(256)(self._draw),
            "drawings": lru_cache(12)(self._draw),
        }

    def requestImage(self, id: str, size: QSize, requested_size: QSize) -> QImage:  # noqa: N802, A002 - Qt's names
        """Draw at ``requested_size`` (screen pixels), or at the size of the drawing where none is asked for."""
        draw = self._kept.get(id.partition("/")[0], self._draw)
        image, whole = draw(id, requested_size.width(), requested_size.height())
        size.setWidth(whole.width())
        size.setHeight(whole.height())
        return image

    def _draw(self, id: str, width: int, height: int) -> tuple[QImage, QSize]:  # noqa: A002 - as above
        """Draw it, and give the size that it has by itself; an empty picture where there is none."""
        asked = _ID.fullmatch(id)
        file = self._find(asked[1], asked[2]) if asked else None
        if asked is None or file is None:
            return QImage(), QSize()
        ink, tint = (f"#{one}" if one else "" for one in asked.group(4, 5))
        svg = recolour(file.read_text(encoding="utf-8"), asked[3], ink=ink, tint=tint)
        renderer = QSvgRenderer(svg.encode())
        whole = renderer.defaultSize()
        wanted = whole.scaled(
            QSize(width, height) if width > 0 and height > 0 else whole, Qt.AspectRatioMode.KeepAspectRatio
        )
        image = QImage(wanted, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        return image, whole

    def _find(self, kind: str, name: str) -> Path | None:
        for folder in self._folders:
            file = folder / kind / f"{name}.svg"
            if file.is_file():
                return file
        return None
