"""Figures over the API: as JSON and for a spreadsheet, for managers alone, and what is no question is refused."""

import csv
import io

import pytest

from queue_server.accounts.model import Role
from queue_server.framework.routing import PREFIX
from queue_server.reports.follower import ReportFollower
from tests.queue_server.house import House
from tests.queue_server.reports.test_follower import a_morning

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def here(server_of_module: House) -> House:
    """Give the demo centre of the server of this module: who waits there does not matter to these tests."""
    return server_of_module


FIGURES = "/centres/demo/figures"


async def test_managers_read_what_today_came_to(own_house: House) -> None:
    await a_morning(own_house)
    await own_house.server[ReportFollower].follow()
    desk = await own_house.manager()
    answer = (await desk.get(FIGURES)).body
    assert (answer["by"], answer["first_day"]) == ("day", answer["last_day"])
    (day,) = answer["rows"]
    assert day["key"] == answer["first_day"]
    assert (day["visits"], day["arrived"], day["recalls"], day["calls_in_time"]) == (4, 4, 1, 1)
    assert (day["waits"]["count"], day["services"]["count"], day["stays"]["count"]) == (1, 1, 0)
    assert day["waits"]["p90_s"] is not None
    assert day["stays"]["p90_s"] is None
    sources = (await desk.get(f"{FIGURES}?by=source")).body["rows"]
    assert {row["key"]: row["visits"] for row in sources} == {"kiosk": 3, "reception": 1}
    (team,) = (await desk.get(f"{FIGURES}?by=counter")).body["rows"]
    # Nobody who sits at a counter is judged by it.
    assert team["key"] != "1"
    assert team["open_s"] is not None


async def test_a_spreadsheet_gets_the_same(own_house: House) -> None:
    await a_morning(own_house)
    await own_house.server[ReportFollower].follow()
    desk = await own_house.manager()
    rows = (await desk.get(f"{FIGURES}?by=service")).body["rows"]
    address = f"{own_house.address}{PREFIX}{FIGURES}?by=service&format=csv"
    async with own_house.http.get(address, headers=desk.headers) as answer:
        assert (answer.status, answer.content_type) == (200, "text/csv")
        assert "attachment" in answer.headers["Content-Disposition"]
        lines = list(csv.DictReader(io.StringIO(await answer.text(), newline="")))
    assert [line["service"] for line in lines] == [row["key"] for row in rows]
    for line, row in zip(lines, rows, strict=True):
        assert line["visits"] == str(row["visits"])
        assert line["waits_p90_s"] == ("" if row["waits"]["p90_s"] is None else str(row["waits"]["p90_s"]))
        assert line["standard_minutes"] == ("" if row["standard"] is None else str(row["standard"]["minutes"]))


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "from=2026-11-02&to=2026-11-01",
        "from=2020-01-01&to=2026-11-01",
        "to=9999-12-31",
        "by=name",
        "by=flow",
        "format=xml",
    ],
)
async def test_what_is_no_question_is_refused(here: House, query: str) -> None:
    answer = await (await here.manager()).get(f"{FIGURES}?{query}")
    assert (answer.status, answer.body["code"]) == (400, "query-invalid")


async def test_nobody_else_reads_them(here: House) -> None:
    reception, _ = await here.staff(Role.RECEPTION, None)
    for client in (reception, await here.kiosk()):
        assert (await client.get(FIGURES)).status == 403


@pytest.mark.asyncio(loop_scope="function")
async def test_the_other_database_counts_alike(two: tuple[House, House]) -> None:
    here = two[0]
    await a_morning(here)
    await here.server[ReportFollower].follow()
    desk = await here.manager()
    for by in ("day", "hour", "service", "step", "counter", "source"):
        rows = (await desk.get(f"{FIGURES}?by={by}")).body["rows"]
        # A stop is counted where somebody came to it.
        assert sum(row["visits"] for row in rows) == {"step": 5, "counter": 1}.get(by, 4), by
        assert sum(row["waits"]["count"] for row in rows) == 1, by
