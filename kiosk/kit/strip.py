"""A strip of paper that is written from the top: one 1-bit image, in any script (printers' own fonts can set few).

Needs a QGuiApplication and ``fonts.load()`` in the process; paints into an image, so any one thread at a time will do,
and a worker is the right one: it takes some tens of milliseconds.

Sizes are dots of the printer, 8 a millimetre. Text keeps its size on narrow paper and wraps; the code alone shrinks
until it fits. Codes, numbers, dates and the QR code are never mirrored.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLineF, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtSvg import QSvgRenderer

from kiosk.kit import fonts
from kiosk.kit.papers import PrintedStop
from kiosk.kit.qr_code import qr_code
from kiosk.kit.tokens import table
from peripherals.printers.port import MonoImage

_KIT = Path(__file__).parent
_MARGIN, _GAP, _BADGE, _INDENT, _MODULE, _QUIET = 20, 12, 56, 76, 5, 26
#: What stands beside the QR code needs at least this; on narrower paper it stands under it.
_BESIDE = 220
#: Height of a line as a multiple of its px, where the tokens say nothing else.
_LEADING = 1.3
_LONGEST = 12_000


def in_words(day: str, language: str) -> str:
    """Write a date (ISO 8601) as people of a language do, with the digits that screens have: ``Tue 24 Nov 2026``."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return day
    locale, short = QLocale(language), QLocale.FormatType.ShortFormat
    return f"{locale.dayName(when.isoweekday(), short)} {when.day} {locale.monthName(when.month, short)} {when.year}"


def isolate(text: str) -> str:
    """Let what is written from left to right stand so in a text of another direction (Unicode: isolates)."""
    return f"\u2066{text}\u2069"


def size(name: str) -> int:
    """Give a type size of paper, in dots."""
    return int(table("type", "ticket", name)["px"])


