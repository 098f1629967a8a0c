"""Which way an application goes, and its public name."""

import itertools
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.applications.model import (
    EVENTS,
    MOVES,
    SIGNS,
    Application,
    ApplicationMoved,
    ApplicationMoveError,
    ApplicationOpened,
    check_sign,
    correct,
    decode,
    evolve,
    new_reference,
    read_reference,
)
from queue_server.domain.values import (
    ApplicationId,
    CentreId,
    CorrectionReason,
    GovernmentId,
    Micros,
    Reference,
    ServiceId,
    VisitId,
)
from queue_server.domain.values import ApplicationState as S
from queue_server.eventlog.codec import encode
from queue_server.eventlog.payload import UnknownEventError
from tests.queue_server.queue.test_events import allowed

OPENED = ApplicationOpened(
    ApplicationId("a1"), Reference("UTO-2222-2222"), CentreId("demo"), GovernmentId("UTO"), ServiceId("s"), VisitId("v")
)
DRAFT = evolve(None, OPENED, 1, Micros(5))

WHY = CorrectionReason.MISTAKE

drawn = st.text(SIGNS, min_size=7, max_size=7)


def test_an_application_begins_as_a_draft() -> None:
    assert (DRAFT.state, DRAFT.opened_at, DRAFT.changed_at, DRAFT.seq) == (S.DRAFT, 5, 5, 1)
    assert (DRAFT.id, DRAFT.reference, DRAFT.government) == ("a1", "UTO-2222-2222", "UTO")


@settings(deadline=None)
@given(st.lists(st.sampled_from(S), max_size=12))
def test_moves_go_only_where_the_table_says(wanted: list[S]) -> None:
    found = DRAFT
    for seq, to in enumerate(wanted, start=2):
        before = found
        if to is before.state:
            assert correct(before, to, WHY) == ()
        elif to not in MOVES[before.state]:
            with pytest.raises(ApplicationMoveError):
                correct(before, to, WHY)
        else:
            (moved,) = correct(before, to, WHY)
            found = evolve(before, moved, seq, Micros(seq))
            assert (found.state, found.seq, found.changed_at) == (to, seq, seq)
            assert replace(found, state=before.state, seq=before.seq, changed_at=before.changed_at) == before


def test_the_whole_way_can_be_gone_and_what_is_over_stays_over() -> None:
    assert set(MOVES) == set(S)
    way = [S.RECEIVED, S.AT_AUTHORITY, S.RETURNED, S.AT_AUTHORITY, S.RETURNED, S.READY, S.HANDED_OVER]
    found = DRAFT
    for to in way:
        found = replace(found, state=correct(found, to, WHY)[0].state)
    for over in (S.HANDED_OVER, S.WITHDRAWN):
        assert MOVES[over] == frozenset()
    assert all(S.WITHDRAWN in MOVES[state] for state in set(S) - {S.HANDED_OVER, S.WITHDRAWN})
    # Nothing is handed over that was never ready, and nobody is sent back to a draft.
    assert {state for state in S if S.HANDED_OVER in MOVES[state]} == {S.READY}
    assert not any(S.DRAFT in states for states in MOVES.values())


@settings(deadline=None)
@given(drawn)
def test_a_reference_is_read_however_it_is_typed(signs: str) -> None:
    whole = signs + check_sign(signs)
    reference = f"UTO-{whole[:4]}-{whole[4:]}"
    for typed in (reference, reference.lower(), f"  uto {whole[:4]} {whole[4:]} ", reference.replace("-", " - ")):
        assert read_reference(typed) == reference


@settings(deadline=None)
@given(drawn, st.integers(0, 7), st.sampled_from(SIGNS))
def test_one_wrong_character_is_seen(signs: str, place: int, other: str) -> None:
    whole = signs + check_sign(signs)
    wrong = whole[:place] + other + whole[place + 1 :]
    assert (read_reference(f"UTO-{wrong[:4]}-{wrong[4:]}") is None) == (wrong != whole)


@settings(deadline=None)
@given(drawn, st.integers(0, 7), st.integers(0, 7))
def test_two_characters_that_changed_places_are_seen(signs: str, one: int, other: int) -> None:
    whole = signs + check_sign(signs)
    swapped = list(whole)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    wrong = "".join(swapped)
    assert (read_reference(f"UTO-{wrong[:4]}-{wrong[4:]}") is None) == (wrong != whole)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_garbage_is_no_reference(typed: str) -> None:
    found = read_reference(typed)
    assert found is None or found.count("-") >= 2


def test_references_are_drawn_without_look_alikes() -> None:
    drawn_ones = {new_reference(GovernmentId("UTO")) for _ in range(300)}
    assert len(drawn_ones) == 300
    assert all(read_reference(one) == one for one in drawn_ones)
    assert not set("0O1IL5S8BUV") & set(SIGNS)
    assert len(SIGNS) == len(set(SIGNS)) == 23
    assert read_reference(new_reference(GovernmentId("uto-two"))) is not None


@pytest.mark.parametrize("kind", EVENTS.values(), ids=EVENTS)
def test_the_only_strings_of_an_event_are_ids_and_enumerations(kind: type) -> None:
    assert all(allowed(hint) for name, hint in get_type_hints(kind).items() if name not in ("type", "v"))


@pytest.mark.parametrize(
    ("name", "v", "payload"),
    [("application-lost", 1, b"{}"), ("application-moved", 2, b"{}"), ("application-moved", 1, b"\xff")],
)
def test_what_this_release_does_not_know_is_an_error_of_its_own(name: str, v: int, payload: bytes) -> None:
    with pytest.raises(UnknownEventError):
        decode(name, v, payload)


def test_events_out_of_place_are_refused() -> None:
    moved = ApplicationMoved(ApplicationId("a1"), S.DRAFT, S.RECEIVED)
    misplaced: list[tuple[Application | None, ApplicationOpened | ApplicationMoved]] = [(None, moved), (DRAFT, OPENED)]
    for before, body in misplaced:
        with pytest.raises(UnknownEventError):
            evolve(before, body, 1, Micros(0))


def test_every_state_is_reached() -> None:
    reached, edge = {S.DRAFT}, {S.DRAFT}
    while edge:
        edge = set(itertools.chain.from_iterable(MOVES[state] for state in edge)) - reached
        reached |= edge
    assert reached == set(S)


def test_the_bytes_have_sorted_keys() -> None:
    assert encode(ApplicationMoved(ApplicationId("a1"), S.DRAFT, S.RECEIVED)) == (
        b'{"application":"a1","before":"draft","reason":null,"state":"received"}'
    )
