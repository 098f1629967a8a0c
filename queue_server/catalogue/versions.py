"""What the catalogue of a centre was, version by version: who put which text in force, and when."""

from typing import Any

import msgspec
from sqlalchemy import Connection, insert, or_, select

from queue_server.catalogue.errors import CatalogueVersionUnknownError
from queue_server.catalogue.version_tables import catalogue_versions as t
from queue_server.domain.values import Actor, CentreId, Micros

#: Whoever may use the command line of the server.
SYSTEM = Actor("system")


class CatalogueVersion(msgspec.Struct, frozen=True):
    """``text`` is what was imported, with its comments; ``at`` is None where a release before has written it."""

    version: int
    at: Micros | None
    actor: Actor
    text: str


def record(connection: Connection, centre: CentreId, one: CatalogueVersion) -> None:
    """Keep a version for ever."""
    connection.execute(insert(t), [{"centre": centre, **msgspec.structs.asdict(one)}])


def history(
    connection: Connection, centre: CentreId, *, until: int | None = None, limit: int | None = None
) -> tuple[CatalogueVersion, ...]:
    """List what was in force, the newest first; no release before kept any but the last.

    ``until`` is the newest that is wanted, ``limit`` how many at most.
    """
    here = select(t).where(t.c.centre == centre)
    if until is not None:
        here = here.where(t.c.version <= until)
    found = connection.execute(here.order_by(t.c.version.desc()).limit(limit))
    return tuple(_version(one) for one in found.mappings())


def in_force(connection: Connection, centre: CentreId, since: Micros, until: Micros) -> tuple[CatalogueVersion, ...]:
    """List what was in force at any moment from ``since`` to ``until``, the newest first."""
    begun = select(t).where(t.c.centre == centre, or_(t.c.at.is_(None), t.c.at <= until))
    found: list[CatalogueVersion] = []
    for row in connection.execute(begun.order_by(t.c.version.desc())).mappings():
        found.append(_version(row))
        # It had been in force when that time began; those before it had ended.
        if found[-1].at is None or found[-1].at <= since:
            break
    return tuple(found)


def find(connection: Connection, centre: CentreId, version: int) -> CatalogueVersion | None:
    row = connection.execute(select(t).where(t.c.centre == centre, t.c.version == version)).mappings().one_or_none()
    return None if row is None else _version(row)


def get(connection: Connection, centre: CentreId, version: int) -> CatalogueVersion:
    """Give a version.

    Raises:
        CatalogueVersionUnknownError: it was not kept, or never was.
    """
    found = find(connection, centre, version)
    if found is None:
        raise CatalogueVersionUnknownError(centre=centre, version=version)
    return found


def _version(row: Any) -> CatalogueVersion:
    return CatalogueVersion(row["version"], row["at"], row["actor"], row["text"])
