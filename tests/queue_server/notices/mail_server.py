"""A real mail server on loopback (``aiosmtpd``), which can refuse, hesitate, break off and be away on demand."""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.policy import default
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from peripherals.listening import cut_off

OK = "250 OK"
#: Breaks the line off where an answer is awaited.
CUT = "CUT"


class Letter:
    """A message that the server took."""

    def __init__(self, recipient: str, content: bytes, *, encrypted: bool, user: str | None) -> None:
        self.recipient = recipient
        self.content = content
        self.encrypted = encrypted
        self.user = user
        self.mail = message_from_bytes(content, policy=default)

    @property
    def text(self) -> str:
        text = self.mail.get_content()
        assert isinstance(text, str)
        return text


class MailServer:
    """Takes letters. Answers are taken from the lists as long as there are any; then everything is taken.

    ``of_address`` are answers to an address, ``accepted`` is awaited once a letter is taken, before that is answered.
    """

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.mails: list[str] = []
        self.rcpts: list[str] = []
        self.datas: list[str] = []
        self.of_address: dict[str, str] = {}
        self.tried: defaultdict[str, int] = defaultdict(int)
        self.accepted: Callable[[], Any] | None = None
        self.tls: ssl.SSLContext | None = None
        self.implicit: ssl.SSLContext | None = None
        self.password: tuple[str, str] | None = None
        self.sessions = 0
        self.port = 0
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.BaseTransport] = set()

    @property
    def ids(self) -> list[str]:
        return [str(one.mail["Message-ID"]) for one in self.letters]

    async def start(self) -> None:
        """Begin to listen; again at the same port."""
        self._server = await asyncio.get_running_loop().create_server(
            self._line, "127.0.0.1", self.port, ssl=self.implicit
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Be away: nobody listens, and open lines are cut."""
        if self._server is not None:
            server, self._server = self._server, None
            await cut_off(server)
            self._lines.clear()

    def cut(self) -> None:
        """Cut all open lines, without an answer."""
        for line in self._lines:
            cast("asyncio.WriteTransport", line).abort()
        self._lines.clear()

    def _line(self) -> SMTP:
        self.sessions += 1
        return SMTP(
            self,
            hostname="mail.example",
            tls_context=self.tls,
            authenticator=self._sign_in if self.password is not None else None,
            auth_required=self.password is not None and self.implicit is None,
            auth_require_tls=self.implicit is None,
            loop=asyncio.get_running_loop(),
        )

    def _sign_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        del server, session, envelope, mechanism
        assert isinstance(data, LoginPassword)
        right = (data.login.decode(), data.password.decode()) == self.password
        return AuthResult(success=right, handled=False, auth_data=data.login.decode())

    async def handle_EHLO(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        del envelope
        assert server.transport is not None
        self._lines.add(server.transport)
        session.host_name = hostname
        return answers

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._answer(server, self.mails)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session, options
        self.tried[address] += 1
        answer = self.of_address.get(address) or self._answer(server, self.rcpts)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content
        assert content is not None
        answer = self._answer(server, self.datas)
        if answer != OK:
            return answer
        encrypted = session.ssl is not None or self.implicit is not None
        for recipient in envelope.rcpt_tos:
            self.letters.append(Letter(recipient, content, encrypted=encrypted, user=session.auth_data))
        if self.accepted is not None:
            await self.accepted()
        return OK

    @staticmethod
    def _answer(server: SMTP, answers: list[str]) -> str:
        answer = answers.pop(0) if answers else OK
        if answer == CUT:
            assert server.transport is not None
            cast("asyncio.WriteTransport", server.transport).abort()
        return "421 cut" if answer == CUT else answer


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """Run one."""
    server = MailServer()
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
