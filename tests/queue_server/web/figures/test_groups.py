"""Groups beside each other, pure: each has a name in every language, and a standard is said to be kept or not."""

from datetime import date

import pytest
from msgspec.structs import replace

from queue_server.catalogue import toml
from queue_server.catalogue.model import Setup
from queue_server.catalogue.store import demo_catalogues
from queue_server.domain.values import Category, Micros
from queue_server.reports.durations import durations_of
from queue_server.reports.facts import VisitSource
from queue_server.reports.tally import Dimension, Tally
from queue_server.web.figures.figures_query import COUNTED_BY, FiguresQuery
from queue_server.web.figures.group_rows import group_table
from queue_server.web.figures.page import GroupTable
from queue_server.web.figures.period import PeriodLength
from queue_server.web.site import LANGUAGES
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader, StaffView
from queue_server.web.wording import plain
from tests.queue_server.house import KNOWN
from tests.queue_server.known import site
from tests.queue_server.web.days import Centre

SITE = site()
SETUP = toml.parse(demo_catalogues()[0])
FIRST = SETUP.services[0]
WITH_STANDARD = replace(SETUP, services=(replace(FIRST, standard_minutes=20, standard_percent=75), *SETUP.services[1:]))
KEYS: dict[Dimension, list[str]] = {
    Dimension.CATEGORY: [one.value for one in Category],
    Dimension.SOURCE: [one.value for one in VisitSource],
    Dimension.LANGUAGE: ["en", "ar"],
    Dimension.COUNTER: [one.id for one in SETUP.counters],
}


def table(by: Dimension, groups: dict[str, Tally], language: str = "en", setup: Setup = WITH_STANDARD) -> GroupTable:
    reader = PageReader(
        SITE.words[language], Clockface("Europe/Brussels", language), language, rtl=False, brought=KNOWN
    )
    day = Centre()
    look = StaffView(day.state, day.facts, day.settings, reader=reader, now=Micros(0))
    found = group_table(look, groups, FiguresQuery(PeriodLength.WEEK, date(2026, 11, 25), by=by), setup)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("waits", "share", "is_kept"),
    [((19, 20, 20, 21) * 5, "75", True), ((19, 20, 21, 21) * 5, "50", False), ((19, 20, 21, 21) * 4, "8 of 16", None)],
)
def test_a_standard_is_kept_where_enough_waits_were_within_its_minutes(
    waits: tuple[int, ...], share: str, *, is_kept: bool | None
) -> None:
    tally = Tally(visits=4, arrived=4, waits=durations_of([60 * one for one in waits]))
    (row,) = table(Dimension.SERVICE, {FIRST.id: tally}).rows
    assert row.standard is not None
    assert str(row.standard.goal) == "75 of 100 within 20 min"
    assert plain(row.standard.share).startswith(share)
    assert row.standard.is_kept is is_kept


def test_a_service_that_has_no_standard_is_held_to_none() -> None:
    found = table(Dimension.SERVICE, {SETUP.services[1].id: Tally(visits=1, arrived=1)})
    assert found.rows[0].standard is None
    assert not table(Dimension.CATEGORY, {"walk-in": Tally(visits=1)}).has_standards


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by", KEYS)
def test_every_group_has_a_name(by: Dimension, language: str) -> None:
    rows = table(by, {key: Tally(visits=1) for key in KEYS[by]}, language).rows
    assert all(row.name and row.name not in KEYS[by] for row in rows)


def test_counters_are_shown_as_teams_and_the_largest_group_first() -> None:
    rows = table(Dimension.COUNTER, {one.id: Tally(visits=2) for one in SETUP.counters}).rows
    assert len(rows) < len(SETUP.counters)
    assert sum(int(row.visits) for row in rows) == 2 * len(SETUP.counters)
    assert [int(row.visits) for row in rows] == sorted((int(row.visits) for row in rows), reverse=True)
    assert {row.url for row in rows} == {""}


def test_a_centre_that_shows_single_counters_has_them_by_their_plates() -> None:
    shown = replace(WITH_STANDARD, rules=replace(WITH_STANDARD.rules, staff_figures=True))
    found = table(Dimension.COUNTER, {one.id: Tally(visits=2) for one in SETUP.counters}, setup=shown)
    assert len(found.rows) == len(SETUP.counters)
    assert str(found.head) == "By counter"
    assert "Counter 1" in {row.name for row in found.rows}


def test_everything_by_which_can_be_counted_has_a_link_that_says_where_one_is() -> None:
    for by in COUNTED_BY:
        links = table(
            by, {"": Tally(visits=1)} if by is Dimension.COUNTER else {KEYS.get(by, ["x"])[0]: Tally(visits=1)}
        )
        assert [one.here for one in links.links] == [one is by for one in COUNTED_BY]
        assert all("of=week" in one.url for one in links.links)
