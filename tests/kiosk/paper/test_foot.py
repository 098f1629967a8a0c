"""The foot of papers: hours as people say them, and only what is known."""

from dataclasses import replace
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.kit.foot import hours_of
from kiosk.kit.paper import draw_ticket, words_in
from kiosk.kit.papers import PaperFoot, PaperRow, PaperTicket
from kiosk.kit.slips import draw_receipt
from peripherals.money import Amount
from queue_server.contract.catalogue import always_open, day_runs
from tests.kiosk.paper.test_paper import ARABIC, ENGLISH, FRENCH
from tests.kiosk.payment.papers import receipt_of

WEEK = (*(("08:30-12:30", "13:00-16:30"),) * 3, (), ("08:30-13:00",), ("08:30-13:00",), ())
DAY = st.sampled_from([(), ("09:00-12:00",), ("09:00-12:00", "13:00-17:00"), ("00:00-24:00",)])


@given(st.lists(DAY, max_size=7).map(tuple))
def test_runs_of_days_are_the_week_and_as_few_as_can_be(week: tuple[tuple[str, ...], ...]) -> None:
    runs = day_runs(week)
    open_ = {day: spans for day, spans in enumerate(week) if spans}
    assert {day: one.spans for one in runs for day in range(one.first, one.last + 1)} == open_
    days = list(chain.from_iterable(range(one.first, one.last + 1) for one in runs))
    assert days == sorted(set(days))
    assert not any(one.last + 1 == other.first and one.spans == other.spans for one, other in pairwise(runs))


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [("en", "Mon\N{EN DASH}Wed", "Fri\N{EN DASH}Sat"), ("fr", "lun.\N{EN DASH}mer.", "ven.\N{EN DASH}sam.")],
)
def test_days_are_named_as_people_name_them(language: str, first: str, second: str) -> None:
    hours = hours_of(WEEK, language, words_in(language))
    assert [days for days, _ in hours] == [first, second]
    assert hours[0][1] == "\u206608:30\N{EN DASH}12:30, 13:00\N{EN DASH}16:30\u2069", "from left to right"


def test_a_centre_that_never_closes_says_so() -> None:
    always = (("00:00-24:00",),) * 7
    assert always_open(always)
    assert not always_open(WEEK)
    assert not always_open(())
    assert hours_of(always, "ar", words_in("ar")) == (("ساعات العمل", "مفتوح دائمًا"),)


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("ticket", [ENGLISH, FRENCH, ARABIC], ids=["en", "fr", "ar"])
def test_a_paper_grows_by_what_is_known(ticket: PaperTicket, width: int) -> None:
    heights = [
        draw_ticket(replace(ticket, foot=foot), width).height
        for foot in (PaperFoot(), PaperFoot("27 Harbour Street"), PaperFoot("27 Harbour Street", WEEK))
    ]
    assert heights == sorted(set(heights))
    bare = draw_receipt(receipt_of(ticket.language, ()), width).height
    assert bare < draw_receipt(receipt_of(ticket.language, (), foot=PaperFoot("", WEEK)), width).height


@pytest.mark.parametrize("ticket", [ENGLISH, FRENCH, ARABIC], ids=["en", "fr", "ar"])
def test_a_ticket_says_for_how_many_people_it_is(ticket: PaperTicket) -> None:
    alone, two, four = (draw_ticket(replace(ticket, people=people), 576) for people in (1, 2, 4))
    assert alone == draw_ticket(ticket, 576)
    assert len({alone.rows, two.rows, four.rows}) == 3


def test_who_pays_nothing_is_named() -> None:
    rows = (PaperRow(2, "Adults", Amount(8500, "EUR")), PaperRow(1, "Small children", Amount(0, "EUR")))
    assert draw_receipt(receipt_of("en", (), rows=rows), 576) != draw_receipt(receipt_of("en", (), rows=rows[:1]), 576)
