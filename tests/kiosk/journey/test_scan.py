"""What a scanned code may be: one of our tickets, or anything that somebody could print."""

import base64
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.journey import scan
from tests.kiosk.journey.conftest import ticket_text

VISIT = "01920000-0000-7000-8000-000000000001"


def test_a_ticket_names_its_token() -> None:
    assert scan.token(ticket_text(VISIT)) == TOKEN
    assert scan.token(f"{ticket_text(VISIT)}\r\n") == TOKEN


@given(st.uuids(version=4), st.binary(min_size=16, max_size=16))
def test_every_ticket_is_read_and_no_other_id(ident: uuid.UUID, mark: bytes) -> None:
    ours = uuid.UUID(int=(ident.int & ~(0xF << 76)) | (7 << 76))
    token = base64.urlsafe_b64encode(ours.bytes + mark).rstrip(b"=").decode()
    assert scan.token(f"http://10.0.0.7:8080/t/{token}") == token
    other = base64.urlsafe_b64encode(ident.bytes + mark).rstrip(b"=").decode()
    assert scan.token(f"http://10.0.0.7:8080/t/{other}") is None, "ids of visits are of version 7"


TOKEN = ticket_text(VISIT).rpartition("/")[2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "B042",
        TOKEN,
        f"/t/{TOKEN}",
        f"https://queue.example/t/{TOKEN}x",
        f"https://queue.example/t/{TOKEN[:-1]}",
        f"https://queue.example/t/{TOKEN}?next=1",
        f"https://queue.example/t/{TOKEN}\nhttps://queue.example/t/{TOKEN}",
        f"https://queue example/t/{TOKEN}",
        f"javascript:alert(1)/t/{TOKEN}",
        f"https://{'x' * 401}/t/{TOKEN}",
        # The last letter has two bits that say nothing: another one would be a second text of one ticket.
        f"https://queue.example/t/{TOKEN[:-1]}{chr(ord(TOKEN[-1]) + 1)}",
        f"https://queue.example/t/{chr(0x667) * 43}",
        "WIFI:S:centre;T:WPA;P:secret;;",
    ],
)
def test_anything_else_is_no_ticket(text: str) -> None:
    assert scan.token(text) is None


@given(st.text() | st.text(alphabet="htps:/.t-_AB09=\n").map(lambda text: f"https://x/t/{text}"))
def test_no_text_does_harm(text: str) -> None:
    found = scan.token(text)
    assert found is None or uuid.UUID(bytes=base64.urlsafe_b64decode(found + "=")[:16]).version == 7
