"""Centres in like terms: what is counted, what is hidden, and the question asked once for all."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.accounts.model import Role
from queue_server.centre.centres import Centres
from queue_server.domain.values import CentreId, Day, ServiceId, now_micros
from queue_server.reports.durations import durations_of
from queue_server.reports.figures import SMALLEST_GROUP, GroupFigures
from queue_server.reports.follower import ReportFollower
from queue_server.reports.tally import Tally
from queue_server.web.organisation.comparing import ComparisonQuery, Comparisons, read
from queue_server.web.organisation.comparison import CentreComparison, compare, in_order
from queue_server.web.organisation.comparison_query import MAX_DAYS, read_query
from queue_server.web.organisation.settings import OrganisationSettings
from tests.queue_server.house import DEMO, QUICK, TICKET, Client, House, house

HERE: Final = CentreId("here")
TODAY: Final = date(2026, 11, 28)
SERVICE: Final = TICKET["services"][0]
AT_ONCE: Final = QUICK.but(OrganisationSettings(compare_ms=0))


TALLIES: Final = st.builds(
    lambda visits, missed, judged, kept, waits, services: Tally(
        visits=visits,
        missed=min(missed, visits),
        judged=judged,
        kept=min(kept, judged),
        waits=durations_of(waits),
        services=durations_of(services),
    ),
    *(st.integers(0, 40) for _ in range(4)),
    *(st.lists(st.integers(0, 7200), max_size=20) for _ in range(2)),
)


@given(TALLIES, st.none() | st.integers(0, 100_000))
def test_small_groups_show_nothing_and_shares_are_shares(tally: Tally, open_s: int | None) -> None:
    one = compare(HERE, GroupFigures("", tally, open_s, 0))
    if tally.visits < SMALLEST_GROUP:
        assert one == CentreComparison(HERE), "no number of it is there"
        return
    for share in (one.kept_share, one.missed_share, one.idle_share):
        assert share is None or 0 <= share <= 1
    assert (one.per_hour is None) is ((open_s or 0) < 3600)
    if one.wait_p50_s is not None and one.wait_p90_s is not None:
        assert one.wait_p50_s <= one.wait_p90_s


@given(TALLIES, st.integers(3600, 50_000), st.integers(2, 9))
def test_a_centre_that_is_as_large_several_times_compares_alike(tally: Tally, open_s: int, times: int) -> None:
    """In like terms: the same day, so many times, says the same in everything but its size."""
    many = Tally()
    for _ in range(times):
        many.merge(tally)
    one, large = (
        compare(HERE, GroupFigures("", tally, open_s, 0)),
        compare(HERE, GroupFigures("", many, open_s * times, 0)),
    )
    if one.is_shown:
        assert large.visits == times * tally.visits
        for name in ("kept_share", "missed_share", "wait_p50_s", "wait_p90_s", "per_hour", "idle_share"):
            assert getattr(large, name) == pytest.approx(getattr(one, name)), name


def test_the_fewest_promises_kept_stand_above_and_the_hidden_below() -> None:
    def one(name: str, kept: float | None, p90: int = 0) -> CentreComparison:
        return CentreComparison(CentreId(name), visits=9, kept_share=kept, wait_p90_s=p90)

    found = (one("a", 0.9), CentreComparison(CentreId("b")), one("c", 0.2, 60), one("d", 0.2, 600), one("e", None))
    assert [each.id for each in in_order(found)] == ["d", "c", "a", "e", "b"]


def test_what_is_left_out_is_the_four_weeks_before_today() -> None:
    query = read_query({}, TODAY)
    assert query is not None
    assert (query.first, query.last, query.service) == ("2026-10-31", "2026-11-27", None)


@given(st.dictionaries(st.sampled_from(["from", "to", "service"]), st.text(max_size=80)))
def test_nothing_that_is_asked_for_breaks_it(asked: dict[str, str]) -> None:
    query = read_query(asked, TODAY)
    if query is not None:
        assert 0 <= (date.fromisoformat(query.last) - date.fromisoformat(query.first)).days < MAX_DAYS


@pytest.mark.parametrize("asked", [{"from": "2026-11-29", "to": "2026-11-28"}, {"from": "2020-01-01"}, {"to": "now"}])
def test_days_that_make_no_sense_are_none(asked: dict[str, str]) -> None:
    assert read_query(asked, TODAY) is None


@pytest.fixture
async def here(data: Path) -> AsyncIterator[House]:
    async with house(data, AT_ONCE) as running:
        yield running


async def a_day(here: House, visits: int) -> str:
    """Let so many come, and serve two of them at a counter; gives the address of the comparison of that day."""
    kiosk, (desk, _) = await here.kiosk(), await here.staff(Role.COUNTER, "1")
    for _ in range(visits):
        assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
    for verb in ("open", *("call-next", "start", "finish") * 2, "close"):
        assert (await desk.post(f"/centres/demo/counters/1/{verb}")).status == 200
    await here.server[ReportFollower].follow()
    day = here.server[Centres].find(DEMO).state.day
    return f"/organisation/comparison?from={day}&to={day}"


async def compared(client: Client, path: str) -> dict[str, dict[str, Any]]:
    answer = await client.get(path)
    assert answer.status == 200, answer
    return {one["id"]: one for one in answer.body["centres"]}


async def test_centres_are_compared_by_what_happened_there(here: House) -> None:
    path = await a_day(here, 6)
    watching, _ = await here.device("integration", "metrics")
    found = await compared(watching, path)
    demo = found["demo"]
    assert (demo["visits"], demo["in_time_share"], demo["missed_share"]) == (6, 1.0, 0.0)
    assert demo["wait_p90_s"] is not None
    assert {value for key, value in found["harbour"].items() if key not in {"id", "name"}} == {None}
    of_one = (await compared(watching, f"{path}&service={SERVICE}"))["demo"]
    assert of_one["visits"] >= 6
    assert of_one["open_s"] is None
    assert (await compared(watching, f"{path}&service=no-such-service"))["demo"]["visits"] is None


async def test_fewer_than_five_are_not_shown(here: House) -> None:
    path = await a_day(here, 4)
    found = await compared((await here.device("integration", "metrics"))[0], path)
    assert {value for key, value in found["demo"].items() if key not in {"id", "name"}} == {None}


async def test_everybody_sees_the_centres_that_they_answer_for(here: House) -> None:
    manager, _ = await here.staff(Role.MANAGER, None, "harbour")
    assert set(await compared(manager, "/organisation/comparison")) == {"harbour"}
    refused = await manager.get("/organisation/comparison?from=2026-01-02&to=2026-01-01")
    assert (refused.status, refused.code) == (400, "query-invalid")


async def test_who_asks_alike_shares_the_answer(data: Path) -> None:
    stopped = now_micros()
    async with house(data, QUICK.but(OrganisationSettings(compare_ms=60_000)), lambda: stopped) as here:
        client, _ = await here.staff(Role.MANAGER, None)
        await asyncio.gather(*(compared(client, "/organisation/comparison") for _ in range(12)))
        async with here.http.get(f"{here.address}/organisation/compare", headers=client.headers) as answer:
            assert answer.status == 200
            assert 'id="compared-demo"' in await answer.text()
        assert here.server[Comparisons].reads == 1


@pytest.mark.parametrize("service", [None, ServiceId(SERVICE)])
async def test_the_other_database_compares_too(two: tuple[House, House], service: ServiceId | None) -> None:
    here = two[0]
    kiosk = await here.kiosk()
    for _ in range(6):
        assert (await kiosk.post("/centres/demo/visits", TICKET)).status == 201
    await here.server[ReportFollower].follow()
    query = ComparisonQuery(Day("2000-01-01"), Day("9000-01-01"), service)
    found = await here.server.log.run(lambda connection: read(connection, query, (DEMO,), here.server.clock()))
    assert found[DEMO].visits == 6
