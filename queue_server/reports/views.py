"""Figures as messages of the API, and as a table for a spreadsheet. Pure."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from queue_server.contract import figures as m
from queue_server.reports.durations import Durations
from queue_server.reports.figures import GroupFigures, ServiceStandard
from queue_server.reports.tally import COUNTS, DURATIONS, Tally

#: What the API calls counts that pages speak of as promises.
_RENAMED: Final = {"judged": "calls_due", "kept": "calls_in_time"}
_NESTED: Final = (*DURATIONS, "standard")


def row_view(row: GroupFigures, standard: ServiceStandard | None = None) -> m.FiguresRow:
    """Show one row; ``standard`` is that of its service."""
    fields: dict[str, Any] = {name: getattr(row.tally, name) for name in COUNTS if name not in _RENAMED}
    fields |= {_RENAMED[name]: getattr(row.tally, name) for name in _RENAMED}
    fields |= {name: _durations(getattr(row.tally, name)) for name in DURATIONS}
    if standard is not None:
        within = standard.within(row.tally)
        fields["standard"] = m.StandardView(standard.minutes, standard.percent, within, standard.is_kept(row.tally))
    return m.FiguresRow(key=row.key, **fields, open_s=row.open_s, paused_s=row.paused_s, idle_s=row.idle_s)


def _durations(known: Durations) -> m.DurationsView:
    at = known.percentile_s
    mean = known.mean_s
    return m.DurationsView(known.count, None if mean is None else round(mean, 1), at(50), at(90), at(95))


def figures_csv(by: str, rows: Iterable[m.FiguresRow]) -> str:
    """Write rows as CSV (RFC 4180): a line each, under the names of their fields; ``waits_p90_s`` of what is within."""
    found = [_flat(by, row) for row in rows]
    names = list(_flat(by, _EMPTY))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def _flat(by: str, row: m.FiguresRow) -> Mapping[str, object]:
    flat: dict[str, object] = {}
    for name, value in msgspec.structs.asdict(row).items():
        if name == "key":
            flat[by] = value
        elif name == "standard":
            inside = _NO_STANDARD if value is None else msgspec.structs.asdict(value)
            flat |= {f"standard_{part}": one for part, one in inside.items()}
        elif name in _NESTED:
            flat |= {f"{name}_{part}": one for part, one in msgspec.structs.asdict(value).items()}
        else:
            flat[name] = value
    return flat


_NO_STANDARD: Final = dict.fromkeys(m.StandardView.__struct_fields__)
_EMPTY: Final = row_view(GroupFigures("", Tally()))
