"""A centre in Chromium that was open for weeks or a year, as its manager sees it."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from queue_server.database import open_database, parse_url
from queue_server.domain.service_day import DayRule
from queue_server.domain.values import now_micros
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.figures.planted import USUAL, Busyness, day_rows, plant
from tests.queue_server.web.server import CENTRES, Centre, Server, run_aside
from tests.queue_server.web.succession import Succession

HERE = Path(__file__).parent

type Busy = Callable[[date], Busyness]


class Figures(Desk):
    """Elin Marsh, who looks at how it went."""

    #: The last day before today that was open.
    last: date

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


@pytest.fixture
def figures(browser: Browser, centre: Centre) -> Iterator[Figures]:
    with Figures(browser, centre) as desk:
        desk.enter("elin.marsh")
        desk.is_live()
        yield desk
