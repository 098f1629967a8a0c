"""The driver of e-mail: submits to one mail server (RFC 6409), encrypted, by ``aiosmtplib``."""

import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final

import aiosmtplib

from queue_server.notices.errors import (
    ChannelCredentialsError,
    ChannelInsecureError,
    ChannelRefusedError,
    ChannelUnreachableError,
    NoticeChannelError,
)
from queue_server.notices.mail_message import mail_bytes
from queue_server.notices.port import OutgoingMessage, SendResult, SendState
from queue_server.notices.secret_file import read_secret, tls_context
from queue_server.notices.settings import MailSettings
from queue_server.notices.values import NoticeChannel, UndeliverableReason

_CHANNEL: Final = NoticeChannel.EMAIL
#: Ports of submission: TLS from the first byte (RFC 8314, 3.3), else (RFC 6409, 3.1); and a server of this machine.
_PORTS: Final = {"tls": 465, "starttls": 587, "none": 25}
#: The service is closing (RFC 5321, 4.2.3).
_CLOSING: Final = 421
#: Answers to an address that are about this server and not about whose it is (RFC 4954, 6): sign in first.
_SIGN_IN: Final = frozenset({530, 534, 535, 538})
_PERMANENT: Final = 500
#: Enhanced status codes of policy (RFC 3463, 3.8): it may be put right at the server.
_POLICY: Final = "5.7."
_QUIT_S: Final = 5.0


class SmtpPort:
    """Sends e-mail through the server of the settings."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    @property
    def channel(self) -> NoticeChannel:
        return _CHANNEL

    @asynccontextmanager
    async def session(self) -> "AsyncGenerator[SmtpSession]":
        """Connect, encrypt and sign in.

        Raises:
            NoticeChannelError: that is not possible now.
        """
        wanted = self._settings
        context = await tls_context(wanted.ca_file, _CHANNEL)
        password = await read_secret(wanted.password_file, _CHANNEL) if wanted.user else ""
        client = aiosmtplib.SMTP(
            hostname=wanted.host,
            port=wanted.port or _PORTS[wanted.security],
            # The name of this machine is nobody's business (RFC 5321, 4.1.1.1, asks for one).
            local_hostname=wanted.sender.rpartition("@")[2],
            timeout=wanted.timeout_s,
            use_tls=wanted.security == "tls",
            start_tls=False,
            tls_context=context,
        )
        try:
            await _open(client, wanted, password, context)
            yield SmtpSession(client, wanted.sender)
        finally:
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=_QUIT_S)
            client.close()


async def _open(client: aiosmtplib.SMTP, wanted: MailSettings, password: str, context: ssl.SSLContext) -> None:
    try:
        await client.connect()
        await client.ehlo()
        if wanted.security == "starttls":
            if not client.supports_extension("starttls"):
                raise ChannelInsecureError(channel=_CHANNEL.value)
            await client.starttls(tls_context=context)
        if wanted.user:
            await client.login(wanted.user, password)
    except aiosmtplib.SMTPAuthenticationError as error:
        raise ChannelCredentialsError(channel=_CHANNEL.value) from error
    except aiosmtplib.SMTPResponseException as error:
        raise ChannelRefusedError(channel=_CHANNEL.value, reply=error.code) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise _trouble(error) from error


def _trouble(error: BaseException) -> NoticeChannelError:
    """Tell a line that cannot be trusted from one that is not there."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return ChannelInsecureError(channel=_CHANNEL.value)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, aiosmtplib.SMTPNotSupported):
        # It takes nobody's name and password.
        return ChannelCredentialsError(channel=_CHANNEL.value)
    return ChannelUnreachableError(channel=_CHANNEL.value)


class SmtpSession:
    """An open line to a mail server."""

    def __init__(self, client: aiosmtplib.SMTP, sender: str) -> None:
        self._client = client
        self._sender = sender

    async def send(self, message: OutgoingMessage) -> SendResult:
        """Hand over one message to one address."""
        try:
            await self._client.mail(self._sender)
        except aiosmtplib.SMTPResponseException as error:
            return _unsent(ChannelRefusedError(channel=_CHANNEL.value, reply=error.code))
        except (aiosmtplib.SMTPException, OSError) as error:
            return _unsent(_trouble(error))
        try:
            await self._client.rcpt(message.address)
            # The end of it is waited for as long as the whole try may take.
            await self._client.data(mail_bytes(message, self._sender), timeout=None)
        except aiosmtplib.SMTPResponseException as error:
            return await self._not_taken(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            # Cut off: it may have been taken.
            trouble = _trouble(error)
            return SendResult(SendState.DEFERRED, code=trouble.code, trouble=trouble)
        return SendResult(SendState.ACCEPTED)

    async def _not_taken(self, error: aiosmtplib.SMTPResponseException) -> SendResult:
        refused = ChannelRefusedError(channel=_CHANNEL.value, reply=error.code)
        if error.code == _CLOSING or error.code in _SIGN_IN:
            return _unsent(refused)
        with suppress(aiosmtplib.SMTPException, OSError):
            await self._client.rset()
        if error.code < _PERMANENT or error.message.startswith(_POLICY):
            return SendResult(SendState.DEFERRED, code=refused.code)
        of_recipient = isinstance(error, aiosmtplib.SMTPRecipientRefused)
        reason = UndeliverableReason.RECIPIENT if of_recipient else UndeliverableReason.CONTENT
        return SendResult(SendState.REFUSED, reason=reason, code=refused.code)


def _unsent(trouble: NoticeChannelError) -> SendResult:
    return SendResult(SendState.UNSENT, code=trouble.code, trouble=trouble)
