"""Letters are as large as the farthest seat needs, and whatever is shown with them has room."""

import re
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.kit.tokens import table
from signage.errors import SizeError
from signage.filling import filled
from signage.sizes import CAPITAL, HEIGHT, SizePlan, Sizes, font_px, pitch_mm, plan, sizes


def test_a_code_seen_from_six_metres_on_43_inches_has_207_pixels() -> None:
    pitch = pitch_mm(43, 1920, 1080)
    assert pitch == pytest.approx(0.496, abs=0.001)
    assert font_px(12.2, 6, pitch) == pytest.approx(206.8, abs=0.1)
    assert font_px(12.2, 6, pitch) * CAPITAL * pitch == pytest.approx(73.2)


def test_the_board_as_drawn_is_that_of_the_tokens() -> None:
    drawn, laid = table("type", "board"), plan(Sizes())
    assert (laid.code, laid.label) == (drawn["code_list"]["px"], drawn["label"]["px"])
    assert laid.now == pytest.approx(drawn["code_now"]["px"], abs=0.5)
    assert table("meta")["font_cap_ratio"] == CAPITAL
    assert (laid.calls, laid.steps, laid.both) == (6, 3, True)
    assert min(laid.top_h, laid.heading_h, laid.before_h, laid.row_h) > 0


def test_without_a_distance_the_board_is_as_drawn_and_letters_are_never_smaller() -> None:
    assert sizes(0, 43, 1920, 1080) == Sizes()
    assert sizes(1, 98, 1920, 1080) == Sizes()


@given(st.floats(4, 20), st.floats(24, 98))
def test_more_pixels_or_a_ruler_change_nothing_of_what_is_seen(distance: float, diagonal: float) -> None:
    coarse, fine = sizes(distance, diagonal, 1920, 1080), sizes(distance, diagonal, 3840, 2160)
    measured = sizes(distance, diagonal, 3840, 2160, scale=2.0)
    assert coarse.code == pytest.approx(fine.code) == pytest.approx(measured.code)
    assert coarse.label == pytest.approx(fine.label)


@pytest.mark.parametrize(
    ("diagonal", "calls"),
    [(32, (4, 2, 1, 0)), (43, (6, 4, 1, 1)), (55, (6, 6, 2, 1)), (75, (6, 6, 4, 4))],
)
def test_the_table_of_screens(diagonal: float, calls: tuple[int, ...]) -> None:
    """How many calls stand in the list beside that of now, for 4, 6, 9 and 12 m; 0 is refused."""
    found = []
    for distance in (4, 6, 9, 12):
        try:
            found.append(plan(sizes(distance, diagonal, 1920, 1080)).calls)
        except SizeError:
            found.append(0)
    assert tuple(found) == calls


def test_a_screen_too_small_for_its_hall_is_refused_with_what_would_be_needed() -> None:
    with pytest.raises(SizeError) as caught:
        plan(sizes(12, 32, 1920, 1080))
    assert caught.value.placeholders == {"code_px": "556", "label_px": "273"}


def parts(laid: SizePlan) -> list[tuple[float, float]]:
    """Top and bottom of everything that stands on the page, from above."""
    return [
        *([(14.0, 14 + laid.top_h)] if laid.top_h else []),
        (laid.call_y, laid.call_y + laid.call_h),
        *([(laid.before_y, laid.before_y + laid.before_h)] if laid.before_h else []),
        (laid.list_y, laid.list_y + laid.rows * laid.cell_h + (laid.rows - 1) * 8),
        *([(laid.row_y, laid.row_y + laid.row_h)] if laid.row_h else []),
        *([(laid.note_y, laid.note_y + laid.note_h)] if laid.note_h else []),
    ]


@given(st.floats(208, 700), st.floats(46, 400), st.booleans(), st.none() | st.integers(0, 6))
def test_nothing_covers_anything_whatever_the_letters(
    code: float, label: float, notice: bool, calls: int | None
) -> None:
    try:
        laid = plan(Sizes(code, label), notice=notice)
    except SizeError:
        assume(False)
        raise
    if calls == 0:
        panel = filled(laid, 0)
        assert panel.call_y + panel.call_h <= min(y for y in (panel.row_y, panel.note_y, HEIGHT) if y) + 0.01
        return
    if calls is not None:
        whole, laid = laid, filled(laid, min(calls, laid.calls))
        assert laid.calls >= min(calls, whole.calls)
        assert laid.code >= whole.code
        assert laid.now == whole.now
    edges = [edge for part in parts(laid) for edge in part]
    assert all(later - earlier > -0.01 for earlier, later in pairwise(edges))
    assert edges[-1] <= HEIGHT
    assert laid.calls >= 1
    assert laid.now >= code
    assert min(laid.plate, laid.cell_plate) * 0.7 >= label - 0.01
    assert laid.columns * laid.cell_w + (laid.columns - 1) * laid.cell_gap <= 1824.01
    assert laid.plate_x >= 2.35 * laid.now
    assert laid.way_x + laid.way <= 1824
    assert laid.way_x - laid.plate_x >= laid.plate * 1.13
    assert (laid.note_h > 0) is notice


@given(st.floats(208, 700), st.floats(46, 400))
def test_an_announcement_takes_the_place_of_nothing(code: float, label: float) -> None:
    # A code is read from farther away than the words beside it.
    wanted = Sizes(code, min(code, label))
    try:
        told, alone = plan(wanted, notice=True), plan(wanted)
    except SizeError:
        assume(False)
        raise
    assert (told.row_h > 0) >= (alone.row_h > 0)
    assert told.note_room >= 8


def test_few_calls_fill_the_board_as_many_do() -> None:
    drawn = plan(Sizes())
    assert [(one.columns, one.rows) for one in (filled(drawn, calls) for calls in range(1, 7))] == [
        (1, 1), (2, 1), (3, 1), (3, 2), (3, 2), (3, 2),
    ]  # fmt: skip
    assert filled(drawn, 1).code == filled(drawn, 2).code == pytest.approx(drawn.now / 1.25)
    assert filled(drawn, 6) == drawn
    # Before the first call of a day the panel of now has the whole room.
    assert filled(drawn, 0).call_h > 800


@given(st.floats(1, 20), st.floats(24, 98))
def test_farther_seats_never_get_smaller_letters_nor_more_calls(distance: float, diagonal: float) -> None:
    near, far = (sizes(metres, diagonal, 1920, 1080) for metres in (distance, distance * 1.3))
    assert far.code >= near.code
    try:
        assert plan(far).calls <= plan(near).calls
    except SizeError:
        with pytest.raises(SizeError):
            plan(msgspec.structs.replace(far, code=far.code * 1.1))


def test_the_table_of_the_documents_is_that_of_the_code() -> None:
    text = (Path(__file__).parents[2] / "docs" / "technician.md").read_text(encoding="utf-8")
    rows = re.findall(r'^\| (\d+)" \| (.+) \|$', text, re.MULTILINE)
    assert len(rows) == 4
    for diagonal, cells in rows:
        for distance, cell in zip((4, 6, 9, 12), cells.split(" | "), strict=True):
            letters = sizes(distance, float(diagonal), 1920, 1080)
            if cell == "-":
                with pytest.raises(SizeError):
                    plan(letters)
            else:
                assert plan(letters).calls == int(cell)
