"""How large the letters of a board must be for its hall, and where everything stands with letters of that size.

Capitals of a ticket code: 12.2 mm for each metre to the farthest seat (0.7 degrees of view, EN 301 549, 5.1.4: 73 mm
at 6 m). All other text: 6 mm for each metre. A capital is 0.714 em high, so at 6 m from 43 inches of 1920 x 1080
(0.496 mm a pixel) the font of a code has 207 px.

All lengths here but those named ``mm`` are pixels of the design, 1920 x 1080, which is shown as large as the screen
allows.
"""

import math
from itertools import product

import msgspec

from signage.errors import SizeError

WIDTH, HEIGHT = 1920, 1080
CODE_MM_PER_M = 12.2
TEXT_MM_PER_M = 6.0
CAPITAL = 0.714
#: The board as it is drawn: codes of the list, of the call of now, and labels.
CODE_DRAWN, NOW_DRAWN, LABEL_DRAWN = 208.0, 370.0, 46.0

#: Between the edge of a cell of the list and what is in it.
INSET = 10

_INCH = 25.4
_INNER = 1824
_EDGE = 14
_GAP = 12
#: A number on its plate: font size by height of the plate.
_PLATE = 0.7
#: Height of one line of a label, and of a code, by font size.
_LINE, _CODE = 1.39, 0.86
#: Width of the widest code ("D 042") in the list and in the panel, and of a plate with two digits by its height.
_LIST_EM, _NOW_EM, _WIDE_PLATE = 2.12, 2.35, 1.134
#: The call of now stands out from those before, where there is room.
_STANDS_OUT = 1.25


class Sizes(msgspec.Struct, frozen=True):
    """Font sizes: ``code`` of tickets, ``label`` of everything else; never smaller than drawn."""

    code: float = CODE_DRAWN
    label: float = LABEL_DRAWN


class Plan(msgspec.Struct, frozen=True):
    """Where everything stands. A height of 0: there is no room for it.

    ``top``: name and clock. ``call``: the panel of now with its ``heading``, which has room for English beside another
    language where ``both``; ``now`` is the font of its code, ``plate`` and ``way`` sizes whose parts begin at
    ``plate_x`` and ``way_x``. ``before``: the heading of the list. ``cell``: one call of it. ``row``: who waits, in so
    many ``steps``, or an announcement, in letters of ``row_label``.
    """

    code: float
    label: float
    top_h: float
    call_y: float
    call_h: float
    heading_h: float
    now: float
    plate: float
    plate_x: float
    way: float
    way_x: float
    before_y: float
    before_h: float
    list_y: float
    both: bool
    cell_w: float
    cell_gap: float
    cell_h: float
    cell_plate: float
    columns: int
    rows: int
    row_y: float
    row_h: float
    row_label: float
    steps: int

    @property
    def calls(self) -> int:
        """How many calls fit in the list."""
        return self.columns * self.rows


def font_px(mm_per_m: float, distance_m: float, mm_per_px: float) -> float:
    """Give the font size in pixels of ``mm_per_px`` whose capitals are ``mm_per_m`` high for each metre."""
    return mm_per_m * distance_m / mm_per_px / CAPITAL


def pitch_mm(diagonal_in: float, width_px: int, height_px: int) -> float:
    """Give the size of a pixel of a screen."""
    return diagonal_in * _INCH / math.hypot(width_px, height_px)


def sizes(distance_m: float, diagonal_in: float, width_px: int, height_px: int, scale: float = 0.0) -> Sizes:
    """Say how large letters must be.

    Args:
        distance_m: to the farthest seat; 0 shows the board as it is drawn.
        diagonal_in: of the screen, in inches.
        width_px: of the screen.
        height_px: of the screen.
        scale: screen pixels for one of the design; 0 fits the page to the screen.
    """
    if distance_m <= 0 or diagonal_in <= 0:
        return Sizes()
    zoom = scale or min(width_px / WIDTH, height_px / HEIGHT)
    mm_per_px = pitch_mm(diagonal_in, width_px, height_px) * zoom
    return Sizes(
        code=max(CODE_DRAWN, font_px(CODE_MM_PER_M, distance_m, mm_per_px)),
        label=max(LABEL_DRAWN, font_px(TEXT_MM_PER_M, distance_m, mm_per_px)),
    )


