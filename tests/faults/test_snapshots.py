"""A server is killed again and again while it stores snapshots: what was answered is there, and nothing else."""

import asyncio
import random
from pathlib import Path

from installer.benchmark.load import Poster, connect
from queue_server.contract.client import ApiClient
from tests.faults.server_process import installed

_ALL_THE_TIME = "[writer]\nsnapshot_events = 1\nsnapshot_poll_ms = 1\n"
_TICKET = b'{"services": ["uto-birth"], "category": "walk-in", "language": "en"}'


async def test_a_server_that_is_killed_while_it_stores_them_starts_again(tmp_path: Path) -> None:
    chance, answered, asked = random.Random(7), dict[bytes, bytes](), b""
    async with installed(tmp_path / "data", settings=_ALL_THE_TIME) as installation:
        (server,) = installation.servers
        code = await installation.enrol_code("integration", "load", "manager", "demo")
        assert server.url is not None
        async with ApiClient(server.url, None) as client:
            poster = Poster((await client.enrol(code)).token)
        for _ in range(6):
            assert server.url is not None
            connection = await connect(server.url)
            if asked:
                # Before the kill, and answered: found in the snapshot, or behind it.
                assert (await connection.ask(asked))[1] == answered[asked]
            for _ in range(chance.randrange(5, 40)):
                asked = poster.post("/centres/demo/visits", _TICKET)
                status, body = await connection.ask(asked)
                assert status == 201
                answered[asked] = body
            await server.kill()
            connection.close()
            await server.start()
        assert server.url is not None
        connection = await connect(server.url)
        for again, body in answered.items():
            found = await connection.ask(again)
            assert found == (201, body)
        connection.close()
        await server.stop()
        report = await installation.verify()
        assert report["ok"]
    assert "snapshot-not-used" not in await asyncio.to_thread(server.said)
