"""Statements of checklists: synchronous, on a ``Connection``. The stream is the truth, the table finds it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from queue_server.domain.values import VisitId
from queue_server.eventlog.aggregate import Aggregate
from queue_server.eventlog.codec import encode
from queue_server.eventlog.projection import Projection, Row
from queue_server.requirements.events import CODEC
from queue_server.requirements.model import Checklist, evolve
from queue_server.requirements.tables import checklists


def _rows(checklist: Checklist) -> Mapping[str, Sequence[Row]]:
    row = {
        "visit": checklist.visit,
        "centre": checklist.centre,
        "changed_at": checklist.changed_at,
        "seq": checklist.seq,
        "folded": encode(checklist),
    }
    return {checklists.name: (row,)}


_DECODER: Final = msgspec.json.Decoder(Checklist)

CHECKLISTS: Final = Aggregate("checklist", CODEC, evolve, Projection("checklists", 1, {checklists: "visit"}, _rows))


def of_visits(connection: Connection, visits: Iterable[VisitId]) -> tuple[Checklist, ...]:
    """Read what was said of some visits, in the order asked for; those of which nothing was are left out."""
    wanted = tuple(visits)
    c = checklists.c
    found = {
        one.visit: _DECODER.decode(one.folded)
        for one in connection.execute(select(c.visit, c.folded).where(c.visit.in_(wanted)))
    }
    return tuple(found[visit] for visit in wanted if visit in found)
