"""Does a page fit? Walks what is visible and says what is wrong, one sentence each, kind first."""

import math
import unicodedata
from collections.abc import Collection, Iterator
from itertools import combinations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QRawFont
from PySide6.QtQml import QQmlEngine, QQmlExpression
from PySide6.QtQuick import QQuickItem

from kiosk.kit.fonts import FOLDER
from kiosk.kit.frame import PageFrame
from kiosk.kit.tokens import table
from tests.kiosk.ui.stage import Stage, ancestors, is_kind, is_target, is_text

MM = 0.248
LEAST_TARGET = 15 / MM
LEAST_GAP = 5 / MM
LEAST_TEXT = 42
#: Layout is rounded to whole pixels at several places.
SLACK = 1.5
#: ``Text.Fit`` of Qt Quick.
_FIT = 3
_MARKS = "\u2066\u2068\u2069"


def glyphs() -> list[QRawFont]:
    return [QRawFont(str(file), 20) for file in sorted(FOLDER.glob("*.ttf"))]


def plain(text: str) -> str:
    return text.translate({ord(mark): None for mark in _MARKS})


def page_of(stage: Stage) -> QRectF:
    return QRectF(0, 0, stage.page.width(), stage.page.height())


def problems(stage: Stage, lowered: bool) -> Iterator[str]:
    """Everything that can be seen without touching: texts, targets, places."""
    texts = [item for item in stage.items() if is_text(item)]
    targets = stage.targets()
    blocks = [item for item in stage.items() if is_kind(item, "KSteps") or is_kind(item, "KHeader")]
    art = [item for item in stage.items() if item.inherits("QQuickImage") and item.property("source").toString()]
    ink = {item: _ink(stage, item) for item in [*texts, *art]}
    page = page_of(stage)
    for text in texts:
        yield from _text(stage, text, ink[text])
    for one in [*targets, *art]:
        if not _inside(stage.rect(one), page):
            yield f"outside: {_name(one)} {_box(stage.rect(one))}"
    for target in targets:
        yield from _target(stage, target, lowered)
    places = [(target, stage.rect(target)) for target in targets]
    for (one, box), (other, other_box) in combinations(places, 2):
        if _distance(box, other_box) < LEAST_GAP - 0.01:
            yield f"gap: {_name(one)} and {_name(other)}"
    solid = [*ink.items(), *places, *((block, stage.rect(block)) for block in blocks)]
    for (one, box), (other, other_box) in _overlapping(solid):
        if one not in ancestors(other) and other not in ancestors(one):
            yield f"overlap: {_name(one)} {_box(box)} and {_name(other)} {_box(other_box)}"


def _text(stage: Stage, text: QQuickItem, ink: QRectF) -> Iterator[str]:
    name = _name(text)
    box = stage.rect(text)
    if text.property("truncated") or text.property("contentWidth") > text.width() + SLACK:
        yield f"truncated: {name}"
    # Capitals and digits have nothing under the line.
    least = 0.8 if is_kind(text, "KCode") else 1.0
    high = text.property("lineCount") * text.property("font").pixelSize() * least
    if _shrinks(text):
        # Room under the letters of the last line counts too, and may be missing.
        high = text.property("contentHeight") * 0.95
    if high > text.height() + SLACK:
        yield f"truncated: {name} is higher than its box"
    if text.property("font").pixelSize() < LEAST_TEXT:
        yield f"small text: {name}"
    if not _inside(ink, page_of(stage)):
        yield f"outside: {name} {_box(box)}"
    for frame in ancestors(text):
        if frame is stage.page:
            break
        framed = is_target(frame) or frame.inherits("QQuickRectangle") or frame.clip()
        if framed and not _inside(ink, stage.rect(frame)):
            yield f"clipped: {name} {_box(ink)} in {_name(frame)} {_box(stage.rect(frame))}"


def _shrinks(text: QQuickItem) -> bool:
    """Whether its letters get smaller until all lines have room (``Text.Fit``); ``font`` knows nothing of that."""
    context = QQmlEngine.contextForObject(text)
    mode, _ = QQmlExpression(context, text, "fontSizeMode").evaluate()
    return bool(mode == _FIT)


def _target(stage: Stage, target: QQuickItem, lowered: bool) -> Iterator[str]:
    box = stage.rect(target)
    if min(box.width(), box.height()) < LEAST_TARGET:
        yield f"small target: {_name(target)} {_box(box)}"
    grid = table("grid")
    if box.top() < (grid["action_top_lowered"] if lowered else grid["action_top"]):
        yield f"high: {_name(target)} {_box(box)}"
    if not target.property("text"):
        yield f"nameless: {_box(box)}"


def untranslated(stage: Stage, language: str, sources: Collection[str], foreign: Collection[str]) -> Iterator[str]:
    """Texts that belong to the kiosk and are not in ``language``.

    ``sources`` are the English texts of the QML files, ``foreign`` what comes from the model or is never translated.
    """
    shown = {item.property("text") for item in stage.items() if is_text(item) or is_target(item)}
    for text in sorted(map(plain, shown)):
        if not any(map(str.isalpha, text)) or text in foreign:
            continue
        if language == "qps" and not (text.startswith("[") and text.endswith("]")):
            yield f"untranslated: {text}"
        if language == "ar" and (text in sources or not any("ARABIC" in unicodedata.name(c, "") for c in text)):
            yield f"untranslated: {text}"


