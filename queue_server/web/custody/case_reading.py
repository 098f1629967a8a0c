"""Reads cases for the custody desk: applications with their items. Synchronous, on a ``Connection``."""

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from queue_server.accounts import staff_store
from queue_server.applications import store
from queue_server.applications.model import Application
from queue_server.applications.store import APPLICATIONS
from queue_server.applications.tables import applications
from queue_server.custody import store as custody
from queue_server.custody.bag_model import Bag
from queue_server.custody.model import Item
from queue_server.custody.tables import custody_bags
from queue_server.custody.values import BagState
from queue_server.domain.values import Actor, ApplicationId, ApplicationState, CentreId, Micros, Reference
from queue_server.eventlog import statements
from queue_server.eventlog.port import Event
from queue_server.web.custody.custody_query import CustodyQuery
from queue_server.web.custody.reading import MAX_ROWS, Named, named

#: Cases of these are over: they stand in the list only where they are asked for.
OVER = (ApplicationState.HANDED_OVER, ApplicationState.WITHDRAWN)


class StageCount(msgspec.Struct, frozen=True):
    """How many cases are in a state, and since when the oldest of them is open."""

    stage: ApplicationState
    count: int
    oldest: Micros


class CaseHistory(msgspec.Struct, frozen=True):
    """What happened to a case, and the names of those who did it."""

    case: Application
    events: tuple[Event, ...]
    names: Mapping[Actor, str]


class CasesRead(msgspec.Struct, frozen=True):
    """Cases that fit what was asked for, with their items, and the one that was chosen."""

    counts: tuple[StageCount, ...]
    cases: tuple[Application, ...]
    found: int
    items: Mapping[ApplicationId, tuple[Item, ...]]
    chosen: CaseHistory | None
    open_bags: tuple[Bag, ...]
    named: Named


def cases(connection: Connection, centre: CentreId, asked: CustodyQuery) -> CasesRead:
    """Read the case list; those that have been open longest come first, which are those whose deadline is next too."""
    c = applications.c
    found = c.state == asked.stage if asked.stage else c.state.not_in(OVER)
    which: list[ColumnElement[bool]] = [c.centre == centre, found]
    if asked.government:
        which.append(c.government == asked.government)
    if asked.service:
        which.append(c.service == asked.service)
    ordered = select(c.id).where(*which).order_by(c.opened_at, c.id).offset(asked.skip).limit(MAX_ROWS)
    rows = store.some(connection, centre, [ApplicationId(one) for one in connection.execute(ordered).scalars()])
    total = connection.execute(select(func.count()).select_from(applications).where(*which)).scalar_one()
    chosen = store.by_reference(connection, centre, Reference(asked.case)) if asked.case else None
    wanted = (*rows, *([chosen] if chosen is not None else []))
    items = custody.of_applications(connection, centre, {one.id for one in wanted})
    return CasesRead(
        counts=_counts(connection, centre),
        cases=rows,
        found=int(total),
        items={one.id: tuple(item for item in items if item.application == one.id) for one in wanted},
        chosen=None if chosen is None else _history(connection, chosen),
        open_bags=custody.bags(connection, centre, custody_bags.c.state == BagState.OPEN),
        named=named(connection, centre, items),
    )


def _counts(connection: Connection, centre: CentreId) -> tuple[StageCount, ...]:
    c = applications.c
    by_state = select(c.state, func.count(), func.min(c.opened_at)).where(c.centre == centre).group_by(c.state)
    return tuple(StageCount(ApplicationState(row[0]), row[1], Micros(row[2])) for row in connection.execute(by_state))


def _history(connection: Connection, case: Application) -> CaseHistory:
    events: Sequence[Event] = statements.read(connection, APPLICATIONS.stream(case.id), 0, None)
    return CaseHistory(case, tuple(events), staff_store.names(connection, {event.actor for event in events}))
