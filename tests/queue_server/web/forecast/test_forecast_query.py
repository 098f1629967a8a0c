"""What an address asks: what was written is read again, and what makes no sense is left out."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import MultiDict

from queue_server.domain.values import MINUTE, CounterId, Micros, StepId
from queue_server.forecast.what_if import Absent, EverybodyComes, OneMore, PlanChange, Present
from queue_server.web.forecast.forecast_query import MAX_CHANGES, EdgeMove, query, read

INSTANTS = st.tuples(st.integers(0, 10**9), st.integers(1, 10**8)).map(
    lambda pair: (Micros(pair[0] * MINUTE), Micros((pair[0] + pair[1]) * MINUTE))
)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="~"), min_size=1, max_size=40)


@st.composite
def changes(draw: st.DrawFn) -> PlanChange:
    start, end = draw(INSTANTS)
    name = draw(NAMES)
    found: tuple[PlanChange, ...] = (
        OneMore(StepId(name), start, end),
        Present(CounterId(name), start, end),
        Absent(CounterId(name), start, end),
        EverybodyComes(),
    )
    return draw(st.sampled_from(found))


def asked(text: str) -> MultiDict[str]:
    return MultiDict(parse_qsl(text, keep_blank_values=True))


@given(st.lists(changes(), max_size=6), st.none() | NAMES.map(StepId))
def test_what_is_written_is_read_again(found: list[PlanChange], step: StepId | None) -> None:
    one = read(asked(query(found, step)))
    assert (one.changes, one.step, one.part, one.move) == (tuple(found), step, "day", None)


@given(st.lists(st.tuples(st.sampled_from(("change", "kind", "start", "end", "move", "step", "part")), st.text())))
def test_whatever_is_asked_is_read(fields: list[tuple[str, str]]) -> None:
    assert len(read(MultiDict(fields)).changes) <= MAX_CHANGES


@pytest.mark.parametrize(
    "text",
    [
        "change=more~papers~20~10",
        "change=more~papers~10~10",
        "change=more~papers~x~10",
        "change=more~papers~-1~10",
        "change=more~~1~10",
        "change=more~papers~1",
        "change=open~papers~1~10",
        "change=there~" + "c" * 101 + "~1~10",
        "change=away~c~1~99999999999",
        "kind=more~papers&start=20&end=10",
        "move=c~1",
        "move=~1~2",
        "move=c~1~x",
    ],
)
def test_what_makes_no_sense_is_left_out(text: str) -> None:
    found = read(asked(text))
    assert (found.changes, found.move) == ((), None)


def test_a_form_adds_one_more_and_an_edge_is_moved() -> None:
    found = read(asked("change=everybody&kind=away~c5&start=10&end=20&move=c5~20~30&part=week"))
    away = Absent(CounterId("c5"), Micros(10 * MINUTE), Micros(20 * MINUTE))
    assert found.changes == (EverybodyComes(), away)
    assert found.move == EdgeMove(CounterId("c5"), Micros(20 * MINUTE), Micros(30 * MINUTE))
    assert found.part == "week"


def test_nobody_asks_for_more_than_fits() -> None:
    assert len(read(MultiDict([("change", "everybody")] * 100)).changes) == MAX_CHANGES
