"""Reads what figures say of documents in custody, and the documents behind a number. Nothing here writes."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select

from queue_server.custody.figures import COUNTED_BY, CustodyFigures, came_within, custody_figures, went_within
from queue_server.custody.tables import custody_items
from queue_server.custody.values import ENDED, ItemKind, ItemState
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import CentreId, Micros
from queue_server.web.custody.documents_query import DocumentMove, DocumentsQuery
from queue_server.web.figures.figures_query import FiguresQuery

#: Documents of a list at once.
ROWS: Final = 50
_STATES: Final = {
    DocumentMove.GIVEN_BACK: (ItemState.GIVEN_BACK,),
    DocumentMove.HANDED_OVER: (ItemState.HANDED_OVER,),
}


class DocumentLine(msgspec.Struct, frozen=True):
    """A document of a list: its label, and nothing of whose it is."""

    id: str
    label: int
    kind: ItemKind
    government: str
    state: ItemState
    received_at: Micros
    state_since: Micros

    @property
    def ended_at(self) -> Micros | None:
        """Say when it went; None while it is in custody."""
        return self.state_since if self.state in ENDED else None


class DocumentLines(msgspec.Struct, frozen=True):
    """A piece of a list; ``total`` is how long the whole is."""

    total: int
    lines: tuple[DocumentLine, ...]


def figures(
    connection: Connection, centre: CentreId, asked: FiguresQuery, rule: DayRule, today: date
) -> Mapping[str, tuple[CustodyFigures, ...]]:
    """Count the documents of what is asked for, in each of the ways in which they are counted."""
    since, until = _span(asked, rule, today)
    return {by: custody_figures(connection, centre, since, until, by) for by in COUNTED_BY}


def documents(
    connection: Connection, centre: CentreId, asked: DocumentsQuery, rule: DayRule, today: date
) -> DocumentLines:
    """Read the documents behind a number, the last first."""
    c = custody_items.c
    since, until = _span(asked.of, rule, today)
    if asked.move is DocumentMove.HANDED_IN:
        which, at = [came_within(centre, since, until)], c.received_at
    else:
        which, at = [went_within(centre, since, until, _STATES[asked.move])], c.state_since
    if asked.government:
        which.append(c.government == asked.government)
    if asked.kind:
        which.append(c.kind == asked.kind)
    total = connection.execute(select(func.count()).select_from(custody_items).where(*which)).scalar_one()
    names = DocumentLine.__struct_fields__
    columns = select(*(c[name] for name in names)).where(*which)
    found = connection.execute(columns.order_by(at.desc(), c.label.desc()).offset(asked.skip).limit(ROWS))
    lines = (msgspec.convert(dict(zip(names, row, strict=True)), DocumentLine) for row in found)
    return DocumentLines(int(total), tuple(lines))


def _span(asked: FiguresQuery, rule: DayRule, today: date) -> tuple[Micros, Micros]:
    wanted = asked.period(today)
    return rule.starts_at(wanted.first_day), rule.starts_at(wanted.after().first_day)
