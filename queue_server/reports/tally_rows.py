"""A row of ``report_tallies`` as the tally that it was. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from queue_server.reports.durations import unpacked
from queue_server.reports.tally import COUNTS, DURATIONS, Tally

#: Where the sum of each sort of duration stands.
TOTALS: Final = {
    "waits": "waited_s",
    "waits_in_vain": "waited_in_vain_s",
    "walks": "walked_s",
    "services": "served_s",
    "stays": "stayed_s",
    "first_waits": "first_waited_s",
}


def tally_of(row: Mapping[Any, Any]) -> Tally:
    """Read the tally of a row."""
    fields: dict[str, Any] = {count: row[count] for count in COUNTS}
    fields |= {name: unpacked(row[name], row[TOTALS[name]]) for name in DURATIONS}
    return Tally(**fields)
