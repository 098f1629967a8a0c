import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, assume, given, settings
from msgspec import json
from msgspec.structs import replace
from sqlalchemy import Connection, StaticPool, create_engine, func, null, select, update

from queue_server.catalogue import api as routes
from queue_server.catalogue import model, store, tables, toml
from queue_server.catalogue.cache import Catalogues
from queue_server.catalogue.errors import CatalogueError, CentreNotSetUpError
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.domain.values import CentreId, Micros, to_micros
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from queue_server.tables import metadata
from tests.queue_server.catalogue.strategies import setups

DEMO, HARBOUR = store.demo_catalogues()
DEMO_ID, HARBOUR_ID = CentreId("demo"), CentreId("harbour")
NOON = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)


def _import_demo(connection: Connection) -> None:
    for text in (DEMO, HARBOUR):
        store.import_catalogue(connection, text)


async def test_a_catalogue_is_read_as_it_was_written(log: SqlEventLog) -> None:
    await log.write(_import_demo)
    for text, centre in ((DEMO, DEMO_ID), (HARBOUR, HARBOUR_ID)):
        stored = await log.run(partial(store.load, centre=centre))
        assert stored == model.Stored(toml.parse(text), 1)
        exported = await log.run(partial(store.export_catalogue, centre=centre))
        assert exported is not None
        assert toml.parse(exported) == toml.parse(text)
    assert await log.run(store.centres) == (DEMO_ID, HARBOUR_ID)


