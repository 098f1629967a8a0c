"""One request of the API, checked: who asks, with which body and key."""

import asyncio
import hmac
import re
from dataclasses import dataclass
from typing import Final

import msgspec
from aiohttp import hdrs, web

from queue_server.contract.base import Message
from queue_server.domain.values import Actor
from queue_server.framework.access import RequestIdentity
from queue_server.framework.permissions import Principal
from queue_server.framework.problems import (
    BodyInvalidError,
    BodyNotJsonError,
    KeyInvalidError,
    KeyMissingError,
    MediaTypeError,
    NotSignedInError,
    TooSlowError,
)
from queue_server.framework.server import SERVER, Server
from queue_server.framework.settings import HttpSettings

KEY_HEADER: Final = "Idempotency-Key"
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True)
class RequestContext:
    """``raw`` is the body as it was sent; ``key`` is empty where the route takes none.

    ``request_key`` is the server's key under which the fingerprint is made.
    """

    request: web.Request
    server: Server
    identity: RequestIdentity
    request_key: bytes
    raw: bytes = b""
    key: str = ""

    @property
    def principal(self) -> Principal:
        return self.identity.principal

    @property
    def actor(self) -> Actor:
        if self.principal.actor is None:
            raise NotSignedInError
        return self.principal.actor

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.request_key, self.request, self.actor, self.raw)

    @property
    def command(self) -> str:
        """Name the request in streams that no writer keeps, as the writer does in its own."""
        return f"{self.key}#{self.fingerprint}"

    def path(self, name: str) -> str:
        return self.request.match_info[name]

    def body[T: Message](self, kind: type[T]) -> T:
        """Read the body; none at all stands for one without fields.

        Raises:
            BodyNotJsonError: it is not JSON.
            BodyInvalidError: it has another shape.
        """
        return read_body(self.raw, kind)


def read_body[T: Message](raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise BodyInvalidError(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        # Fields that nobody knows are passed over, but not as deep as anybody likes.
        raise BodyNotJsonError from error


def fingerprint(key: bytes, request: web.Request, actor: Actor, raw: bytes) -> str:
    """Stand for who asked what: an idempotency key used for anything else is refused (decision 2).

    Under a key of the server, since it is stored for ever: what a body said cannot be found by trying.
    """
    parts = (actor.encode(), request.method.encode(), request.path.encode(), raw)
    message = b"".join(len(part).to_bytes(8) + part for part in parts)
    return hmac.digest(key, message, "sha256").hex()[:16]


def idempotency_key(request: web.Request) -> str:
    """Read the key that every command carries.

    Raises:
        KeyMissingError: there is none.
        KeyInvalidError: it is not 8 to 64 letters, digits, hyphens or underscores.
    """
    key = request.headers.get(KEY_HEADER)
    if key is None:
        raise KeyMissingError
    if _KEY.fullmatch(key) is None:
        raise KeyInvalidError
    return key


async def receive(request: web.Request, media_type: str = "application/json") -> bytes:
    """Read the body whole, within the limits of size and time.

    Raises:
        MediaTypeError: it is announced as something else than ``media_type``, or as packed.
        TooSlowError: it did not come in time.
    """
    settings = request.app[SERVER].settings[HttpSettings]
    if request.content_length is not None and request.content_length > settings.body_bytes:
        raise web.HTTPRequestEntityTooLarge(settings.body_bytes, request.content_length)
    if not request.body_exists:
        return b""
    if request.content_type != media_type:
        raise MediaTypeError
    if request.headers.get(hdrs.CONTENT_ENCODING, "identity") != "identity":
        raise MediaTypeError
    if request.content.is_eof():
        # All of it has come with the head, as most have: there is nothing to wait for.
        return await request.read()
    try:
        async with asyncio.timeout(settings.body_ms / 1000):
            return await request.read()
    except TimeoutError as error:
        raise TooSlowError from error
