"""The mail server of the demo, on loopback: it takes every letter, and lays it into a folder where it can be read."""

import asyncio
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from installer.demonstration.process import DemoError


class Mailbox:
    """Use with ``async with``. Each letter becomes ``NUMBER.eml``, as it came, and ``NUMBER.txt``, its plain text.

    ``told`` hears of each, and where it can be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.told: Callable[[Path], None] | None = None
        self._letters: list[tuple[str, EmailMessage]] = []
        self._came = asyncio.Condition()

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(self.folder.mkdir, parents=True, exist_ok=True)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: SMTP(self, hostname="mail.example", loop=loop), "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take a letter: what is answered with 250 is on disk."""
        del server, session
        content = envelope.original_content or b""
        letter = message_from_bytes(content, policy=default)
        number = len(self._letters) + 1
        await asyncio.to_thread(self._write, f"{number:04}", content, letter)
        async with self._came:
            self._letters += [(recipient, letter) for recipient in envelope.rcpt_tos]
            self._came.notify_all()
        if self.told is not None:
            self.told(self.folder / f"{number:04}.txt")
        return "250 OK"

    def _write(self, name: str, content: bytes, letter: EmailMessage) -> None:
        (self.folder / f"{name}.eml").write_bytes(content)
        heads = "".join(f"{head}: {letter[head]}\n" for head in ("From", "To", "Subject"))
        # An appointment letter has several parts: a page, a calendar and papers come beside the text.
        text = letter.get_body(("plain",))
        readable = text.get_content() if text is not None else ""
        (self.folder / f"{name}.txt").write_text(f"{heads}\n{readable}", encoding="utf-8")

    async def letter_to(self, address: str, seconds: float = 60) -> EmailMessage:
        """Wait for a letter to this address.

        Raises:
            DemoError: none came in time.
        """
        try:
            async with asyncio.timeout(seconds), self._came:
                while True:
                    for recipient, letter in self._letters:
                        if recipient == address:
                            return letter
                    await self._came.wait()
        except TimeoutError as error:
            raise DemoError(f"no letter to {address} came in {seconds:.0f} s") from error