def missing_glyphs(stage: Stage, fonts: list[QRawFont]) -> Iterator[str]:
    shown = {item.property("text") for item in stage.items() if is_text(item)}
    for char in sorted(set(plain("".join(shown))) - {"\n"}):
        if not any(font.supportsCharacter(ord(char)) for font in fonts):
            yield f"glyph: U+{ord(char):04X} in {[text for text in shown if char in text]}"


def focus_order(stage: Stage) -> Iterator[str]:
    """Tab reaches every control that works, once, row by row, and comes round again."""
    stage.page.forceActiveFocus()
    wanted = [target for target in stage.targets() if target.isEnabled()]
    reached: list[QQuickItem] = []
    for _ in range(len(wanted) + 1):
        stage.key(Qt.Key.Key_Tab)
        item = stage.focused()
        if item is None or item in reached:
            break
        reached.append(item)
    for target in wanted:
        if target not in reached:
            yield f"focus: Tab does not reach {_name(target)}"
    rows = [round(stage.rect(target).top()) for target in reached]
    if rows != sorted(rows):
        yield f"focus: not from top to bottom: {[_name(target) for target in reached]}"


def dead(
    stage: Stage, frame: PageFrame, acted: set[str] | None = None, known: set[tuple[str, str]] | None = None
) -> Iterator[str]:
    """Controls that look alive and change neither page nor state, and send nothing.

    Add the names of the actions that the others send to ``acted``. Leave alone the controls that are in ``known``, by
    type and text, and add the others to it.
    """
    stage.show(frame)
    working = _working(stage)
    kinds = [(target.metaObject().className(), str(target.property("text"))) for target in working]
    wanted = [index for index, kind in enumerate(kinds) if known is None or kind not in known]
    if known is not None:
        known.update(kinds)
    if not wanted:
        return
    first = _looks(stage)
    for index in wanted:
        name = _name(working[index])
        stage.acts.clear()
        stage.tap(working[index])
        if acted is not None:
            acted |= {action for action, _ in stage.acts}
        changed = _looks(stage) != first
        if len(stage.acts) == 1 and not changed:
            continue
        if not changed:
            yield f"dead: {name} sent {stage.acts}"
        stage.show(frame)
        if _looks(stage) != first:
            # A keyboard was turned to other letters: another page, and this one begins anew.
            stage.show(PageFrame("idle", {"left": 3}))
            stage.show(frame)
        working = _working(stage)


def _working(stage: Stage) -> list[QQuickItem]:
    return [target for target in stage.targets() if target.isEnabled()]


def _looks(stage: Stage) -> list[tuple[str, str]]:
    with stage.still():
        return [(item.property("text"), _box(stage.rect(item))) for item in stage.items() if is_text(item)]


def _ink(stage: Stage, item: QQuickItem) -> QRectF:
    """Where there is something to see: a text that is narrower than its box, a drawing that keeps its shape."""
    box = stage.rect(item)
    if is_text(item):
        wide = item.property("contentWidth")
        context = QQmlEngine.contextForObject(item)
        align, _ = QQmlExpression(context, item, "effectiveHorizontalAlignment").evaluate()
        left = {
            Qt.AlignmentFlag.AlignRight.value: box.right() - wide,
            Qt.AlignmentFlag.AlignHCenter.value: box.center().x() - wide / 2,
        }.get(align, box.left())
        return QRectF(left, box.top(), wide, box.height())
    if item.inherits("QQuickImage"):
        wide, high = item.property("paintedWidth"), item.property("paintedHeight")
        return QRectF(box.center().x() - wide / 2, box.center().y() - high / 2, wide, high)
    return box


def _inside(box: QRectF, frame: QRectF) -> bool:
    return frame.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(box)


def _overlapping(
    solid: list[tuple[QQuickItem, QRectF]],
) -> Iterator[tuple[tuple[QQuickItem, QRectF], tuple[QQuickItem, QRectF]]]:
    """Yield pairs that overlap; a page has thousands of pairs, and numbers are compared faster than rectangles."""
    edges = [(box.left() + SLACK, box.top() + SLACK, box.right(), box.bottom()) for _, box in solid]
    for at, (left, top, right, bottom) in enumerate(edges):
        for other in range(at + 1, len(edges)):
            other_left, other_top, other_right, other_bottom = edges[other]
            if (
                other_left < right
                and left < other_right
                and other_top < bottom
                and top < other_bottom
                and right > left
                and bottom > top
                and other_right > other_left
                and other_bottom > other_top
            ):
                yield solid[at], solid[other]


def _distance(one: QRectF, other: QRectF) -> float:
    across = max(one.left(), other.left()) - min(one.right(), other.right())
    down = max(one.top(), other.top()) - min(one.bottom(), other.bottom())
    return math.hypot(max(across, 0), max(down, 0)) if across > 0 and down > 0 else max(across, down)


def _name(item: QQuickItem) -> str:
    said = item.property("text") or item.property("name") or ""
    return f"{item.metaObject().className().partition('_')[0]} '{plain(str(said))}'"


def _box(box: QRectF) -> str:
    return f"({box.left():.0f}, {box.top():.0f}, {box.width():.0f} x {box.height():.0f})"
