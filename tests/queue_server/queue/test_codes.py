"""Codes: of a series, never twice, above the highest."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.accounts.series import ALL
from queue_server.domain.ticket_codes import Series, count, nth, owns, position
from queue_server.domain.values import CODE_LETTERS, TicketCode, VisitId
from queue_server.queue import codes
from queue_server.queue.refusals import Refusal, RefusalCode
from tests.queue_server.queue.centre import Play, ticket

series = st.sampled_from(ALL)
numbers = st.integers(0, 9999)


def test_the_next_code_is_above_the_highest_of_the_series() -> None:
    play = Play().open_day()
    play.issue()
    assert play.issue() == "v2"
    play.issue(code="B041")
    play.issue(code="B017")
    play.issue()
    assert [visit.code for visit in play.state.visits.values()] == ["B001", "B002", "B041", "B017", "B042"]


def test_past_its_end_a_series_goes_on_with_four_digits() -> None:
    play = Play().open_day()
    assert codes.following(play.state, Series("B", 1, 999)) == "B001"
    play.issue(code="B999")
    assert codes.following(play.state, Series("B", 1, 999)) == "B1000"
    play.issue(code="B9999")
    exhausted = codes.following(play.state, Series("B", 1, 999))
    assert isinstance(exhausted, Refusal)
    assert exhausted.code is RefusalCode.SERIES_EXHAUSTED
    assert codes.following(play.state, Series("X", 1, 99)) == "X001"
    assert owns(Series("X", 1, 99), TicketCode("X0010"))
    assert not owns(Series("X", 1, 99), TicketCode("X1000"))


def test_a_printed_code_is_taken_unless_it_is_taken_malformed_or_anothers() -> None:
    play = Play().open_day()
    play.issue(code="B007")
    assert play.code_of(ticket(VisitId("v9"), code="B007")) == "code-taken"
    assert play.code_of(ticket(VisitId("v9"), code="B07")) == "code-invalid"
    assert play.code_of(ticket(VisitId("v9"), code="B007\n")) == "code-invalid"
    assert play.code_of(ticket(VisitId("v9"), code="B\u0660\u0660\u0667")) == "code-invalid"
    assert play.code_of(ticket(VisitId("v9"), code="A007")) == "code-not-in-series"


def test_the_same_visit_again_is_no_second_ticket() -> None:
    play = Play().open_day()
    visit = play.issue(code="B007")
    assert play.ask(ticket(visit, code="B008")) == ()


@given(st.sampled_from(CODE_LETTERS), numbers, st.sampled_from((3, 4)))
def test_a_code_belongs_to_one_series_at_most(letter: str, number: int, digits: int) -> None:
    code = TicketCode(f"{letter}{number:0{digits}}")
    assert sum(owns(one, code) for one in ALL) <= 1


@given(series, st.lists(st.integers(1, 1200), max_size=20))
def test_the_next_code_is_its_own_unused_and_what_the_kiosk_would_give(one: Series, used: list[int]) -> None:
    given_ = {nth(one, at) for at in used if at <= count(one)}
    play = Play().open_day()
    for code in given_:
        play.do(replace(ticket(VisitId(code), code=code), series=one))
    following = codes.following(play.state, one)
    if isinstance(following, Refusal):
        assert nth(one, count(one)) in given_
        return
    assert owns(one, following)
    assert following not in play.state.codes
    reached = position(one, codes.highest(play.state, one))
    later = {nth(one, at) for at in range(reached + 1, min(reached + 30, count(one)) + 1)}
    assert not later & given_
