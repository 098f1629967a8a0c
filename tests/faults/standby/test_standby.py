"""A primary is lost under load, and its standby goes on: nothing that was answered is lost, nothing is there twice.

Judged from the log alone, as the hot centre is.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.faults import callers as c
from tests.faults.hot_centre import Place, place
from tests.faults.race import race
from tests.faults.server_process import Installation
from tests.faults.standby.cluster import Cluster, wait_until

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]
_DATABASE = "consular"
_LOSSES = 3
#: A statement that has no answer for so long is given up.
_HASTE = "[database]\ncommand_timeout_ms = 2000\n"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with Cluster() as made:
        primary = made.primary()
        primary.sql("CREATE ROLE consular LOGIN")
        primary.sql(f"CREATE DATABASE {_DATABASE} OWNER consular ENCODING 'UTF8' TEMPLATE template0")
        yield made


@asynccontextmanager
async def centre(folder: Path, cluster: Cluster, servers: int) -> AsyncIterator[Place]:
    async with place(folder / "data", cluster.url(_DATABASE), servers, _HASTE) as there:
        yield there


async def test_a_primary_is_lost_three_times_under_load(tmp_path: Path, cluster: Cluster, seed: int) -> None:
    async def lose(callers: c.Callers, _chance: random.Random) -> None:
        for _ in range(_LOSSES):
            await callers.more(300)
            lost = await asyncio.to_thread(cluster.primary)
            await asyncio.to_thread(lost.kill)
            # Nobody is answered until there is another primary with a standby of its own.
            answered = asyncio.create_task(callers.more(100))
            await asyncio.to_thread(wait_until, cluster.other(lost).is_primary, cluster.said)
            await asyncio.to_thread(lost.start)
            await asyncio.to_thread(wait_until, lost.is_synchronous_standby, cluster.said)
            await answered
        await callers.more(200)

    async with centre(tmp_path, cluster, 2) as there:
        await race(there, lose, 100, seed)


async def test_a_primary_is_worked_on_three_times_under_load(tmp_path: Path, cluster: Cluster, seed: int) -> None:
    async def hand_over(callers: c.Callers, _chance: random.Random) -> None:
        for _ in range(_LOSSES):
            await callers.more(300)
            before = await asyncio.to_thread(cluster.primary)
            answered = asyncio.create_task(callers.more(100))
            await asyncio.to_thread(cluster.switch_over)
            await asyncio.to_thread(wait_until, cluster.other(before).is_primary, cluster.said)
            await asyncio.to_thread(wait_until, before.is_synchronous_standby, cluster.said)
            await answered
        await callers.more(200)

    async with centre(tmp_path, cluster, 2) as there:
        await race(there, hand_over, 100, seed)


async def test_what_only_a_lost_primary_had_was_never_answered(tmp_path: Path, cluster: Cluster, seed: int) -> None:
    """The standby gets nothing any more, so that the primary alone stores; then both lose their power.

    The standby is there first, and goes on.
    """

    async def part(callers: c.Callers, _: random.Random) -> None:
        await callers.more(300)
        primary = await asyncio.to_thread(cluster.primary)
        standby = cluster.other(primary)
        await asyncio.to_thread(standby.stop_receiving)
        before = callers.put_off
        while callers.put_off < before + 20:  # noqa: ASYNC110 - callers count what they were answered
            await asyncio.sleep(0.1)
        await asyncio.to_thread(primary.kill)
        await asyncio.to_thread(standby.kill)
        await asyncio.to_thread(standby.start)
        await asyncio.to_thread(wait_until, standby.is_primary, cluster.said)
        await asyncio.to_thread(primary.start)
        await asyncio.to_thread(wait_until, primary.is_synchronous_standby, cluster.said)
        await callers.more(300)

    async with centre(tmp_path, cluster, 2) as there:
        await race(there, part, 100, seed)


async def test_pgbackrest_gives_back_all_that_was_archived(tmp_path: Path, cluster: Cluster) -> None:
    """Both machines are lost, after a backup and with what was archived since; a third one has it all."""
    node = await asyncio.to_thread(cluster.primary)
    ticket = {"services": ["uto-evacuation"], "category": "walk-in", "language": "en"}
    async with centre(tmp_path, cluster, 1) as there:
        async with c.calling(there.installation.servers, 1) as callers:
            for number in range(60):
                assert (await callers.ask(c.request(there.token, "/visits", **ticket))).status == 201
                if number == 30:
                    await asyncio.to_thread(cluster.backrest, node, "--type=full", "backup")
        assert await there.installation.servers[0].stop() == 0
        before = await there.read_log()
        assert sum(row.type == "visit-issued" for row in before) == 60
        last = await asyncio.to_thread(node.sql, "SELECT pg_walfile_name(pg_switch_wal())")
        archived = "SELECT last_archived_wal FROM pg_stat_archiver"
        await asyncio.to_thread(wait_until, lambda: node.sql(archived) >= last, cluster.said)
        restored = cluster.restored()
        third = await asyncio.to_thread(restored.__enter__)
        try:
            url = f"postgresql+asyncpg://consular@127.0.0.1:{third.port}/{_DATABASE}"
            again = Place(Installation(there.installation.data, url), url, there.token)
            assert await again.read_log() == before
            report = await again.installation.verify()
            assert report["ok"], report
            assert report["events"] == len(before)
        finally:
            await asyncio.to_thread(restored.__exit__, None, None, None)
