"""The visits of a day by their ids, in the order in which they came.

A change gives other visits of a day and leaves these as they are, without a copy of all (``calling_order`` says why).

A map that shares its parts with the one that it came from has no order of its own, and screens list people as they
came: so the ids are kept beside it, in blocks.
"""

from collections.abc import ItemsView, Iterator, Mapping, Sequence, ValuesView
from itertools import chain
from typing import TYPE_CHECKING, Final, overload

from immutables import Map

from queue_server.domain.values import VisitId

if TYPE_CHECKING:
    from queue_server.queue.state import Visit

_FULL: Final = 96

_Ids = tuple[tuple[VisitId, ...], ...]


class Arrivals(Mapping[VisitId, "Visit"]):
    """Visits as they came, by id."""

    __slots__ = ("_by_id", "_ids")

    def __init__(self, by_id: "Map[VisitId, Visit] | None" = None, ids: _Ids = ()) -> None:
        self._by_id: Map[VisitId, Visit] = Map() if by_id is None else by_id
        self._ids = ids

    def __getitem__(self, visit: VisitId) -> "Visit":
        return self._by_id[visit]

    @overload
    def get(self, key: VisitId, /) -> "Visit | None": ...
    @overload
    def get[D](self, key: VisitId, default: D, /) -> "Visit | D": ...
    def get[D](self, key: VisitId, default: "D | None" = None, /) -> "Visit | D | None":
        return self._by_id.get(key, default)

    def __contains__(self, visit: object) -> bool:
        return visit in self._by_id

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[VisitId]:
        return chain.from_iterable(self._ids)

    def values(self) -> "ValuesView[Visit]":
        return _Values(self)

    def items(self) -> "ItemsView[VisitId, Visit]":
        return _Items(self)

    @classmethod
    def of(cls, visits: "Sequence[Visit]") -> "Arrivals":
        """Give visits that have come in this order."""
        ids = tuple(tuple(one.id for one in visits[first : first + _FULL]) for first in range(0, len(visits), _FULL))
        return cls(Map({one.id: one for one in visits}), ids)

    def put(self, visit: "Visit") -> "Arrivals":
        """Add a visit behind those who came, or put what it is now in its place."""
        by_id = self._by_id.set(visit.id, visit)
        if len(by_id) == len(self._by_id):
            return Arrivals(by_id, self._ids)
        if self._ids and len(self._ids[-1]) < _FULL:
            return Arrivals(by_id, (*self._ids[:-1], (*self._ids[-1], visit.id)))
        return Arrivals(by_id, (*self._ids, (visit.id,)))

    def without(self, visits: frozenset[VisitId]) -> "Arrivals":
        """Leave some out, whom there must be."""
        with self._by_id.mutate() as changing:
            for visit in visits:
                del changing[visit]
            by_id = changing.finish()
        blocks = (tuple(one for one in block if one not in visits) for block in self._ids)
        return Arrivals(by_id, tuple(block for block in blocks if block))


class _Values(ValuesView["Visit"]):
    """The general view asks for one after the other; pages go through all visits many times."""

    _mapping: Arrivals

    def __iter__(self) -> Iterator["Visit"]:
        return map(self._mapping._by_id.__getitem__, self._mapping)  # noqa: SLF001 - a view of this module's own


class _Items(ItemsView[VisitId, "Visit"]):
    _mapping: Arrivals

    def __iter__(self) -> Iterator[tuple[VisitId, "Visit"]]:
        return zip(self._mapping, self._mapping.values(), strict=True)
