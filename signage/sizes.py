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
INNER = 1824
_EDGE = 14
_GAP = 12
#: Between two rows of calls.
ROW_GAP = 8
#: A number on its plate: font size by height of the plate.
_PLATE = 0.7
#: Height of one line of a label, and of a code, by font size.
_LINE, _CODE = 1.39, 0.86
#: Width of the widest code ("D 042") in the list and in the panel, and of a plate with two digits by its height.
LIST_EM, _NOW_EM, WIDE_PLATE = 2.12, 2.35, 1.134
#: Width of a letter of a usual text by font size: lines that are a little wider are written a little smaller.
_LETTER = 0.54
#: Heights of the row and the list by font size, and of the line of an announcement: they are lower beside it.
_ROW, _CELL = 2.52, 0.88
_ROW_BESIDE, _CELL_BESIDE, _NOTE = 2.15, 0.862, 2.1
#: The call of now stands out from those before, where there is room.
STANDS_OUT = 1.25


class Sizes(msgspec.Struct, frozen=True):
    """Font sizes: ``code`` of tickets, ``label`` of everything else; never smaller than drawn."""

    code: float = CODE_DRAWN
    label: float = LABEL_DRAWN


class SizePlan(msgspec.Struct, frozen=True):
    """Where everything stands. A height of 0: there is no room for it.

    ``top``: name and clock. ``call``: the panel of now with its ``heading``, which has room for English beside another
    language where ``both``; ``now`` is the font of its code, ``plate`` and ``way`` sizes whose parts begin at
    ``plate_x`` and ``way_x``. ``before``: the heading of the list. ``cell``: one call of it. ``row``: who waits, in so
    many ``steps``, in letters of ``row_label``. ``note``: one line of an announcement, in letters of ``note_label``.
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
    note_y: float
    note_h: float
    note_label: float

    @property
    def calls(self) -> int:
        """How many calls fit in the list."""
        return self.columns * self.rows

    @property
    def note_room(self) -> int:
        """How many letters of a usual text fit in the line of an announcement."""
        return int((WIDTH - 2 * 56 - 2 * self.note_label) / (_LETTER * self.note_label)) if self.note_label else 0


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


def plan(wanted: Sizes, *, notice: bool = False) -> SizePlan:
    """Arrange the board: the richest arrangement that has room for letters of this size.

    ``notice``: an announcement is shown, in a line of its own at the foot. It covers nothing, and whatever stands
    without it stands beside it: where its letters and those of the row have no room they are as small as drawn.

    Raises:
        SizeError: not even two calls have room, the one of now and one before.
    """
    if not notice:
        found = _richest(wanted, wanted.label, 0.0, _ARRANGEMENTS)
    else:
        arrangements = tuple(one for one in _ARRANGEMENTS if one[3] or not plan(wanted).row_h)
        found = _richest(wanted, wanted.label, wanted.label, arrangements) or _richest(
            wanted, LABEL_DRAWN, LABEL_DRAWN, arrangements
        )
    if found is not None:
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


def _arranged(
    wanted: Sizes, rows: int, labels: tuple[float, float], *, top: bool, heading: bool, before: bool
) -> SizePlan | None:
    """Lay one arrangement out; None where it has no room. What is left over goes to the call of now.

    ``labels``: letters of the row and of the announcement, 0 where there is none.
    """
    code, label = wanted.code, wanted.label
    row_label, note_label = labels
    row_em, cell_em = (_ROW_BESIDE, _CELL_BESIDE) if note_label else (_ROW, _CELL)
    cell_plate = max(116 * code / CODE_DRAWN, label / _PLATE)
    cell_w = LIST_EM * code + WIDE_PLATE * cell_plate + 2 * INSET + 4
    columns = min(3, int((INNER + 16) // (cell_w + 16)))
    cell_h = cell_em * code
    list_h = rows * cell_h + (rows - 1) * ROW_GAP
    line = _LINE * label
    top_h = line + _GAP if top else 0.0
    before_h = line if before else 0.0
    row_h = row_em * row_label
    note_h = _NOTE * note_label
    heading_h = line if heading else 0.0
    # An announcement ends at the edge of the screen; without one there is the page's own white.
    foot = note_h + _GAP if note_label else _EDGE
    taken = (
        _EDGE + (top_h + 10 if top else 0) + before_h + 4 + list_h + (row_h + _EDGE if row_label else 0) + _GAP + foot
    )
    call_h = HEIGHT - taken
    plate_least = label / _PLATE
    margin = 0 if heading else 2 * _GAP
    now = min(
        (call_h - heading_h - margin) / _CODE,
        # Room is left for a plate of two digits and for the arrow.
        (INNER - WIDE_PLATE * plate_least - 300) / _NOW_EM,
        max(NOW_DRAWN, code),
    )
    if columns == 0 or now < code:
        return None
    # What the panel cannot use is shared out above and below it by the page's own white.
    call_h = min(call_h, heading_h + _CODE * now + max(margin, _GAP))
    plate = max(plate_least, min(262.0, 0.708 * now, (INNER - _NOW_EM * now - 300) / WIDE_PLATE))
    plate_x = min(2.7 * now, INNER - WIDE_PLATE * plate - 230)
    plate_w = max((INNER - plate_x) * 0.515, WIDE_PLATE * plate + 30)
    way_x = plate_x + plate_w
    spare = HEIGHT - taken - call_h
    call_y = _EDGE + (top_h + 10 if top else 0) + spare / 4
    before_y = call_y + call_h + _GAP + spare / 4
    list_y = before_y + before_h + 4 + (0 if before_h else spare / 4)
    return SizePlan(
        code=code,
        label=label,
        top_h=top_h,
        call_y=call_y,
        call_h=call_h,
        heading_h=heading_h,
        now=now,
        plate=plate,
        plate_x=plate_x,
        way=min(232.0, INNER - way_x - 40),
        way_x=way_x,
        before_y=before_y,
        before_h=before_h,
        list_y=list_y,
        both=plate_x >= 13 * label + 90,
        cell_w=cell_w,
        cell_gap=(INNER + 16) / columns - cell_w,
        cell_h=cell_h,
        cell_plate=cell_plate,
        columns=columns,
        rows=rows,
        row_y=HEIGHT - foot - row_h if row_label else 0.0,
        row_h=row_h,
        row_label=row_label,
        steps=min(3, int(INNER // (13 * row_label))) if row_label else 0,
        note_y=HEIGHT - note_h if note_label else 0.0,
        note_h=note_h,
        note_label=note_label,
    )


def _richest(
    wanted: Sizes, row_label: float, note_label: float, arrangements: tuple[tuple[bool, bool, bool, bool], ...]
) -> SizePlan | None:
    """Find the first arrangement that has room, with two rows of calls before one."""
    rich = [(rows, *shown) for rows in (2, 1) for shown in arrangements if rows == 1 or shown[0]]
    for least, (rows, top, heading, before, row) in product((STANDS_OUT, 1.0), rich):
        labels = (row_label if row else 0.0, note_label)
        found = _arranged(wanted, rows, labels, top=top, heading=heading, before=before)
        if found is not None and found.now >= min(wanted.code * least, max(NOW_DRAWN, wanted.code)):
            return found
    return None
