"""The bytes of a letter's header: mail programs read addresses in it as they stand."""

import pytest

from queue_server.domain.values import Micros
from queue_server.notices.mail_message import mail_bytes
from queue_server.notices.port import LetterParts, OutgoingMessage
from queue_server.notices.values import NotificationId

#: As long as the token of a link that stops reminders.
_TOKEN = "jlM-_x" * 7 + "3"


def header_lines(unsubscribe: str) -> list[bytes]:
    message = OutgoingMessage(
        id=NotificationId("11111111-1111-5111-8111-111111111111"),
        address="ana@example.org",
        language="en",
        sender_name="Consular Support Centre",
        subject="Your appointment",
        text="On Thursday.",
        short="",
        at=Micros(1_795_824_757_170_800),
        parts=LetterParts(unsubscribe=unsubscribe),
    )
    return mail_bytes(message, "centre@demo.example").partition(b"\r\n\r\n")[0].split(b"\r\n")


@pytest.mark.parametrize(
    "address",
    [
        f"https://queue.example.org/reminders/{_TOKEN}?lang=en",
        f"http://127.0.0.1:8080/reminders/{_TOKEN}",
        # The longest address that a setting may give.
        f"https://{'queue.' * 40}example.org/reminders/{_TOKEN}?lang=en",
    ],
)
def test_the_address_that_stops_reminders_leaves_as_it_is(address: str) -> None:
    lines = header_lines(address)
    # RFC 2369, 2: the address in angle brackets. RFC 2047, 5: an encoded word may stand nowhere in this field.
    assert b"List-Unsubscribe: <" + address.encode() + b">" in lines
    assert (b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines) == address.startswith("https:")
    # RFC 5322, 2.1.1.
    assert all(len(line) <= 998 for line in lines)


def test_an_address_cannot_begin_a_line_of_its_own() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        header_lines("https://queue.example.org/\r\nBcc: everybody@example.org")
