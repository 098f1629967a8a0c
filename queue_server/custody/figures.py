"""How many documents came into custody in a time, how many went back to people, and how long those were kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from queue_server.custody.tables import custody_items
from queue_server.custody.values import ItemState
from queue_server.domain.values import HOUR, CentreId, Micros

#: By what they can be counted: columns of the table of items.
COUNTED_BY = ("government", "kind")
#: How documents go back to people.
GONE = (ItemState.GIVEN_BACK, ItemState.HANDED_OVER)


class CustodyFigures(msgspec.Struct):
    """``handed_in`` came in a time; ``given_back`` and ``handed_over`` went in it, however long ago they came.

    ``kept`` is for how long each of these was in custody, in microseconds, the shortest first.
    """

    key: str
    handed_in: int = 0
    given_back: int = 0
    handed_over: int = 0
    kept: Sequence[int] = ()

    @property
    def mean_hours(self) -> float | None:
        """Their mean; None where none went."""
        return sum(self.kept) / len(self.kept) / HOUR if self.kept else None

    def percentile_hours(self, percent: int) -> float | None:
        """Give the shortest time that ``percent`` of 100 were not kept longer than; None where none went."""
        return self.kept[max(1, -(-percent * len(self.kept) // 100)) - 1] / HOUR if self.kept else None


def came_within(centre: CentreId, since: Micros, until: Micros) -> ColumnElement[bool]:
    """Say which documents of a centre were handed in from ``since`` up to ``until``."""
    c = custody_items.c
    return (c.centre == centre) & (c.received_at >= since) & (c.received_at < until)


def went_within(centre: CentreId, since: Micros, until: Micros, how: Iterable[ItemState]) -> ColumnElement[bool]:
    """Say which documents of a centre went in one of these ways from ``since`` up to ``until``."""
    c = custody_items.c
    # What has ended changes no more: since when it is so is when it went.
    return (c.centre == centre) & (c.state_since >= since) & (c.state_since < until) & c.state.in_(tuple(how))


def together(figures: Iterable[CustodyFigures]) -> CustodyFigures:
    """Count all of these as one, under no key."""
    them = tuple(figures)
    return CustodyFigures(
        "",
        sum(one.handed_in for one in them),
        sum(one.given_back for one in them),
        sum(one.handed_over for one in them),
        sorted(chain.from_iterable(one.kept for one in them)),
    )


def custody_figures(
    connection: Connection, centre: CentreId, since: Micros, until: Micros, by: str
) -> tuple[CustodyFigures, ...]:
    """Count the documents of a centre from ``since`` up to ``until`` by one of ``COUNTED_BY``, in the order of keys."""
    c = custody_items.c
    key = c[by]
    came = came_within(centre, since, until)
    found: dict[str, CustodyFigures] = {}
    for name, count in connection.execute(select(key, func.count()).where(came).group_by(key)):
        found[name] = CustodyFigures(name, handed_in=count)
    kept: defaultdict[str, list[int]] = defaultdict(list)
    for name, state, length in connection.execute(
        select(key, c.state, c.state_since - c.received_at).where(went_within(centre, since, until, GONE))
    ):
        one = found.setdefault(name, CustodyFigures(name))
        one.given_back += state == ItemState.GIVEN_BACK
        one.handed_over += state == ItemState.HANDED_OVER
        kept[name].append(length)
    for name, lengths in kept.items():
        found[name].kept = sorted(lengths)
    return tuple(found[name] for name in sorted(found))
