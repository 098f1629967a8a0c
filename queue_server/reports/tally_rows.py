"""A tally as a row of ``report_tallies``, and back. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from queue_server.eventlog.projection import Row
from queue_server.reports.durations import packed, unpacked
from queue_server.reports.tally import COUNTS, DURATIONS, Key, Tally

#: Where the sum of each sort of duration stands.
TOTALS: Final = {
    "waits": "waited_s",
    "walks": "walked_s",
    "services": "served_s",
    "stays": "stayed_s",
    "first_waits": "first_waited_s",
}


def row_of(key: Key, tally: Tally) -> Row:
    """Give the row of a tally, without its day."""
    dimension, name = key
    row: dict[str, Any] = {"dimension": dimension.value, "key": name}
    row |= {count: getattr(tally, count) for count in COUNTS}
    for durations in DURATIONS:
        found = getattr(tally, durations)
        row[TOTALS[durations]], row[durations] = found.total_s, packed(found.bins)
    return row


def tally_of(row: Mapping[Any, Any]) -> Tally:
    """Read the tally of a row."""
    fields: dict[str, Any] = {count: row[count] for count in COUNTS}
    fields |= {name: unpacked(row[name], row[TOTALS[name]]) for name in DURATIONS}
    return Tally(**fields)
