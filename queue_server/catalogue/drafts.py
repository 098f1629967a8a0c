"""The draft of a centre's next catalogue: one text, which administrators change together until it is put in force."""

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from queue_server.catalogue import planning, store
from queue_server.catalogue.errors import CatalogueDraftChangedError, CentreNotSetUpError
from queue_server.catalogue.model import Setup
from queue_server.catalogue.tables import centres
from queue_server.catalogue.version_tables import catalogue_drafts as t
from queue_server.domain.values import Actor, CentreId, Micros, new_id


class CatalogueDraft(msgspec.Struct, frozen=True):
    """``revision`` names the text as it now stands; it was begun when version ``base`` was in force.

    ``actor`` changed it last, ``at`` that time.
    """

    centre: CentreId
    revision: str
    base: int
    at: Micros
    actor: Actor
    text: str


def find(connection: Connection, centre: CentreId) -> CatalogueDraft | None:
    row = connection.execute(select(t).where(t.c.centre == centre)).mappings().one_or_none()
    return None if row is None else _draft(row)


def save(
    connection: Connection, centre: CentreId, text: str, *, revision: str, actor: Actor, at: Micros
) -> CatalogueDraft:
    """Store a text in place of the ``revision`` that was changed; "" begins a draft.

    Raises:
        CentreNotSetUpError: there is no such centre.
        CatalogueDraftChangedError: somebody else has changed, begun or dropped it since.
    """
    before = _taken(connection, centre, revision)
    base = store.version(connection, centre) or 0 if before is None else before.base
    one = CatalogueDraft(centre, new_id(), base, at, actor, text)
    connection.execute(delete(t).where(t.c.centre == centre))
    connection.execute(insert(t), [msgspec.structs.asdict(one)])
    return one


def drop(connection: Connection, centre: CentreId, *, revision: str) -> None:
    """Throw a draft away; raises as ``save`` does."""
    _taken(connection, centre, revision)
    connection.execute(delete(t).where(t.c.centre == centre))


def put_in_force(
    connection: Connection, setup: Setup, text: str, *, revision: str, over: int, actor: Actor, at: Micros
) -> int:
    """Put a draft, which says ``setup``, in force over the version ``over``; returns the number of its version.

    Raises:
        CatalogueDraftChangedError: it is another one since.
        CatalogueChangedError: another version is in force since.
    """
    drop(connection, setup.centre.id, revision=revision)
    return store.put_in_force(connection, setup, text, over=over, actor=actor, at=at).version


def plan(
    connection: Connection, setup: Setup, text: str, *, revision: str, from_day: date, actor: Actor, at: Micros
) -> None:
    """Let a draft count from a day to come.

    Raises:
        CatalogueDraftChangedError: it is another one since.
        CatalogueDayPastError: the day has begun.
    """
    drop(connection, setup.centre.id, revision=revision)
    planning.plan(connection, setup, text, from_day=from_day, actor=actor, now=at)


def _taken(connection: Connection, centre: CentreId, revision: str) -> CatalogueDraft | None:
    """Take the draft for oneself until the end of the transaction, as the one with this revision."""
    # Two who begin one wait for each other at the row of the centre.
    here = select(centres.c.id).where(centres.c.id == centre).with_for_update()
    if connection.execute(here).scalar_one_or_none() is None:
        raise CentreNotSetUpError(centre=centre)
    before = find(connection, centre)
    if revision != ("" if before is None else before.revision):
        raise CatalogueDraftChangedError(centre=centre)
    return before


def _draft(row: Any) -> CatalogueDraft:
    return CatalogueDraft(row["centre"], row["revision"], row["base"], row["at"], row["actor"], row["text"])