@pytest.fixture(scope="module")
def harbour() -> Iterator[Connection]:
    """Give a database in memory with another centre in it; a test writes in a transaction and rolls back."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        metadata.create_all(connection)
        store.import_catalogue(connection, HARBOUR)
        connection.commit()
        yield connection
    engine.dispose()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(first=setups(), second=setups())
def test_an_import_replaces_all_of_its_centre_and_nothing_else(
    harbour: Connection, first: model.Setup, second: model.Setup
) -> None:
    assume(first.centre.id != HARBOUR_ID)
    other = store.load(harbour, HARBOUR_ID)
    replacement = replace(second, centre=replace(second.centre, id=first.centre.id))
    try:
        assert store.save(harbour, first).version == 1
        assert store.load(harbour, first.centre.id) == model.Stored(first, 1)
        assert store.save(harbour, replacement).version == 2
        assert store.load(harbour, first.centre.id) == model.Stored(replacement, 2)
        assert store.load_settings(harbour, first.centre.id) == model.settings(model.Stored(replacement, 2))
        assert store.load(harbour, HARBOUR_ID) == other
    finally:
        harbour.rollback()


async def test_a_refused_import_changes_nothing(log: SqlEventLog) -> None:
    await log.write(_import_demo)
    with pytest.raises(CatalogueError):
        await log.write(lambda connection: store.import_catalogue(connection, DEMO.replace('"UTO"', '"XQQ"', 1)))
    assert await log.run(lambda connection: store.version(connection, DEMO_ID)) == 1


async def test_every_import_has_a_version_of_its_own(log: SqlEventLog) -> None:
    await log.write(_import_demo)
    versions = await asyncio.gather(
        *(log.write(lambda connection: store.import_catalogue(connection, DEMO).version) for _ in range(6))
    )
    assert sorted(versions) == [2, 3, 4, 5, 6, 7]
    counted = await log.run(
        lambda connection: connection.execute(
            select(func.count()).select_from(tables.services).where(tables.services.c.centre == DEMO_ID)
        ).scalar_one()
    )
    assert counted == len(toml.parse(DEMO).services)


async def test_an_older_release_takes_services_out_and_their_fees_with_them(log: SqlEventLog) -> None:
    """It knows no fees, so it leaves their rows where they are."""

    def take_out(connection: Connection) -> model.Stored | None:
        for table in (tables.service_steps, tables.services):
            named = table.c.service if "service" in table.c else table.c.id
            connection.execute(table.delete().where(table.c.centre == DEMO_ID, named == "uto-certified-copy"))
        return store.load(connection, DEMO_ID)

    await log.write(_import_demo)
    left = await log.write(take_out)
    assert left is not None
    assert {fee.service for fee in toml.parse(DEMO).fees} - {fee.service for fee in left.setup.fees} == {
        "uto-certified-copy"
    }
    toml.check(left.setup)


async def test_a_centre_that_was_set_up_before_addresses_has_none(log: SqlEventLog) -> None:
    await log.write(_import_demo)
    # As the migration leaves the rows of a release before.
    await log.write(lambda connection: connection.execute(update(tables.centres).values(address=null())))
    stored = await log.run(lambda connection: store.load(connection, DEMO_ID))
    assert stored is not None
    assert stored.setup.centre.address == {}


async def test_what_is_not_there_is_none(log: SqlEventLog) -> None:
    nowhere = CentreId("nowhere")
    assert await log.run(lambda connection: store.load(connection, nowhere)) is None
    assert await log.run(lambda connection: store.version(connection, nowhere)) is None
    assert await log.run(lambda connection: store.export_catalogue(connection, nowhere)) is None
    assert await log.run(lambda connection: store.load_settings(connection, nowhere)) is None
    assert await log.run(lambda connection: store.services_answer(connection, nowhere, NOON)) is None
    with pytest.raises(CentreNotSetUpError):
        await Catalogues(log).get(nowhere)


async def test_the_answer_is_all_that_a_kiosk_needs(log: SqlEventLog) -> None:
    await log.write(_import_demo)
    answer = await log.run(lambda connection: store.services_answer(connection, HARBOUR_ID, NOON))
    assert answer is not None
    setup = toml.parse(HARBOUR)
    assert answer.centre.id == HARBOUR_ID
    assert (answer.centre.zone, answer.centre.day_start, answer.centre.day) == (
        "America/Halifax",
        180,
        date(2026, 11, 25),
    )
    assert answer.centre.open_now
    assert answer.centre.address["fr"] == "27, rue du Port, Port-Exemple"
    assert answer.centre.week[4:] == (("08:30-13:00",), ("09:00-12:00",), ())
    night = await log.run(partial(store.services_answer, centre=HARBOUR_ID, now=NOON.replace(hour=6, minute=59)))
    assert night is not None
    assert (night.centre.day, night.centre.open_now) == (date(2026, 11, 24), False)
    assert [kind.icon for kind in answer.kinds] == [kind.icon for kind in setup.kinds]
    first = answer.services[0]
    assert (first.id, first.government, first.name["ar"]) == ("uto-passport-renewal", "UTO", "تجديد جواز سفر")
    assert [step.id for step in first.steps] == ["reception", "documents", "biometrics", "payment", "submission"]
    prices = {f"{fee.service} {fee.currency}": (fee.amount, fee.government, fee.waivable) for fee in answer.fees}
    assert prices["uto-passport-renewal CAD"] == (12_000, "UTO", False)
    assert prices["uto-permit-residence CAD"] == (9_500, "UTO", True)
    assert prices["xmr-passport-renewal JPY"] == (9_200, "XMR", False)
    assert prices["uto-emergency-funds CAD"][0] == 0
    assert not answer.pay_offline
    assert first.steps[2].place == {"en": "Room 3", "fr": "Salle 3", "ar": "الغرفة 3"}


class Clock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> Micros:
        return to_micros(self.moment)


async def test_the_route_answers_once_for_each_version_and_opening(log: SqlEventLog) -> None:
    await log.write(_import_demo)
    clock = Clock(NOON)
    app = web.Application()
    catalogues = Catalogues(log, clock)

    async def services(request: web.Request) -> web.Response:
        return await routes.services(request, catalogues)

    app.router.add_get("/centres/{centre}/services", services)
    async with TestClient(TestServer(app)) as client:
        first = await client.get("/centres/harbour/services")
        answer = json.decode(await first.read(), type=ServicesAnswer)
        assert (first.status, answer.version, answer.centre.open_now) == (200, 1, True)
        held = {"If-None-Match": first.headers["ETag"]}
        assert (await client.get("/centres/harbour/services", headers=held)).status == 304
        stale = {"If-None-Match": '"something-else"'}
        assert (await client.get("/centres/harbour/services", headers=stale)).status == 200
        clock.moment = NOON.replace(hour=23)
        closed = await client.get("/centres/harbour/services", headers=held)
        assert closed.status == 200
        assert not json.decode(await closed.read(), type=ServicesAnswer).centre.open_now
        clock.moment = NOON
        await log.write(lambda connection: store.import_catalogue(connection, HARBOUR))
        changed = await client.get("/centres/harbour/services", headers=held)
        assert json.decode(await changed.read(), type=ServicesAnswer).version == 2
