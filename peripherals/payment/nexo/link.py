"""The way to one terminal: HTTPS whose root is pinned, and an envelope in each body.

The vendor's root is the only one believed. No name of a host is compared, since a terminal has none: the common name
of its certificate must begin with its own id (``V400m-123456789.test.terminal.adyen.com``). That is looked at
before a byte of a request leaves. The shared ``legacy-terminal-certificate`` says of none which it is: refused.
"""

import asyncio
import os
import ssl
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import aiohttp

from peripherals.errors import AnswerInvalidError, EnvelopeError, NotConnectedError, TerminalKeyError
from peripherals.payment.nexo import answers
from peripherals.payment.nexo.envelope import DerivedKey, open_answer, seal
from peripherals.payment.nexo.messages import (
    LONGEST,
    SaleToPOIRequest,
    SaleToPOIResponse,
    decode_answer,
    encode,
    rejected,
)

_LONGEST_FILE = 1 << 16
_OK = 200


class RejectedError(EnvelopeError):
    """The terminal says that it cannot open what we send; never leaves the driver."""


class LostError(AnswerInvalidError):
    """The connection ended, or nothing came in time, after the request had left; never leaves the driver."""


class SilentError(LostError):
    """Nothing came in time; never leaves the driver."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a terminal is, and the files that say how to speak with it."""

    host: str
    port: int
    poi_id: str
    ca: Path
    key: Path
    key_id: str
    key_version: int

    @property
    def owned(self) -> str:
        """What one owner in this process may hold."""
        return f"nexo:{self.host}:{self.port}"


class NexoLink:
    """Sends requests, each on a connection of its own: a kept one could be gone without anybody knowing."""

    def __init__(self, endpoint: Endpoint, key: DerivedKey, context: ssl.SSLContext, connect_s: float) -> None:
        self._url = f"https://{_bracketed(endpoint.host)}:{endpoint.port}/nexo/"
        self._key = key
        connector = aiohttp.TCPConnector(ssl=context, force_close=True)
        # A packed body could unpack to far more than is taken.
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        )
        self._connect_s = connect_s

    @classmethod
    async def open(cls, endpoint: Endpoint, connect_s: float) -> Self:
        """Read key and certificate.

        Raises:
            TerminalKeyError: one of them cannot be used.
        """
        key, context = await asyncio.to_thread(_load, endpoint)
        return cls(endpoint, key, context, connect_s)

    async def close(self) -> None:
        await self._session.close()

    async def ask(self, request: SaleToPOIRequest, limit_s: float) -> SaleToPOIResponse | None:
        """Send a request and give its answer, None where it is empty, as that of an abort is.

        Raises:
            NotConnectedError: there is no connection; nothing was sent.
            LostError: it was sent, and no answer came, or half of one.
            EnvelopeError: what came is not from who has our key.
            AnswerInvalidError: it is no answer to this request.
        """
        sent = seal(encode(request), request.message_header, self._key)
        received = await self._post(sent, limit_s)
        if received.strip() in {b"", b"ok"}:
            return None
        try:
            answer = decode_answer(open_answer(received, self._key))
        except EnvelopeError as error:
            raise (RejectedError() if rejected(received) else error) from error
        answers.check(request.message_header, answer.message_header)
        return answer

    async def _post(self, body: bytes, limit_s: float) -> bytes:
        if self._session.closed:
            raise NotConnectedError(reason="closed")
        # The answer's time counts from the request on; the total bounds one that comes byte by byte.
        timeout = aiohttp.ClientTimeout(
            total=2 * limit_s + self._connect_s, sock_connect=self._connect_s, sock_read=limit_s
        )
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        try:
            async with self._session.post(
                self._url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                received = await _bounded(response.content)
        except aiohttp.ClientConnectorCertificateError as error:
            raise NotConnectedError(reason="certificate") from error
        except aiohttp.ClientConnectorError as error:
            reason = "certificate" if isinstance(error.os_error, ssl.SSLCertVerificationError) else "refused"
            raise NotConnectedError(reason=reason) from error
        except aiohttp.ConnectionTimeoutError as error:
            raise NotConnectedError(reason="no-answer") from error
        except TimeoutError as error:
            raise SilentError from error
        except (aiohttp.ClientError, OSError) as error:
            raise LostError from error
        if response.status != _OK:
            raise AnswerInvalidError
        return received


async def _bounded(stream: aiohttp.StreamReader) -> bytes:
    received = bytearray()
    async for piece in stream.iter_any():
        received += piece
        if len(received) > LONGEST:
            raise AnswerInvalidError
    return bytes(received)


def _load(endpoint: Endpoint) -> tuple[DerivedKey, ssl.SSLContext]:
    passphrase = read_private(endpoint.key).removesuffix(b"\n").removesuffix(b"\r")
    return DerivedKey.derive(passphrase, endpoint.key_id, endpoint.key_version), _context(endpoint)


def read_private(path: Path) -> bytes:
    """Read a file that nobody else may read.

    Raises:
        TerminalKeyError: there is none, it is too long, or others may read it.
    """
    try:
        with path.open("rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise TerminalKeyError(file="key", fault="not-private")
            content = file.read(_LONGEST_FILE + 1)
    except OSError as error:
        raise TerminalKeyError(file="key", fault="missing") from error
    if len(content) > _LONGEST_FILE:
        raise TerminalKeyError(file="key", fault="too-long")
    return content


def _context(endpoint: Endpoint) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    wanted = endpoint.poi_id.casefold()

    class TerminalTlsObject(ssl.SSLObject):
        """A connection that is one only to the terminal that was meant."""

        def do_handshake(self) -> None:
            super().do_handshake()
            if common_name(self.getpeercert()).casefold().partition(".")[0] != wanted:
                raise ssl.SSLCertVerificationError("another terminal")

    context.sslobject_class = TerminalTlsObject
    try:
        content = endpoint.ca.read_bytes()
        context.load_verify_locations(cadata=content[:_LONGEST_FILE].decode("ascii"))
    except OSError as error:
        fault = "certificate" if isinstance(error, ssl.SSLError) else "missing"
        raise TerminalKeyError(file="ca", fault=fault) from error
    except ValueError as error:
        raise TerminalKeyError(file="ca", fault="certificate") from error
    return context


def common_name(certificate: object) -> str:
    """Give the common name of the subject of a certificate as the ssl module shows it, "" where it has none or two."""
    subject = certificate.get("subject", ()) if isinstance(certificate, dict) else ()
    names = [value for part in subject for name, value in part if name == "commonName"]
    return str(names[0]) if len(names) == 1 else ""


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
