"""What the program beside a browser answers, on 127.0.0.1 alone.

``GET /v1/desk`` says its version and, to a paired browser, how the parts are. ``POST /v1/pair`` takes a code. With the
token of a pairing (``Authorization: Bearer``): ``GET /v1/events`` follows the parts and the scanner, ``POST /v1/read``
reads a document and tells each step, ``POST /v1/can`` gives it the number on the card, ``POST /v1/print`` prints.
Lines of news are JSON, one a line, with a beat while nothing happens; a line that is cut ends what it was for.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import structlog
from aiohttp import hdrs, web
from msgspec import Meta

from peripherals.documents.trust import files
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.trust.watch import Trusted
from peripherals.errors import DeskRequestError, NotConnectedError, PeripheralError, UnpairedError
from peripherals.printers.port import MAX_HEIGHT, MonoImage
from peripherals.serve.devices import DeskDevices
from peripherals.serve.gate import Gate
from peripherals.serve.pairing import Pairings
from peripherals.serve.reading import DeskReadings, ReadingProgress
from peripherals.serve.settings import DeskSettings
from queue_server.contract.base import Uuid
from queue_server.contract.documents import ReadingNotOpenedError, from_text
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import VisitId

_log = structlog.get_logger(__name__)

#: Of what page and program say to each other; ``queue_server.web.desk_reader`` has the page's.
VERSION = 1
_KEY_BYTES = 32
#: The longest paper at the widest printer, packed, and how long a body may take, in seconds.
_BODY_BYTES, _BODY_S = 1 << 20, 10.0
_BEARER = "Bearer "
#: News that wait for a page that does not take them; then its line is cut.
_WAITING = 64
_END = object()


class PairRequest(msgspec.Struct, frozen=True):
    """``name`` is what the browser calls itself in the list of pairings."""

    code: Annotated[str, Meta(pattern=r"^[0-9]{8}$(?!\n)")]
    name: Annotated[str, Meta(max_length=80, pattern=r"^[^\x00-\x1f]*$(?!\n)")] = ""


class ReadRequest(msgspec.Struct, frozen=True):
    """``key`` is the server's key, to which the reading is sealed: 32 bytes in base64url."""

    visit: Uuid
    key: Annotated[str, Meta(max_length=64)]


class CanRequest(msgspec.Struct, frozen=True):
    """The number on the card, six digits, "" to go on without it."""

    can: Annotated[str, Meta(pattern=r"^([0-9]{6})?$(?!\n)")]


