"""Documents in custody on the page of figures: numbers that add up, each of which leads to the documents behind it."""

from urllib.parse import parse_qsl

import pytest
from babel.support import NullTranslations

from queue_server.web.custody.documents_query import DocumentMove, DocumentsQuery, read
from queue_server.web.custody.figures_part import hours
from queue_server.web.figures.figures_query import FiguresQuery
from queue_server.web.figures.period import PeriodLength
from queue_server.web.wording import MarkupTranslations
from tests.queue_server.web.custodian import does, hand_in
from tests.queue_server.web.page_client import PageClient

_WHOLE = "#documents .whole td"
_KEPT = 60


def test_what_came_and_went_is_counted_and_leads_to_the_documents_behind(manager: PageClient) -> None:
    path = "/manager/figures?of=week"
    assert not manager.get(path).has("#documents")
    first, *_ = hand_in(manager, _KEPT)
    does(manager, first, "give-back", {"reason": "not-needed"})
    page = manager.get(path)
    assert page.texts(_WHOLE) == [str(_KEPT), "1", "0", *["less than 1"] * 3]
    groups = page.all("#documents tbody:not(.whole)")
    assert len(groups) == 2
    for group in groups:
        assert sum(map(int, group.texts("tr td:nth-child(2)"))) == _KEPT
    whole = page.all(f"{_WHOLE} a")
    shown = manager.get(whole[1]["href"])
    assert shown.address.startswith(f"{manager.address}/manager/figures/documents?")
    assert "given-back" in shown.address
    assert shown.one("#head").text == "1 document"
    rows = shown.one(".documents-list tbody").text
    assert first["label"] in rows
    assert "Given back" in rows
    assert shown.one('a[data-code="Escape"]')["href"] == f"{path}#documents"
    shown = manager.get(whole[0]["href"])
    assert "handed-in" in shown.address
    assert len(shown.all(".documents-list tbody tr")) == 50
    older = manager.get(shown.role("link", "Older")["href"])
    assert "skip=50" in older.address
    assert len(older.all(".documents-list tbody tr")) == _KEPT - 50
    link = older.all(".documents-list a")[0]
    assert link["href"].startswith("/custody?view=item")
    assert link.text in manager.get(link["href"]).one("main").text


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
