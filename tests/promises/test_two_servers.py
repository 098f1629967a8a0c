"""Two servers of one database are asked for the same at the same moment: it is given once.

With more rounds, clients and moves: ``tests/faults/test_hot_centre.py`` and ``tests/faults/appointments``.
"""

from pathlib import Path

from sqlalchemy import URL

from tests.faults.appointments.last_places import book_for_four, everybody_takes_as_long
from tests.faults.appointments.site import booking_site
from tests.faults.at_once import call_at_once
from tests.faults.hot_centre import place

CALLS = 20


async def test_two_clients_at_one_counter_call_one_visit(tmp_path: Path, postgres_url: URL) -> None:
    async with place(tmp_path / "data", postgres_url.render_as_string(hide_password=False), 2) as there:
        await call_at_once(there, CALLS)


async def test_a_family_of_four_has_four_places_or_none(tmp_path: Path, postgres_url: URL) -> None:
    url = postgres_url.render_as_string(hide_password=False)
    async with booking_site(tmp_path / "data", url, 2, everybody_takes_as_long) as there:
        await book_for_four(there, 3, fits=False)
