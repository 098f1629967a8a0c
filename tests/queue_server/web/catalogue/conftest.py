from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from queue_server.catalogue import planning, store, toml, versions
from queue_server.database import open_database, parse_url
from queue_server.domain.values import now_micros
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import Centre, run_aside

NAME = "Renew a passport"
DAY = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()


@pytest.fixture
def administrator(centre: Centre) -> Iterator[PageClient]:
    """Sign Vera Lindqvist in, without a browser."""
    with PageClient(centre) as signed_in:
        signed_in.enter("vera.lindqvist")
        yield signed_in


@pytest.fixture
def changed(centre: Centre) -> Centre:
    """Give a centre in whose second version a service is called otherwise, and others from a day on."""

    def change(connection: Connection) -> None:
        text = store.export_catalogue(connection, centre.id) or ""
        assert NAME in text
        store.import_catalogue(connection, text.replace(NAME, "A new passport"))
        later = text.replace(NAME, "Passports")
        planning.plan(
            connection,
            toml.parse(later),
            later,
            from_day=datetime.fromisoformat(DAY).date(),
            actor=versions.SYSTEM,
            now=now_micros(),
        )

    async def write() -> None:
        async with open_database(parse_url(None, centre.server.data)) as database:
            await database.write(change)

    run_aside(write())
    return centre
