import uuid

from hypothesis import given
from hypothesis import strategies as st

from queue_server import ticket_token
from queue_server.domain.values import VisitId

visits = st.uuids().map(lambda value: VisitId(str(value)))
keys = st.binary(min_size=32, max_size=32)


@given(visits, keys)
def test_a_token_names_its_visit_and_is_proved_by_its_key(visit: VisitId, key: bytes) -> None:
    token = ticket_token.make(visit, key)
    assert len(token) == 43
    assert ticket_token.visit_of(token) == visit
    assert ticket_token.proves(token, key)


@given(visits, keys, keys)
def test_another_key_proves_nothing(visit: VisitId, key: bytes, other: bytes) -> None:
    assert ticket_token.proves(ticket_token.make(visit, key), other) == (key == other)


@given(visits, keys, st.integers(0, 42), st.sampled_from("ABab01-_"))
def test_one_changed_character_is_another_token(visit: VisitId, key: bytes, place: int, character: str) -> None:
    token = ticket_token.make(visit, key)
    changed = token[:place] + character + token[place + 1 :]
    assert ticket_token.proves(changed, key) == (changed == token)


@given(st.text() | st.text(alphabet="AZaz09-_=", min_size=40, max_size=46))
def test_anything_else_is_nothing(text: str) -> None:
    visit = ticket_token.visit_of(text)
    assert visit is None or str(uuid.UUID(visit)) == visit
    assert not ticket_token.proves(text, b"k" * 32)


def test_a_kiosk_makes_the_same_token() -> None:
    # Worked out by hand with openssl, as any client has to.
    visit = VisitId("01890000-0000-7000-8000-000000000001")
    token = ticket_token.make(visit, bytes(range(32)))
    assert token == "AYkAAAAAcACAAAAAAAAAARAbEE31j0gHW3NAjHMVCKs"
