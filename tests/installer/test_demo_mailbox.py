"""The demo's mail server takes every letter that the queue server sends."""

import asyncio
import smtplib
from pathlib import Path

from installer.demonstration.mailbox import Mailbox
from queue_server.domain.values import Micros
from queue_server.notices.mail_message import mail_bytes
from queue_server.notices.port import LetterParts, OutgoingMessage, PaperAttachment
from queue_server.notices.values import NotificationId

TEXT = "Your appointment is on Monday.\n"
PARTS = (
    None,
    LetterParts(html="<p>Monday</p>"),
    LetterParts(html="<p>Monday</p>", calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", method="REQUEST"),
    LetterParts(papers=(PaperAttachment(name="receipt.pdf", content=b"%PDF-1.7"),)),
)


def letter(parts: LetterParts | None) -> bytes:
    message = OutgoingMessage(
        id=NotificationId("018f0000-0000-7000-8000-000000000001"),
        address="somebody@example.org",
        language="en",
        sender_name="Support centre",
        subject="Your appointment",
        text=TEXT,
        short="",
        at=Micros(1_790_000_000_000_000),
        parts=parts,
    )
    return mail_bytes(message, "centre@demo.example")


def send(port: int, content: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("centre@demo.example", ["somebody@example.org"], content)


def all_readable(folder: Path) -> None:
    for number in range(1, len(PARTS) + 1):
        readable = (folder / f"{number:04}.txt").read_text(encoding="utf-8")
        assert "Subject: Your appointment\n" in readable
        assert readable.endswith(f"\n\n{TEXT}")
        assert (folder / f"{number:04}.eml").stat().st_size > len(TEXT)


async def test_letters_with_a_page_a_calendar_and_papers_are_taken_and_readable(tmp_path: Path) -> None:
    async with Mailbox(tmp_path) as mailbox:
        for parts in PARTS:
            await asyncio.to_thread(send, mailbox.port, letter(parts))
    await asyncio.to_thread(all_readable, tmp_path)