def plan(wanted: Sizes, *, notice: bool = False) -> Plan:
    """Arrange the board: the richest arrangement that has room for letters of this size.

    ``notice``: an announcement is shown. It never covers a call; where its letters have no room beside two calls
    they are as small as drawn.

    Raises:
        SizeError: not even two calls have room, the one of now and one before.
    """
    rich = [(rows, *shown) for rows in (2, 1) for shown in _ARRANGEMENTS if rows == 1 or shown[0]]
    letters = {wanted.label, LABEL_DRAWN} if notice else {wanted.label}
    for row_label, least, (rows, top, heading, before, row) in product(
        sorted(letters, reverse=True), (_STANDS_OUT, 1.0), rich
    ):
        if notice and not row:
            continue
        found = _arranged(wanted, rows, row_label if row else 0.0, top=top, heading=heading, before=before)
        if found is not None and found.now >= min(wanted.code * least, max(NOW_DRAWN, wanted.code)):
            return found
    raise SizeError(code_px=f"{wanted.code:.0f}", label_px=f"{wanted.label:.0f}")


#: What is shown besides calls, the richest first: name and clock, headings of the panel, heading of the list, row.
_ARRANGEMENTS = (
    (True, True, True, True),
    (True, True, True, False),
    (True, True, False, True),
    (True, True, False, False),
    (False, True, False, True),
    (False, True, False, False),
    (False, False, False, True),
    (False, False, False, False),
)


def _arranged(wanted: Sizes, rows: int, row_label: float, *, top: bool, heading: bool, before: bool) -> Plan | None:
    """Lay one arrangement out; None where it has no room. What is left over goes to the call of now."""
    code, label = wanted.code, wanted.label
    cell_plate = max(116 * code / CODE_DRAWN, label / _PLATE)
    cell_w = _LIST_EM * code + _WIDE_PLATE * cell_plate + 2 * INSET + 4
    columns = min(3, int((_INNER + 16) // (cell_w + 16)))
    cell_h = 0.88 * code
    list_h = rows * cell_h + (rows - 1) * 8
    line = _LINE * label
    top_h = line + _GAP if top else 0.0
    before_h = line if before else 0.0
    row_h = 2.52 * row_label
    heading_h = line if heading else 0.0
    taken = 2 * _EDGE + (top_h + 10 if top else 0) + before_h + 4 + list_h + (row_h + _EDGE if row_label else 0) + _GAP
    call_h = HEIGHT - taken
    plate_least = label / _PLATE
    margin = 0 if heading else 2 * _GAP
    now = min(
        (call_h - heading_h - margin) / _CODE,
        # Room is left for a plate of two digits and for the arrow.
        (_INNER - _WIDE_PLATE * plate_least - 300) / _NOW_EM,
        max(NOW_DRAWN, code),
    )
    if columns == 0 or now < code:
        return None
    # What the panel cannot use is shared out above and below it by the page's own white.
    call_h = min(call_h, heading_h + _CODE * now + max(margin, _GAP))
    plate = max(plate_least, min(262.0, 0.708 * now, (_INNER - _NOW_EM * now - 300) / _WIDE_PLATE))
    plate_x = min(2.7 * now, _INNER - _WIDE_PLATE * plate - 230)
    plate_w = max((_INNER - plate_x) * 0.515, _WIDE_PLATE * plate + 30)
    way_x = plate_x + plate_w
    spare = HEIGHT - taken - call_h
    call_y = _EDGE + (top_h + 10 if top else 0) + spare / 4
    before_y = call_y + call_h + _GAP + spare / 4
    list_y = before_y + before_h + 4 + (0 if before_h else spare / 4)
    return Plan(
        code=code,
        label=label,
        top_h=top_h,
        call_y=call_y,
        call_h=call_h,
        heading_h=heading_h,
        now=now,
        plate=plate,
        plate_x=plate_x,
        way=min(232.0, _INNER - way_x - 40),
        way_x=way_x,
        before_y=before_y,
        before_h=before_h,
        list_y=list_y,
        both=plate_x >= 13 * label + 90,
        cell_w=cell_w,
        cell_gap=(_INNER + 16) / columns - cell_w,
        cell_h=cell_h,
        cell_plate=cell_plate,
        columns=columns,
        rows=rows,
        row_y=HEIGHT - _EDGE - row_h if row_label else 0.0,
        row_h=row_h,
        row_label=row_label,
        steps=min(3, int(_INNER // (13 * row_label))) if row_label else 0,
    )
