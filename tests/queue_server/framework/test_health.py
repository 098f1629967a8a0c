"""Ready or not, and why; the figures."""

import asyncio
import re
import shutil
from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from queue_server.catalogue import store
from queue_server.database import open_database
from queue_server.domain.values import Micros, now_micros
from queue_server.framework.answer_tally import AnswerTally
from queue_server.framework.rooms import RoomCollection
from queue_server.maintenance import prepare
from queue_server.migrations import running
from queue_server.rooms import ROOMS
from queue_server.vault.key_ring import KeysMismatchError
from queue_server.vault.keys import init_keys
from tests.own_postgres import postgres  # noqa: F401 - a server that may be killed
from tests.postgres import Postgres
from tests.queue_server.house import TICKET, Client, House, Reply, house


async def ready(client: Client) -> Reply:
    return await client.get("/readyz")


async def becomes_ready(client: Client) -> None:
    """Wait until the server says so itself."""
    async with asyncio.timeout(60):
        while (await ready(client)).status != HTTPStatus.OK:  # noqa: ASYNC110 - another process mends it, unheard
            await asyncio.sleep(0.02)


async def test_a_server_that_runs_well_is_ready(here: House) -> None:
    assert (await here.anonymous().get("/healthz")).body == {"ok": True}
    answer = await ready(here.anonymous())
    assert (answer.status, answer.body) == (200, {"ready": True, "reasons": []})


@pytest.mark.parametrize(("revision", "code"), [("0001", "schema-older"), ("9999", "schema-newer")])
async def test_another_schema_is_not_served_until_it_is_right(data: Path, revision: str, code: str) -> None:
    async with house(data) as before:
        known = await before.server.log.run(
            lambda connection: connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        )
        first = await before.server.log.run(_first_revision)

        def pretend(connection: Connection) -> None:
            other = first if revision == "0001" else revision
            connection.execute(text("UPDATE alembic_version SET version_num = :other"), {"other": other})

        await before.server.log.write(pretend)
    async with house(data) as here:
        answer = await ready(here.anonymous())
        assert (answer.status, [reason["code"] for reason in answer.body["reasons"]]) == (503, [code])
        figures = await _figures(here)
        assert "queue_ready 0.0" in figures
        assert f'queue_unready_reason{{code="{code}"}} 1.0' in figures
        refused = await here.anonymous().get("/centres/demo/queue")
        assert (refused.status, refused.code, refused.body["placeholders"]["reason"]) == (503, "not-ready", code)

        def mend(connection: Connection) -> None:
            connection.execute(text("UPDATE alembic_version SET version_num = :known"), {"known": known})

        await here.server.log.write(mend)
        await becomes_ready(here.anonymous())
        assert (await (await here.manager()).get("/centres/demo/queue")).status == 200


def _first_revision(_: Connection) -> str:
    return min(running._revisions(()).known)


async def test_other_keys_are_refused(data: Path) -> None:
    await asyncio.to_thread(shutil.rmtree, data / "keys")
    await asyncio.to_thread(init_keys, data)
    with pytest.raises(KeysMismatchError):
        async with house(data):
            pytest.fail("it serves with keys of another database")


async def test_an_event_of_a_newer_release_is_not_guessed_at(data: Path) -> None:
    async with house(data) as before:
        await (await before.kiosk()).post("/centres/demo/visits", TICKET)

        def age(connection: Connection) -> None:
            connection.execute(text("UPDATE events SET v = 99 WHERE type = 'visit-issued'"))

        await before.server.log.write(age)
    async with house(data) as here:
        answer = await ready(here.anonymous())
        assert (answer.status, answer.body["reasons"][0]["code"]) == (503, "event-unknown")


async def test_a_database_that_is_away_is_said_and_its_return_is_noticed(
    data: Path,
    postgres: Postgres,  # noqa: F811 - a fixture
) -> None:
    name = await asyncio.to_thread(postgres.create_database)
    url = postgres.url(name)
    await asyncio.to_thread(prepare, url, data, (), RoomCollection(ROOMS).aggregates)
    catalogues = await asyncio.to_thread(store.demo_catalogues)
    async with open_database(url) as database:
        await database.write(lambda connection: store.import_catalogue(connection, catalogues[0]))
    async with house(data, url=url.render_as_string(hide_password=False)) as here:
        kiosk = await here.kiosk()
        assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
        await asyncio.to_thread(postgres.kill)
        answer = await ready(here.anonymous())
        assert (answer.status, answer.body["reasons"][0]["code"]) == (503, "database-unavailable")
        refused = await kiosk.post("/centres/demo/visits", TICKET)
        assert (refused.status, refused.code) == (503, "database-unavailable")
        await asyncio.to_thread(postgres.start)
        await becomes_ready(here.anonymous())
        assert (await kiosk.post("/centres/demo/visits", TICKET)).body["visit"]["code"] == "A002"
    await asyncio.to_thread(postgres.drop_database, name)


