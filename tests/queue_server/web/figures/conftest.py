"""A centre that was open for weeks, as its manager sees it: in Chromium, and without a browser."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from queue_server.database import open_database, parse_url
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import now_micros
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.figures.planted import USUAL, Busyness, day_rows, plant
from tests.queue_server.web.page_client import PageClient
from tests.queue_server.web.server import CENTRES, Centre, Server, run_aside
from tests.queue_server.web.succession import Succession

HERE = Path(__file__).parent

#: Which of the days before the present, from the last, is the bad one.
_BAD = 6

type Busy = Callable[[date], Busyness]


class Figures(Desk):
    """Elin Marsh, who looks at how it went."""

    def look(self, query: str = "", path: str = "/manager/figures") -> None:
        self.go(f"{path}?{query}")
        self.is_live()


@pytest.fixture(scope="session")
def figures_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Succession]:
    with Succession(HERE, lambda: Server(tmp_path_factory.mktemp("figures") / "data", centres=CENTRES[:24])) as servers:
        yield servers


@pytest.fixture
def process(figures_servers: Succession) -> Server:
    """Give a server of these tests alone: rows that are planted stand in no record, and others verify theirs."""
    return figures_servers.current()


def plant_days(centre: Centre, count: int, busy: Busy = lambda _: USUAL) -> date:
    """Open the centre on so many days before today but weekends; gives the last of them."""
    rule, chance = DayRule("Europe/Brussels"), random.Random(7)
    today = date.fromisoformat(rule.day_at(now_micros()))
    days = [today - timedelta(days=number) for number in range(1, count + 1)]
    days = [day for day in days if day.weekday() < 5]

    async def write() -> None:
        async with open_database(parse_url(None, centre.server.data)) as database:
            for begin in range(0, len(days), 20):
                found = [day_rows(centre.id, day, rule, chance, busy(day)) for day in days[begin : begin + 20]]
                await database.write(lambda connection, found=found: plant(connection, *found))  # type: ignore[misc]

    run_aside(write())
    return days[0]


class Planted(NamedTuple):
    """A centre that was open for weeks: on ``bad`` nearly twice as many came, and waited four times as long."""

    centre: Centre
    last: date
    bad: date


@pytest.fixture(scope="session")
def planted(figures_servers: Succession) -> Planted:
    """Give a centre with a past. Tests may add to its present day, and look at days before."""
    server, chosen = figures_servers.current(), list[date]()

    def busy(day: date) -> Busyness:
        chosen.append(day)
        return Busyness(1.7, 4) if len(chosen) == _BAD else USUAL

    centre = Centre(server, server.unused.popleft())
    last = plant_days(centre, 45, busy)
    return Planted(centre, last, chosen[_BAD - 1])


@pytest.fixture
def figures(browser: Browser, planted: Planted) -> Iterator[Figures]:
    """Give a browser in which Elin Marsh looks at the centre with a past."""
    with Figures(browser, planted.centre) as desk:
        desk.enter("elin.marsh")
        desk.is_live()
        yield desk


@pytest.fixture
def reader(planted: Planted) -> Iterator[PageClient]:
    """Sign Elin Marsh in at the centre with a past, without a browser."""
    with PageClient(planted.centre) as manager:
        manager.enter("elin.marsh")
        yield manager


@pytest.fixture
def manager(centre: Centre) -> Iterator[PageClient]:
    """Sign Elin Marsh in at a centre that no test has used, without a browser."""
    with PageClient(centre) as signed_in:
        signed_in.enter("elin.marsh")
        yield signed_in
