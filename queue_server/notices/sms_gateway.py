"""The driver of short messages: a gateway that takes them by HTTP, as JSON (``docs/technician.md`` has its form)."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final

import aiohttp
from yarl import URL

from queue_server.notices.errors import (
    ChannelCredentialsError,
    ChannelInsecureError,
    ChannelRefusedError,
    ChannelUnreachableError,
    NoticeChannelError,
)
from queue_server.notices.port import OutgoingMessage, SendResult, SendState
from queue_server.notices.secret_file import read_secret, tls_context
from queue_server.notices.settings import SmsSettings
from queue_server.notices.values import NoticeChannel, UndeliverableReason

_CHANNEL: Final = NoticeChannel.SMS
#: It has this message already (the key was used before): an earlier answer was lost.
_KNOWN: Final = 409
_OK: Final = range(200, 300)
_SIGN_IN: Final = frozenset({401, 403})
_LATER: Final = frozenset({408, 425, 429})
#: What is wrong with the number, and with the words.
_RECIPIENT: Final = frozenset({400, 404, 410, 422})
_CONTENT: Final = frozenset({413, 415})


class SmsPort:
    """Sends through the gateway of the settings."""

    def __init__(self, settings: SmsSettings) -> None:
        self._settings = settings

    @property
    def channel(self) -> NoticeChannel:
        return _CHANNEL

    @asynccontextmanager
    async def session(self) -> "AsyncGenerator[SmsSession]":
        """See whether the gateway is there, before any message is held for it.

        Raises:
            NoticeChannelError: it is not, or not so that it can be trusted.
        """
        wanted, url = self._settings, URL(self._settings.url)
        context = await tls_context(wanted.ca_file, _CHANNEL) if url.scheme == "https" else None
        headers = {}
        if wanted.token_file:
            headers["Authorization"] = f"Bearer {await read_secret(wanted.token_file, _CHANNEL)}"
        await _reach(url, context, wanted.timeout_s)
        timeout = aiohttp.ClientTimeout(total=wanted.timeout_s)
        connector = aiohttp.TCPConnector(ssl=True if context is None else context)
        async with aiohttp.ClientSession(headers=headers, timeout=timeout, connector=connector) as http:
            yield SmsSession(http, url)


async def _reach(url: URL, context: ssl.SSLContext | None, timeout_s: float) -> None:
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout(timeout_s):
            _, writer = await asyncio.open_connection(url.host, url.port, ssl=context)
    except ssl.SSLError as error:
        raise ChannelInsecureError(channel=_CHANNEL.value) from error
    except OSError as error:
        raise ChannelUnreachableError(channel=_CHANNEL.value) from error
    finally:
        if writer is not None:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


class SmsSession:
    """A gateway that was there a moment ago."""

    def __init__(self, http: aiohttp.ClientSession, url: URL) -> None:
        self._http = http
        self._url = url

    async def send(self, message: OutgoingMessage) -> SendResult:
        """Hand over one message; by its key the gateway knows one that it has already."""
        body = {"id": message.id, "to": message.address, "text": message.short}
        try:
            async with self._http.post(
                self._url, json=body, headers={"Idempotency-Key": message.id}, allow_redirects=False
            ) as answer:
                return _result(answer.status)
        except aiohttp.ClientConnectorError:
            return _unsent(ChannelUnreachableError(channel=_CHANNEL.value))
        except (aiohttp.ClientError, TimeoutError, OSError):
            # Cut off: it may have been taken.
            trouble = ChannelUnreachableError(channel=_CHANNEL.value)
            return SendResult(SendState.DEFERRED, code=trouble.code, trouble=trouble)


def _result(status: int) -> SendResult:
    if status in _OK or status == _KNOWN:
        return SendResult(SendState.ACCEPTED)
    refused = ChannelRefusedError(channel=_CHANNEL.value, reply=status)
    if status in _SIGN_IN:
        return _unsent(ChannelCredentialsError(channel=_CHANNEL.value))
    if status in _LATER:
        return SendResult(SendState.DEFERRED, code=refused.code)
    if status in _RECIPIENT:
        return SendResult(SendState.REFUSED, UndeliverableReason.RECIPIENT, refused.code)
    if status in _CONTENT:
        return SendResult(SendState.REFUSED, UndeliverableReason.CONTENT, refused.code)
    # A server's own fault may be over this message alone, so the next one is tried first.
    return SendResult(SendState.DEFERRED, code=refused.code, trouble=refused)


def _unsent(trouble: NoticeChannelError) -> SendResult:
    return SendResult(SendState.UNSENT, code=trouble.code, trouble=trouble)
