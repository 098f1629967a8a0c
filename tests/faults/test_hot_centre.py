"""One hot centre: 37 callers, every verb, servers killed in mid-load, the database cut off and killed.

Judged from the log alone.
"""

from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.faults.at_once import call_at_once, pay_while_called
from tests.faults.hot_centre import place
from tests.faults.race import race_with_kills
from tests.postgres import Postgres


@pytest.mark.timeout(900)
async def test_one_server_on_sqlite_killed_25_times(tmp_path: Path, load: int, seed: int) -> None:
    async with place(tmp_path / "data", None, 1) as there:
        await race_with_kills(there, 25 * load, seed)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("servers", "kills"), [(2, 12), (3, 13)])
async def test_several_servers_on_postgres_killed_25_times(  # noqa: PLR0917 - most of them are fixtures
    tmp_path: Path, postgres: Postgres, postgres_url: URL, servers: int, kills: int, load: int, seed: int
) -> None:
    async with place(tmp_path / "data", postgres_url.render_as_string(hide_password=False), servers) as there:
        await race_with_kills(there, kills * load, seed, postgres)


async def test_two_clients_at_one_counter_call_one_visit(tmp_path: Path, load: int) -> None:
    async with place(tmp_path / "data", None, 1) as there:
        await call_at_once(there, 200 * load)


async def test_two_clients_at_one_counter_of_two_servers_call_one_visit(
    tmp_path: Path, postgres_url: URL, load: int
) -> None:
    async with place(tmp_path / "data", postgres_url.render_as_string(hide_password=False), 2) as there:
        await call_at_once(there, 200 * load)


async def test_a_payment_and_a_call_at_once(tmp_path: Path) -> None:
    async with place(tmp_path / "data", None, 1) as there:
        await pay_while_called(there, 60)


async def test_a_payment_and_a_call_at_once_at_two_servers(tmp_path: Path, postgres_url: URL) -> None:
    async with place(tmp_path / "data", postgres_url.render_as_string(hide_password=False), 2) as there:
        await pay_while_called(there, 60)
