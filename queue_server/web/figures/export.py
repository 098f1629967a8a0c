"""What the pages show, as CSV (RFC 4180): numbers and ids, one header in English, the same in every language. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Final

from queue_server.domain.values import Micros, to_datetime
from queue_server.web.figures.flow_picture import ways
from queue_server.web.figures.reading import FiguresData, VisitsData

#: What a spreadsheet takes for a formula at the beginning of a cell.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def steps_csv(data: FiguresData) -> str:
    head = ("step", "waits", "promised", "kept", "wait_p50_min", "wait_p90_min", "service_p50_min", "service_p90_min")
    return _written(
        head,
        (
            (
                *(step, one.waits.count, one.judged, one.kept),
                *(times.percentile_min(percent) for times in (one.waits, one.services) for percent in (50, 90)),
            )
            for step, one in sorted(data.steps.items())
        ),
    )


def ways_csv(data: FiguresData) -> str:
    head = ("from_kind", "from", "to_kind", "to", "visits")
    return _written(head, ((*one.start, *one.end, one.visits) for one in ways(data.flows)))


def visits_csv(data: VisitsData) -> str:
    head = (
        "day",
        "ticket",
        "visit",
        "service",
        "category",
        "source",
        "issued_at",
        "first_called_at",
        "ended_at",
        "outcome",
        "steps",
        "reprints",
    )
    return _written(
        head,
        (
            (
                *(
                    one.day,
                    data.codes.get((one.day, one.visit), ""),
                    one.visit,
                    one.service,
                    one.category,
                    one.source.value,
                ),
                *(_instant(at) for at in (one.issued_at, one.first_called_at, one.ended_at)),
                one.outcome.value,
                " ".join(stop.step for stop in data.stops.get(one.visit, ())),
                one.reprints,
            )
            for one in data.lines
        ),
    )


def _instant(at: Micros | None) -> str:
    return "" if at is None else f"{to_datetime(at).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> object:
    """Keep a spreadsheet from running what somebody has named a thing."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