class DeskAgent:
    """The program: devices, pairings, and one reading at a time."""

    def __init__(self, settings: DeskSettings, pairings: Pairings, clock: Callable[[], float] = time.time) -> None:
        """Construct it; touches no device.

        Raises:
            PeripheralError: the address of a device cannot be used.
        """
        self._settings = settings
        self._pairings = pairings
        self._clock = clock
        self._lines: set[asyncio.Queue[Any]] = set()
        self._devices = DeskDevices(settings.devices, changed=self._publish_parts, scanned=self._publish_scan)
        self._gate = Gate(settings.agent)
        documents = settings.documents
        self.trusted = Trusted(
            documents,
            load=lambda: files.load(Path(documents.trust)) if documents.trust else TrustStore(()),
            mark=lambda: files.mark(Path(documents.trust)) if documents.trust else None,
            now=_now,
        )
        self._trust = Periodic("trust", documents.trust_poll_s, self.trusted.check, at_once=True)
        self._readings = DeskReadings(self._devices, documents, store=lambda: self.trusted.store, now=_now)

    def application(self) -> web.Application:
        app = web.Application(client_max_size=_BODY_BYTES, middlewares=[self._gate.middleware()])
        app.on_response_prepare.append(self._gate.add_headers)
        app.router.add_get("/v1/desk", self._desk)
        app.router.add_post("/v1/pair", self._pair)
        app.router.add_get("/v1/events", self._events)
        app.router.add_post("/v1/read", self._read)
        app.router.add_post("/v1/can", self._can)
        app.router.add_post("/v1/print", self._print)
        return app

    async def run(self) -> None:
        """Keep the devices, and who is trusted."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._devices.run())
            tasks.create_task(self._trust.run())

    async def _desk(self, request: web.Request) -> web.Response:
        answer: dict[str, object] = {"version": VERSION, "paired": False}
        if hdrs.AUTHORIZATION in request.headers:
            await self._owner(request)
            printer = self._devices.printer
            answer |= {"paired": True, "width": printer.width if printer is not None else 0, **self._parts()}
        return web.Response(body=msgspec.json.encode(answer), content_type="application/json")

    async def _pair(self, request: web.Request) -> web.Response:
        wanted = await _body(request, PairRequest)
        token = await asyncio.to_thread(self._pairings.pair, wanted.code, wanted.name, self._clock())
        _log.info("paired")
        return web.Response(body=msgspec.json.encode({"token": token}), content_type="application/json")

    async def _events(self, request: web.Request) -> web.StreamResponse:
        await self._owner(request)
        line: asyncio.Queue[Any] = asyncio.Queue(_WAITING)
        line.put_nowait(self._parts())
        self._lines.add(line)
        try:
            return await self._follow(request, line)
        finally:
            self._lines.discard(line)

    async def _read(self, request: web.Request) -> web.StreamResponse:
        owner = await self._owner(request)
        wanted = await _body(request, ReadRequest)
        try:
            key = from_text(wanted.key)
        except ReadingNotOpenedError as error:
            raise DeskRequestError from error
        if len(key) != _KEY_BYTES:
            raise DeskRequestError
        line: asyncio.Queue[Any] = asyncio.Queue(_WAITING)

        def say(step: ReadingProgress) -> None:
            _put(line, step)

        async def work() -> None:
            try:
                await self._readings.read(owner, VisitId(wanted.visit), key, say)
            except PeripheralError as error:
                _put(line, {"code": error.code})
            finally:
                _put(line, _END)

        reading = asyncio.create_task(work())
        try:
            return await self._follow(request, line)
        finally:
            # Also where the page has gone: nobody waits for the document any more.
            reading.cancel()
            await asyncio.wait([reading])

    async def _can(self, request: web.Request) -> web.Response:
        owner = await self._owner(request)
        wanted = await _body(request, CanRequest)
        if not self._readings.supply_can(owner, wanted.can):
            raise DeskRequestError
        return web.Response(status=204)

    async def _print(self, request: web.Request) -> web.Response:
        await self._owner(request)
        rows = await _bytes(request, "application/octet-stream")
        if not rows:
            raise DeskRequestError
        printer = self._devices.printer
        if printer is None:
            raise NotConnectedError(reason="no-device")
        stride = (printer.width + 7) // 8
        if len(rows) % stride or len(rows) > stride * MAX_HEIGHT:
            raise DeskRequestError
        proof = await printer.print_image(MonoImage(printer.width, len(rows) // stride, rows))
        return web.Response(body=msgspec.json.encode({"proof": proof}), content_type="application/json")

    async def _owner(self, request: web.Request) -> str:
        """Find who asks.

        Raises:
            UnpairedError: nobody whose pairing is known.
        """
        found = request.headers.getall(hdrs.AUTHORIZATION, [])
        if len(found) != 1 or not found[0].startswith(_BEARER):
            raise UnpairedError
        pairing = await asyncio.to_thread(self._pairings.find, found[0].removeprefix(_BEARER))
        return pairing.id

    async def _follow(self, request: web.Request, line: asyncio.Queue[Any]) -> web.StreamResponse:
        """Send news as they come, until they end, the page goes, or its pairing is no more."""
        response = web.StreamResponse(headers={hdrs.CONTENT_TYPE: "application/x-ndjson"})
        await response.prepare(request)
        heartbeat_s = self._settings.agent.heartbeat_s
        beat_at = time.monotonic() + heartbeat_s
        while True:
            try:
                async with asyncio.timeout(max(0.0, beat_at - time.monotonic())):
                    news = await line.get()
            except TimeoutError:
                beat_at = time.monotonic() + heartbeat_s
                try:
                    await self._owner(request)
                except PeripheralError as error:
                    await response.write(_line({"code": error.code}))
                    break
                news = {"beat": True}
            if news is _END:
                break
            await response.write(_line(news))
        await response.write_eof()
        return response

    def _parts(self) -> dict[str, object]:
        return {"parts": self._devices.parts, "trust": self.trusted.fault}

    def _publish_parts(self) -> None:
        for line in self._lines:
            _put(line, self._parts())

    def _publish_scan(self, text: str, is_seal: bool) -> None:
        for line in self._lines:
            _put(line, {"seal" if is_seal else "scan": text})


def _put(line: asyncio.Queue[Any], news: object) -> None:
    """Add news; a page that takes none loses the oldest."""
    if line.full():
        line.get_nowait()
    line.put_nowait(news)


def _line(news: object) -> bytes:
    return msgspec.json.encode(news) + b"\n"


async def _body[T](request: web.Request, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(await _bytes(request, "application/json"), type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise DeskRequestError from error


async def _bytes(request: web.Request, content_type: str) -> bytes:
    if request.content_type != content_type:
        raise DeskRequestError
    try:
        async with asyncio.timeout(_BODY_S):
            return await request.read()
    except TimeoutError as error:
        raise DeskRequestError from error


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
