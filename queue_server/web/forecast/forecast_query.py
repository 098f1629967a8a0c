"""What is asked for in the address of the page: changes of today's plan, the step that is looked at. Pure.

Instants are minutes since 1970. ``change`` may stand there several times: ``more~STEP~START~END``,
``there~COUNTER~START~END``, ``away~COUNTER~START~END`` or ``everybody``. A form adds one more by ``kind``, ``start``
and ``end``; ``move=COUNTER~EDGE~TO`` moves the edge of a bar. What makes no sense is left out.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, Protocol
from urllib.parse import urlencode

import msgspec

from queue_server.domain.values import MINUTE, CounterId, Micros, StepId
from queue_server.forecast.what_if import Absent, EverybodyComes, OneMore, PlanChange, Present

ForecastPart = Literal["day", "week"]
#: Nobody thinks of more at once, and each takes its time.
MAX_CHANGES: Final = 24
_MAX_NAME: Final = 100
_MAX_DIGITS: Final = 10
_MOVE: Final = 3
_CHANGE: Final = 4


class EdgeMove(msgspec.Struct, frozen=True):
    """The edge of a bar is dragged to another instant."""

    counter: CounterId
    edge: Micros
    to: Micros


class ForecastQuery(msgspec.Struct, frozen=True):
    """``step`` None: the whole centre; ``move`` is still to be made of ``changes``; ``beside`` is a kept plan's id."""

    changes: tuple[PlanChange, ...] = ()
    step: StepId | None = None
    part: ForecastPart = "day"
    move: EdgeMove | None = None
    beside: str = ""


class QueryFields(Protocol):
    """The fields of an address, some of which stand there several times."""

    def getall(self, key: str, default: list[str]) -> Sequence[str]: ...

    def get(self, key: str, default: str) -> str: ...


def read(fields: QueryFields) -> ForecastQuery:
    """Read an address."""
    texts = [*fields.getall("change", [])[:MAX_CHANGES]]
    if kind := fields.get("kind", ""):
        texts.append(f"{kind}~{fields.get('start', '')}~{fields.get('end', '')}")
    changes = tuple(change for text in texts if (change := _change(text)) is not None)
    step = fields.get("step", "")
    return ForecastQuery(
        changes[:MAX_CHANGES],
        StepId(step) if 0 < len(step) <= _MAX_NAME else None,
        "week" if fields.get("part", "") == "week" else "day",
        _move(fields.get("move", "")),
        fields.get("beside", "")[:_MAX_NAME],
    )


def _change(text: str) -> PlanChange | None:
    parts = text.split("~")
    if parts[0] == "everybody":
        return EverybodyComes()
    if len(parts) != _CHANGE or not 0 < len(parts[1]) <= _MAX_NAME:
        return None
    start, end = _instant(parts[2]), _instant(parts[3])
    if start is None or end is None or start >= end:
        return None
    named: dict[str, PlanChange] = {
        "more": OneMore(StepId(parts[1]), start, end),
        "there": Present(CounterId(parts[1]), start, end),
        "away": Absent(CounterId(parts[1]), start, end),
    }
    return named.get(parts[0])


def _move(text: str) -> EdgeMove | None:
    parts = text.split("~")
    if len(parts) != _MOVE or not 0 < len(parts[0]) <= _MAX_NAME:
        return None
    edge, to = _instant(parts[1]), _instant(parts[2])
    return None if edge is None or to is None else EdgeMove(CounterId(parts[0]), edge, to)


def _instant(text: str) -> Micros | None:
    return Micros(int(text) * MINUTE) if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS else None


def minute(at: int) -> str:
    """Write an instant as addresses do."""
    return str(at // MINUTE)


def written(change: PlanChange) -> str:
    """Write what ``read`` reads."""
    match change:
        case OneMore(step, start, end):
            return f"more~{step}~{minute(start)}~{minute(end)}"
        case Present(counter, start, end):
            return f"there~{counter}~{minute(start)}~{minute(end)}"
        case Absent(counter, start, end):
            return f"away~{counter}~{minute(start)}~{minute(end)}"
        case EverybodyComes():
            return "everybody"


def query(changes: Iterable[PlanChange], step: StepId | None = None, beside: str = "") -> str:
    """Write the query of an address."""
    fields = [("change", written(one)) for one in changes]
    fields += [("step", step)] if step is not None else []
    return urlencode([*fields, *([("beside", beside)] if beside else [])])


def address(changes: Iterable[PlanChange], step: StepId | None = None, beside: str = "") -> str:
    found = query(changes, step, beside)
    return f"/manager/forecast?{found}" if found else "/manager/forecast"
