"""A clock that leaps, a disk that fills, a certificate that ends: readiness says it, and the centre goes on."""

import asyncio
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from queue_server import conditions, tls
from queue_server.accounts.model import Role
from queue_server.certificates import CertificateKeeper
from queue_server.clock import GuardedClock
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import HOUR, Micros, now_micros, to_micros
from queue_server.framework.connection_limits import ConnectionLimits
from queue_server.framework.settings import DiskSettings
from queue_server.vault.model import PeopleRules
from queue_server.vault.people_key import PeopleKeyHolder
from tests.queue_server.house import QUICK, TICKET, Client, House, copy_of, house

DAY = 24 * HOUR


class Wall:
    """The clock of a machine, with a hand on it."""

    def __init__(self) -> None:
        self.leap = 0
        self.clock = GuardedClock(lambda: Micros(now_micros() + self.leap))


async def manager_page(here: House) -> str:
    client, _ = await here.staff(Role.MANAGER, None)
    async with here.http.get(f"{here.address}/manager", headers=client.headers) as answer:
        assert answer.status == 200
        return await answer.text()


async def reasons(client: Client) -> list[str]:
    answer = await client.get("/readyz")
    assert answer.status == (503 if answer.body["reasons"] else 200)
    return [reason["code"] for reason in answer.body["reasons"]]


@pytest.mark.parametrize("leap", [HOUR, -HOUR, DAY, -DAY, 366 * DAY, -366 * DAY])
async def test_a_leap_of_the_clock_ends_no_day_no_sign_in_and_no_note(data: Path, leap: int) -> None:
    wall = Wall()
    settings = QUICK.but(PeopleRules(poll_ms=10))
    async with house(data, settings, wall.clock) as here:
        here.server.watches += (wall.clock.condition,)
        manager, (counter, _) = await here.manager(), await here.staff(Role.COUNTER, "1")
        await counter.post("/centres/demo/counters/1/open")
        first = await manager.post("/centres/demo/visits", TICKET)
        visit = first.body["visit"]["id"]
        assert (await counter.post("/centres/demo/counters/1/call-next")).body["visit"]["id"] == visit
        noted = await counter.post(f"/centres/demo/visits/{visit}/notes", {"text": "A made-up note."})
        assert noted.status == 200, noted
        wall.leap = leap
        assert await reasons(here.anonymous()) == ["clock-jumped"]
        page = await manager_page(here)
        assert "clock is wrong" in page
        # Nobody knows since when: the line begins with what to do.
        assert '<p class="second">The centre goes on' in page
        await here.server[PeopleKeyHolder].settle()
        second = await manager.post("/centres/demo/visits", TICKET)
        assert second.body["cursor"].partition(":")[0] == first.body["cursor"].partition(":")[0]
        assert second.body["visit"]["code"] == f"A{int(first.body['visit']['code'][1:]) + 1:03}"
        notes = await counter.get(f"/centres/demo/visits/{visit}/notes")
        assert [note["text"] for note in notes.body["notes"]] == ["A made-up note."]
        wall.leap = 0
        assert "clock is wrong" not in await manager_page(here)
        assert await reasons(here.anonymous()) == []


@pytest.mark.parametrize("leap", [DAY, -DAY])
async def test_a_clock_that_is_set_right_while_a_server_starts_is_believed(data: Path, leap: int) -> None:
    """What it believed before that never counts: it would be a day ahead of everybody, and end their day."""
    async with house(data, QUICK) as here:
        first = await (await here.manager()).post("/centres/demo/visits", TICKET)
    wall = Wall()
    wall.leap = leap
    wall.clock.begin_anew()
    wall.leap = 0
    async with house(data, QUICK, wall.clock) as here:
        async with asyncio.timeout(60):
            while await reasons(here.anonymous()):  # noqa: ASYNC110 - a server is asked
                await asyncio.sleep(0.02)
        assert wall.clock.condition() is None
        again = await (await here.manager()).post("/centres/demo/visits", TICKET)
        assert again.body["cursor"].partition(":")[0] == first.body["cursor"].partition(":")[0]


async def test_events_of_the_future_are_named(data: Path) -> None:
    async with house(data, QUICK, lambda: Micros(now_micros() + 2 * HOUR)) as here:
        assert (await (await here.manager()).post("/centres/demo/visits", TICKET)).status == 201
    async with house(data) as here:
        assert set(await reasons(here.anonymous())) == {"clock-behind"}


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a file system of its own, of 24 MiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


async def test_a_disk_that_fills_is_told_before_and_a_server_comes_back_by_itself(template: Path, small: Path) -> None:
    data = await asyncio.to_thread(copy_of, template, small / "data")
    settings = QUICK.but(DiskSettings(free_mib=12))
    async with house(data, settings) as here:
        manager, anonymous = await here.manager(), here.anonymous()
        assert await reasons(anonymous) == []
        assert await asyncio.to_thread(here.server.watches[0]) is None
        await asyncio.to_thread(_fill, small / "half", 14)
        found = await asyncio.to_thread(here.server.watches[0])
        assert found is not None
        assert (found.code, found.is_unready) == ("disk-low", False)
        # Low is no reason yet to give it no work.
        assert await reasons(anonymous) == []
        await asyncio.to_thread(_fill, small / "rest", 64)
        issued, refused = 0, ""
        while not refused:
            answer = await manager.post("/centres/demo/visits", TICKET)
            issued, refused = issued + (answer.status == 201), "" if answer.status == 201 else answer.code
        assert refused == "database-full"
        assert "database-full" in await reasons(anonymous)
        await asyncio.to_thread((small / "rest").unlink)
        assert await reasons(anonymous) == []
        assert (await manager.post("/centres/demo/visits", TICKET)).status == 201
        visits = (await manager.get("/centres/demo/queue")).body["queue"]["visits"]
        assert len(visits) == issued + 1


