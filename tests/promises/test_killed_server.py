"""A server is killed in mid-load: what was answered is in the log once, and nothing else is there.

With 25 kills, 2 and 3 servers and a killed database: ``tests/faults/test_hot_centre.py``.
"""

from pathlib import Path

from sqlalchemy import URL

from tests.faults.hot_centre import place
from tests.faults.race import race_with_kills

KILLS = 2


async def test_one_server_on_sqlite(tmp_path: Path, seed: int) -> None:
    async with place(tmp_path / "data", None, 1) as there:
        await race_with_kills(there, KILLS, seed)


async def test_two_servers_on_postgres(tmp_path: Path, postgres_url: URL, seed: int) -> None:
    async with place(tmp_path / "data", postgres_url.render_as_string(hide_password=False), 2) as there:
        await race_with_kills(there, KILLS, seed)