async def test_the_clock_is_told_from_the_databases(data: Path) -> None:
    """A server whose clock stands still does not go back in time: the log's last event counts."""
    stopped = now_micros()

    def clock() -> Micros:
        return stopped

    async with house(data, clock=clock) as here:
        kiosk = await here.kiosk()
        first = (await kiosk.post("/centres/demo/visits", TICKET)).body["visit"]
        stopped = Micros(stopped - 5_000_000)
        second = (await kiosk.post("/centres/demo/visits", TICKET)).body["visit"]
        assert second["counts_from"] == first["counts_from"]


async def test_figures_are_for_this_machine_and_name_nobody(here: House) -> None:
    kiosk = await here.kiosk()
    visit = (await kiosk.post("/centres/demo/visits", TICKET)).body["visit"]
    async with here.http.get(f"{here.address}/metrics") as answer:
        assert answer.content_type == "text/plain"
        figures = await answer.text()
    assert 'queue_events_total{centre="demo",type="visit-issued"} 1.0' in figures
    assert 'queue_answers_total{route="/api/v1/centres/{centre}/visits",status="201"} 1.0' in figures
    for secret in (visit["id"], visit["code"], kiosk.headers["Authorization"][7:]):
        assert secret not in figures


async def test_how_long_answers_took_is_told_by_route_and_feeds_are_no_answers(here: House) -> None:
    kiosk, route = await here.kiosk(), "/api/v1/centres/{centre}/visits"
    for _ in range(3):
        assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
    async with here.http.ws_connect(f"{here.address}/api/v1/centres/demo/events", headers=kiosk.headers) as feed:
        await feed.receive_str()
    async with asyncio.timeout(60):
        while ("/api/v1/centres/{centre}/events", 101) not in here.server.answers.statuses:  # noqa: ASYNC110 - it ends
            await asyncio.sleep(0.01)
    figures = await _figures(here)
    counts = [
        float(one)
        for one in re.findall(rf'queue_answer_seconds_bucket{{le="[^"]*",route="{re.escape(route)}"}} (.*)', figures)
    ]
    assert counts[-1] == 3.0
    assert counts == sorted(counts)
    (total,) = re.findall(rf'queue_answer_seconds_sum{{route="{re.escape(route)}"}} (.*)', figures)
    assert 0 < float(total) < 180
    assert 'queue_answer_seconds_count{route="/api/v1/centres/{centre}/events"}' not in figures
    assert "process_resident_memory_bytes" in figures
    assert "queue_ready 1.0" in figures
    assert "queue_certificate_end_timestamp_seconds" not in figures


async def _figures(here: House) -> str:
    async with here.http.get(f"{here.address}/metrics") as answer:
        assert answer.status == 200
        return await answer.text()


def test_each_answer_is_counted_in_one_bucket() -> None:
    tally = AnswerTally()
    for seconds in (0.0, 0.005, 0.0051, 5.0, 5.1, 60.0):
        tally.time("/", seconds)
    counts, total = tally.seconds["/"]
    assert counts == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2]
    assert total == pytest.approx(70.1101)


async def test_a_monitoring_system_reads_figures_from_elsewhere_and_nothing_else(data: Path) -> None:
    """Behind a proxy nobody is of this machine: it needs a token, and its role opens nothing of any centre."""
    async with house(data, behind_proxy=True) as here:
        watcher, device = await here.device("integration", "metrics")
        assert device.series is None, "it issues no tickets"
        for headers, status in (({}, 401), (watcher.headers, 200), ((await here.kiosk()).headers, 403)):
            async with here.http.get(f"{here.address}/metrics", headers=headers) as answer:
                assert answer.status == status
        for path in ("/centres/demo/queue", "/centres/demo/devices", "/centres/demo/services"):
            refused = await watcher.get(path)
            assert (refused.status, refused.code) == (403, "not-permitted")