def _fill(path: Path, mebibytes: int) -> None:
    """Write until that much is written or nothing more can be."""
    with path.open("wb", buffering=0) as file:
        try:
            for _ in range(mebibytes * 256):
                file.write(bytes(4096))
        except OSError:
            return


NOW = datetime(2026, 11, 25, tzinfo=UTC)


@asynccontextmanager
async def speaking_tls(keeper: CertificateKeeper) -> AsyncIterator[Callable[[], Awaitable[bytes]]]:
    """Listen as a server does; gives what looks at the certificate that a client is shown."""
    listener = socket.create_server(("127.0.0.1", 0))
    doors = ConnectionLimits(listener, asyncio.Protocol, limit=100, tls=keeper.context)
    doors.start()
    port = listener.getsockname()[1]
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE

    async def shown() -> bytes:
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trusting)
        certificate: bytes = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        writer.close()
        return certificate

    try:
        yield shown
    finally:
        await doors.stop()
        await doors.end()
        listener.close()


async def test_a_certificate_is_renewed_without_a_restart(tmp_path: Path) -> None:
    await asyncio.to_thread(tls.init_tls, tmp_path, ["queue.example"], NOW)
    context = await asyncio.to_thread(tls.server_context, tmp_path)
    at = NOW
    keeper = CertificateKeeper(tmp_path, context, lambda: to_micros(at), poll_s=3600)
    async with speaking_tls(keeper) as shown:
        first = await shown()
        assert keeper.ends_at() is None
        at = NOW + timedelta(days=336)
        await keeper.renew()
        assert await shown() == first
        before = keeper.context()
        await keeper.renew()
        assert keeper.context() is before
        assert keeper.condition() is None
        assert keeper.ends_at() == x509.load_der_x509_certificate(first).not_valid_after_utc
        at = NOW + timedelta(days=338)
        await keeper.renew()
        # It is not changed in place: connections are made with it meanwhile.
        assert keeper.context() is not before
        assert await shown() != first
        assert keeper.condition() is None


@pytest.mark.parametrize(
    ("days", "hours", "expected"),
    [(366, 23, None), (367, 1, (29, False)), (396, 23, (0, False)), (397, 1, (0, True)), (500, 0, (0, True))],
)
async def test_where_nobody_here_can_renew_it_the_end_is_told(
    tmp_path: Path, days: int, hours: int, expected: tuple[int, bool] | None
) -> None:
    await asyncio.to_thread(tls.init_tls, tmp_path, ["queue.example"], NOW)
    context = await asyncio.to_thread(tls.server_context, tmp_path)
    await asyncio.to_thread((tmp_path / "tls" / "ca.key").unlink)
    at = NOW + timedelta(days=days, hours=hours)
    keeper = CertificateKeeper(tmp_path, context, lambda: to_micros(at), poll_s=3600)
    await keeper.renew()
    found = keeper.condition()
    assert (None if found is None else (found.amount, found.is_unready)) == expected
    assert await asyncio.to_thread((tmp_path / "tls" / "ca.key").exists) is False


async def test_a_certificate_that_cannot_be_used_leaves_the_one_before(tmp_path: Path) -> None:
    await asyncio.to_thread(tls.init_tls, tmp_path, ["queue.example"], NOW)
    context = await asyncio.to_thread(tls.server_context, tmp_path)
    keeper = CertificateKeeper(tmp_path, context, lambda: to_micros(NOW), poll_s=3600)
    async with speaking_tls(keeper) as shown:
        first = await shown()
        await asyncio.to_thread((tmp_path / "tls" / "server.pem").write_bytes, b"")
        await keeper.task.begin()
        await keeper.task.stop()
        assert await shown() == first


async def figure(here: House, name: str) -> float:
    async with here.http.get(f"{here.address}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


async def test_work_that_fails_is_told_and_work_that_has_ended_leaves_a_server_unready(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conditions, "_STALLED_S", 0)
    is_broken = True

    async def work() -> None:
        if is_broken:
            raise ZeroDivisionError

    task = Periodic("planted", 0.01, work, max_retry_s=0.01)
    async with house(data, QUICK) as here:
        assert {one.name for one in here.server.tasks} >= {
            "centres",
            "doors",
            "log-poll",
            "retention",
            "revocations",
            "trust",
            "witness",
            "writer-demo",
        }
        here.server.own_tasks.append(task)
        assert await reasons(here.anonymous()) == []
        assert "work has stopped" not in await manager_page(here)
        task.start()
        async with asyncio.timeout(60):
            while "work has stopped" not in await manager_page(here):  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.01)
        assert await figure(here, 'queue_condition{code="work-stalled"}') == 1
        assert await figure(here, 'queue_task_stalled_seconds{task="planted"}') > 0
        # It may come to itself: that is no reason to give the server no work.
        assert await reasons(here.anonymous()) == []
        is_broken = False
        async with asyncio.timeout(60):
            while "work has stopped" in await manager_page(here):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert task._task is not None
        task._task.cancel()
        await asyncio.wait([task._task])
        assert await reasons(here.anonymous()) == ["work-stalled"]
        await task.stop()
        assert await reasons(here.anonymous()) == []
