"""Documents in custody on the page of figures: numbers that add up, each of which leads to the documents behind it."""

from urllib.parse import parse_qsl

import pytest
from babel.support import NullTranslations
from playwright.sync_api import expect

from queue_server.web.custody.documents_query import DocumentMove, DocumentsQuery, read
from queue_server.web.custody.figures_part import hours
from queue_server.web.figures.figures_query import FiguresQuery
from queue_server.web.figures.period import PeriodLength
from queue_server.web.site import LANGUAGES
from queue_server.web.wording import MarkupTranslations
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.custodian import does, hand_in
from tests.queue_server.web.figures.conftest import Figures, plant_days
from tests.queue_server.web.figures.test_figures_page import leave
from tests.queue_server.web.test_accessibility import large_letters

_WHOLE = "#documents .whole td"
_KEPT = 60


def test_what_came_and_went_is_counted_and_leads_to_the_documents_behind(figures: Figures) -> None:
    figures.look("of=week")
    expect(figures.page.locator("#documents")).to_have_count(0)
    first, *_ = hand_in(figures, _KEPT)
    does(figures, first, "give-back", {"reason": "not-needed"})
    figures.look("of=week")
    whole = figures.page.locator(_WHOLE)
    assert whole.all_inner_texts() == [str(_KEPT), "1", "0", *["less than 1"] * 3]
    groups = figures.page.locator("#documents tbody:not(.whole)")
    expect(groups).to_have_count(2)
    for group in groups.all():
        numbers = group.locator("tr td:nth-child(2)").all_inner_texts()
        assert sum(map(int, numbers)) == _KEPT
    whole.nth(1).locator("a").click()
    figures.page.wait_for_url("**/documents?*given-back*")
    figures.is_live()
    expect(figures.page.locator("#head")).to_have_text("1 document")
    expect(figures.page.locator(".documents-list tbody")).to_contain_text(first["label"])
    expect(figures.page.locator(".documents-list tbody")).to_contain_text("Given back")
    figures.press("Escape")
    figures.page.wait_for_url("**/manager/figures?of=week#documents")
    figures.is_live()
    figures.page.locator(_WHOLE).first.locator("a").click()
    figures.page.wait_for_url("**/documents?*handed-in*")
    figures.is_live()
    figures.page.get_by_role("link", name="Older").click()
    figures.page.wait_for_url("**skip=50*")
    figures.is_live()
    expect(figures.page.locator(".documents-list tbody tr")).to_have_count(_KEPT - 50)
    link = figures.page.locator(".documents-list a").first
    label = link.inner_text()
    link.click()
    figures.page.wait_for_url("**/custody?view=item*")
    figures.is_live()
    expect(figures.page.locator("main")).to_contain_text(label)


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_free_of_violations_and_large_letters_fit(figures: Figures, language: str) -> None:
    last = plant_days(figures.centre, 10)
    for item in hand_in(figures, 7)[:3]:
        does(figures, item, "give-back", {"reason": "not-needed"})
    for name, query, path in (
        ("figures", "of=year", "/manager/figures"),
        ("behind", "of=month&what=handed-in&government=UTO", "/manager/figures/documents"),
        ("none", f"of=day&day={last}", "/manager/figures/documents"),
    ):
        figures.look(f"{query}&lang={language}", path)
        assert violations(figures.page) == [], name
        _leave(figures, name, language)
        large_letters(figures)
        figures.page.set_viewport_size({"width": 720, "height": 450})
        assert violations(figures.page) == [], name
        _leave(figures, f"{name}-large", language)
        figures.page.set_viewport_size({"width": 1440, "height": 900})


def _leave(figures: Figures, name: str, language: str) -> None:
    if figures.page.locator("#documents").count():
        figures.page.locator("#documents").scroll_into_view_if_needed()
    leave(figures, f"documents-{name}-{language}")


@pytest.mark.parametrize(
    "asked",
    [
        DocumentsQuery(FiguresQuery()),
        DocumentsQuery(FiguresQuery(PeriodLength.YEAR), DocumentMove.HANDED_OVER, "UTO", skip=50),
        DocumentsQuery(FiguresQuery(PeriodLength.WEEK), DocumentMove.GIVEN_BACK, kind="passport"),
    ],
)
def test_an_address_says_what_is_listed(asked: DocumentsQuery) -> None:
    assert read(dict(parse_qsl(asked.written()))) == asked


def test_an_address_of_nobody_else_asks_for_nothing() -> None:
    fields = {"what": "stolen", "government": "U'T", "kind": "cat", "skip": "-1"}
    assert read(fields) == DocumentsQuery(FiguresQuery())


@pytest.mark.parametrize(
    ("value", "text"), [(None, "\N{EN DASH}"), (0.2, "less than 1"), (1.4, "1"), (26.6, "27"), (1234.0, "1\u202f234")]
)
def test_hours_are_whole(value: float | None, text: str) -> None:
    assert hours(MarkupTranslations(NullTranslations()), value) == text