class Strip:
    """A strip of paper that is written from the top; ``y`` is where the next thing goes."""

    def __init__(self, width: int, language: str) -> None:
        self._width = width
        self._room = width - 2 * _MARGIN
        self._mirrored = QLocale(language).textDirection() is Qt.LayoutDirection.RightToLeft
        script = "arabic" if self._mirrored else "latin"
        self._scale = float(table("type", "script_scale").get(script, 1.0))
        # Fonts of other scripts bring line heights of their own, which would waste a third of the paper.
        self._leading = float(table("type", "script_line").get(script, _LEADING))
        self._y = float(_MARGIN)
        # Drawn when the height is known: an image of the longest ticket would be mostly white.
        self._strokes: list[Callable[[QPainter], None]] = []

    def header(self, centre: str) -> None:
        icon = QSvgRenderer(str(_KIT / "icons" / "centre.svg"))
        top, side = self._y, self._at(0, _BADGE)
        height = self._write(centre, size("body"), top + 4, inset=_BADGE + _GAP, bold=True)
        self._strokes.append(lambda painter: icon.render(painter, QRectF(side, top, _BADGE, _BADGE)))
        self._y = top + max(height + 4, _BADGE) + _GAP
        self._rule(6)

    def text(self, text: str, px: int, *, bold: bool = False) -> None:
        self._y += self._write(text, px, self._y, bold=bold) + _GAP

    def code(self, code: str) -> None:
        """Set the code as large as fits, from left to right in every script."""
        px = size("code")
        while (advance := QFontMetricsF(_code_font(px)).horizontalAdvance(code)) > self._room:
            px = min(px - 1, int(px * self._room / advance))
        font = _code_font(px)
        cap = QFontMetricsF(font).capHeight()
        base = self._y + _GAP + cap
        left = _MARGIN + (self._room - advance) / 2

        def stroke(painter: QPainter) -> None:
            painter.setFont(font)
            painter.drawText(QPointF(left, base), code)

        self._strokes.append(stroke)
        self._y = base + 2 * _GAP + 8

    def lines(self, lines: tuple[str, ...], px: int) -> None:
        """Set lines as they are, in columns, from left to right; they shrink until the longest fits."""
        longest = max(lines, key=len, default="")
        while (advance := QFontMetricsF(_column_font(px)).horizontalAdvance(longest)) > self._room and px > 1:
            px = max(1, min(px - 1, int(px * self._room / advance)))
        font = _column_font(px)
        metrics = QFontMetricsF(font)
        placed = [(self._y + metrics.ascent() + at * metrics.height(), line) for at, line in enumerate(lines)]

        def stroke(painter: QPainter) -> None:
            painter.setFont(font)
            for base, line in placed:
                painter.drawText(QPointF(_MARGIN, base), line)

        self._strokes.append(stroke)
        self._y += len(lines) * metrics.height() + _GAP

    def stops(self, stops: tuple[PrintedStop, ...]) -> None:
        """Number the stops on a line; the first is filled, because it is the next one."""
        for index, stop in enumerate(stops):
            top = self._y
            height = self._write(stop.label, size("step"), top, inset=_INDENT, bold=True)
            if stop.place:
                height += self._write(stop.place, size("body"), top + height, inset=_INDENT)
            height = max(height, _BADGE) + _GAP + 8
            self._badge(index + 1, top, filled=index == 0)
            if index + 1 < len(stops):
                self._thread(top + _BADGE, top + height)
            self._y = top + height

    def dashes(self) -> None:
        self._y += 4
        self._rule(4, dashed=True)

    def line(self) -> None:
        self._y += 4
        self._rule(4)

    def ruler(self) -> None:
        """Draw marks from edge to edge, a centimetre apart, and a bar that burns every dot."""
        top = self._y
        marks = [QRectF(at, top, 4, 40) for at in range(0, self._width, 80)] + [QRectF(self._width - 4, top, 4, 40)]
        bar = QRectF(0, top + 52, self._width, 24)

        def stroke(painter: QPainter) -> None:
            for mark in (*marks, bar):
                painter.fillRect(mark, Qt.GlobalColor.black)

        self._strokes.append(stroke)
        self._y = top + 76 + 2 * _GAP

    def qr(self, url: str, text: str, px: int) -> None:
        """Draw the QR code with its quiet zone, and what it is for beside it or under it."""
        modules = qr_code(url).matrix
        side, top = len(modules) * _MODULE, self._y + 8
        left = self._at(0, side)
        grey = b"".join(bytes(0 if dark else 255 for dark in row) for row in modules)

        def stroke(painter: QPainter) -> None:
            drawn = QImage(grey, len(modules), len(modules), len(modules), QImage.Format.Format_Grayscale8)
            painter.drawImage(QRectF(left, top, side, side), drawn)

        self._strokes.append(stroke)
        if self._room - side - _QUIET >= _BESIDE:
            inset = side + _QUIET
            height = self._layout(text, px, inset=inset)[1]
            self._write(text, px, top + max(0.0, (side - height) / 2), inset=inset)
            self._y = top + max(side, height) + _QUIET
        else:
            self._y = top + side + _QUIET
            self.text(text, px)

    def ends(self, first: str, last: str, px: int, *, bold: bool = True, large: int = 0) -> None:
        """Set two short texts at both ends of a line, the last ``large`` and bold where that is given.

        What has no room beside the first stands under it.
        """
        last_px, last_bold = large or px, bold or large > 0
        gap = self._width_of(first, px, bold=bold) + 2 * _GAP
        beside = gap + self._width_of(last, last_px, bold=last_bold) <= self._room
        height = self._write(first, px, self._y + max(0, last_px - px), bold=bold) + max(0, last_px - px)
        if not beside:
            self._y += height
        height = max(height if beside else 0, self._write(last, last_px, self._y, bold=last_bold, far=True))
        self._y += height + _GAP

    def boxed(self, text: str, px: int) -> None:
        """Set what is settled in a box, with a tick."""
        top, inset = self._y + _GAP, _BADGE + 2 * _GAP
        height = max(self._write(text, px, top + _GAP + 4, inset=inset, bold=True), _BADGE - 16) + 2 * (_GAP + 4)
        frame = QRectF(_MARGIN + 2, top, self._room - 4, height)
        icon, side = QSvgRenderer(str(_KIT / "icons" / "check.svg")), self._at(_GAP, _BADGE)
        middle = top + (height - _BADGE) / 2

        def stroke(painter: QPainter) -> None:
            painter.setPen(QPen(QColor(Qt.GlobalColor.black), 4))
            painter.drawRoundedRect(frame, 12, 12)
            icon.render(painter, QRectF(side, middle, _BADGE, _BADGE))

        self._strokes.append(stroke)
        self._y = top + height + _GAP

    def image(self) -> MonoImage:
        height = min(int(self._y) + _MARGIN, _LONGEST)
        canvas = QImage(self._width, height, QImage.Format.Format_Grayscale8)
        canvas.fill(Qt.GlobalColor.white)
        painter = QPainter(canvas)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing, on=False)
        painter.setPen(QColor(Qt.GlobalColor.black))
        for stroke in self._strokes:
            painter.save()
            stroke(painter)
            painter.restore()
        painter.end()
        mono = canvas.convertToFormat(
            QImage.Format.Format_Mono, Qt.ImageConversionFlag.MonoOnly | Qt.ImageConversionFlag.ThresholdDither
        )
        # In the colour table of a Mono image either index may be black; on paper 1 is black.
        black_is_one = QColor(mono.color(1)).lightness() < QColor(mono.color(0)).lightness()
        return MonoImage(self._width, height, _rows(mono, black_is_one=black_is_one))

    def _at(self, inset: float, width: float) -> float:
        """Say where a thing of ``width`` begins that lies ``inset`` from where reading starts."""
        return self._width - _MARGIN - inset - width if self._mirrored else _MARGIN + inset

    def _width_of(self, text: str, px: int, *, bold: bool) -> float:
        return QFontMetricsF(_font(round(px * self._scale), bold=bold)).horizontalAdvance(text)

    def _layout(
        self, text: str, px: int, *, inset: float = 0, bold: bool = False, far: bool = False
    ) -> tuple[QTextLayout, float]:
        font = _font(round(px * self._scale), bold=bold)
        option = QTextOption()
        side = Qt.AlignmentFlag.AlignRight if self._mirrored is not far else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(Qt.AlignmentFlag.AlignAbsolute | side)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if self._mirrored else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(text, font)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._room - inset)
            pitch = px * self._leading
            line.setPosition(QPointF(0, height + (pitch - line.height()) / 2))
            height += pitch
        layout.endLayout()
        return layout, height

    def _write(
        self, text: str, px: int, top: float, *, inset: float = 0, bold: bool = False, far: bool = False
    ) -> float:
        """Set a text from where reading starts, or at the ``far`` end; give its height."""
        layout, height = self._layout(text, px, inset=inset, bold=bold, far=far)
        corner = QPointF(self._at(inset, self._room - inset), top)
        self._strokes.append(lambda painter: layout.draw(painter, corner))
        return height

    def _rule(self, thick: int, *, dashed: bool = False) -> None:
        pen = QPen(QColor(Qt.GlobalColor.black), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern([2.0, 1.0])
        middle = self._y + thick / 2
        line = QLineF(_MARGIN, middle, self._width - _MARGIN, middle)

        def stroke(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.drawLine(line)

        self._strokes.append(stroke)
        self._y += thick + 2 * _GAP

    def _badge(self, number: int, top: float, *, filled: bool) -> None:
        circle = QRectF(self._at(0, _BADGE), top, _BADGE, _BADGE).adjusted(2, 2, -2, -2)
        font = _font(32, bold=True)
        ink = Qt.GlobalColor.white if filled else Qt.GlobalColor.black

        def stroke(painter: QPainter) -> None:
            painter.setPen(QPen(QColor(Qt.GlobalColor.black), 4))
            painter.setBrush(Qt.GlobalColor.black if filled else Qt.GlobalColor.white)
            painter.drawEllipse(circle)
            painter.setPen(QColor(ink))
            painter.setFont(font)
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number))

        self._strokes.append(stroke)

    def _thread(self, top: float, bottom: float) -> None:
        middle = self._at(0, _BADGE) + _BADGE / 2
        line = QRectF(middle - 3, top - 2, 6, bottom - top + 4)
        # Under the circles, which are drawn later or lie at its ends.
        self._strokes.append(lambda painter: painter.fillRect(line, Qt.GlobalColor.black))


def _rows(mono: QImage, *, black_is_one: bool) -> bytes:
    """Copy the rows without Qt's padding to 32 bits, 1 for black, the bits that pad a row 0."""
    stride, spare = (mono.width() + 7) // 8, -mono.width() % 8
    whole = bytes(mono.constBits())
    step = mono.bytesPerLine()
    flip = 0 if black_is_one else (1 << stride * 8) - 1
    keep = ((1 << stride * 8) - 1) >> spare << spare
    return b"".join(
        ((int.from_bytes(whole[at : at + stride]) ^ flip) & keep).to_bytes(stride)
        for at in range(0, step * mono.height(), step)
    )


def _font(px: int, *, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(list(table("type")["family"]))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setStyleStrategy(QFont.StyleStrategy.NoAntialias)
    return font


def _code_font(px: int) -> QFont:
    font = _font(px, bold=True)
    font.setFamilies([fonts.FAMILY_CODE])
    font.setWeight(QFont.Weight.Bold)
    return font


def _column_font(px: int) -> QFont:
    """Give the font of the codes: it is narrow, and its digits have one width."""
    font = _code_font(px)
    font.setFamilies([fonts.FAMILY_CODE, *table("type")["family"]])
    return font
