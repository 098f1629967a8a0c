"""A payment terminal that speaks nexo on the wire: HTTPS with a certificate of its own, envelopes, faults on demand."""

import asyncio
import contextlib
import secrets
import ssl
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import msgspec
from aiohttp import web

from peripherals.errors import PeripheralError
from peripherals.listening import cut_off
from peripherals.payment.nexo.envelope import DerivedKey, open_request, seal
from peripherals.payment.nexo.messages import LONGEST, PaymentResponse, Response, SaleToPOIRequest, SaleToPOIResponse
from peripherals.payment.nexo.messages import decode_request as decode
from peripherals.payment.nexo.messages import encode as write
from peripherals.payment.nexo.simulator.authority import issue
from peripherals.payment.nexo.simulator.journal import TransactionJournal
from peripherals.payment.nexo.simulator.terminal import OUTCOMES, SimulatedTerminal, replace_type
from peripherals.simulation import CommandError, Port, number, switch

#: What can go wrong with the next payment or reversal. ``before`` and ``after`` are of the approval.
FAULTS = (
    *("drop-before", "drop-after", "lose-completion", "half", "twice", "replay", "garbage", "empty", "error"),
    *("wrong-hmac", "wrong-header", "reject", "restart-before", "restart-after"),
)
_MONEY = {"Payment", "Reversal"}
_GARBAGE = b"\x00\xff<html>" * 40
_PIECE = 100
_REJECT = (
    b'{"SaleToPOIRequest":{"MessageHeader":{"MessageClass":"Event","MessageCategory":"Event"},"EventNotification":\
{"EventToNotify":"Reject","EventDetails":"message=Decryption+failed"}}}'
)


class _CutError(Exception):
    """The line is cut instead of an answer."""


class NexoSimulator:
    """One terminal at one address. ``folder`` keeps root certificate, passphrase and journal; a new one is made."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        poi_id: str = "V400m-123456789",
        host: str = "127.0.0.1",
        port: int = 0,
        journal: Path | None = None,
    ) -> None:
        self.folder = folder or Path(tempfile.mkdtemp(prefix="terminal-"))
        self.poi_id = poi_id
        self.fault = ""
        #: Set once an answer was kept back for good.
        self.withheld = asyncio.Event()
        self.silent = self.garbage = False
        self.late_s = 0.0
        #: How long a request that moves money is on its way to the terminal; what is sent beside it overtakes it.
        self.underway_s = 0.0
        #: Answers instead of the terminal, where it is set.
        self.instead: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]] | None = None
        #: How many requests came.
        self.requests = 0
        #: Whether bodies come in pieces, without a length told before.
        self.chunked = True
        self._port = Port(host, port)
        self._cable = asyncio.Lock()
        self._journal = journal or self.folder / "journal.jsonl"
        self._passphrase = self.folder / "passphrase"
        self._tasks: set[asyncio.Task[SaleToPOIResponse | _CutError | None]] = set()
        self._restarting: asyncio.Task[None] | None = None
        #: Whether the power goes as soon as what is worked at is done.
        self._ends_with_answer = False
        self._listener: asyncio.Server | None = None
        self._server: web.Server | None = None
        self._before = b""

    @property
    def address(self) -> str:
        return str(self._port)

    @property
    def options(self) -> dict[str, str]:
        """What an address of the driver says besides host and port."""
        files = {"ca": str(self.folder / "ca.pem"), "key": str(self._passphrase)}
        return {"poi": self.poi_id, "sale": "KIOSK1", **files, "key_id": "kiosks", "key_version": "1"}

    @property
    def query(self) -> str:
        return f"?{urlencode(self.options, quote_via=quote, safe='/')}"

    @property
    def midway(self) -> asyncio.Event:
        return self.terminal.midway

    async def start(self) -> None:
        await asyncio.to_thread(self._make)
        self.terminal = SimulatedTerminal(self.journal, self.poi_id)
        await self.plug()

    def _make(self) -> None:
        """Make what stands in the folder, and keep passphrase and journal of an earlier life."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._passphrase.exists():
            self._passphrase.touch(mode=0o600)
            self._passphrase.write_text(secrets.token_urlsafe(24))
        self.key = DerivedKey.derive(self._passphrase.read_bytes().strip(), "kiosks", 1)
        _, self._context = issue(self.folder, f"{self.poi_id}.test.terminal.adyen.com")
        self.journal = TransactionJournal(self._journal)

    @property
    def context(self) -> ssl.SSLContext:
        return self._context

    async def stop(self) -> None:
        if self._restarting is not None:
            await self._restarting
        await self.unplug()
        await self._clear()
        self._port.release()

    async def plug(self) -> None:
        async with self._cable:
            if self._listener is None:
                listener = await self._port.socket()
                self._server = web.Server(self._serve, handler_cancellation=True, access_log=None)
                loop = asyncio.get_running_loop()
                self._listener = await loop.create_server(
                    self._server, sock=listener, ssl=self._context, start_serving=False
                )
                # Known before it listens: whoever is cancelled now leaves nothing that cannot be pulled.
                await self._listener.start_serving()

    async def unplug(self) -> None:
        """Pull the cable: connections end at once, what the terminal does goes on."""
        async with self._cable:
            listener, self._listener = self._listener, None
            server, self._server = self._server, None
            if listener is None or server is None:
                return
            # Also those in the middle of their TLS handshake, which the HTTP server does not know yet.
            await cut_off(listener)
            await server.shutdown(0)

    async def power_cycle(self) -> None:
        """Off and on again: what was going on is forgotten."""
        await self.unplug()
        await self._clear()
        await self.plug()

    def _restart(self, answered: "asyncio.Task[SaleToPOIResponse | _CutError | None]") -> None:
        if not answered.cancelled():
            self._restarting = asyncio.create_task(self.power_cycle())

    async def _clear(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self.terminal.settled()
        self.terminal.clear()
        self._ends_with_answer = False

    # One request.

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.content.read(LONGEST) if request.can_read_body else b""
        while not request.content.at_eof() and len(body) < LONGEST:
            body += await request.content.read(LONGEST)
        self.requests += 1
        if self.instead is not None:
            return await self.instead(request)
        if self.silent:
            await asyncio.Event().wait()
        await asyncio.sleep(self.late_s)
        if request.path.rstrip("/") != "/nexo" or request.method != "POST":
            return web.Response(status=404)
        try:
            return await self._send(request, await self._answer(request, body))
        except _CutError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()

    async def _answer(self, http: web.BaseRequest, body: bytes) -> bytes:
        if self.garbage:
            return _GARBAGE
        try:
            request = decode(open_request(body, self.key))
        except PeripheralError:
            return _REJECT
        moves_money = request.message_header.message_category in _MONEY
        fault, self.fault = (self.fault, "") if moves_money else ("", self.fault)
        if fault == "reject":
            return _REJECT
        if moves_money and self.underway_s:
            await asyncio.sleep(self.underway_s)
        task = asyncio.create_task(self._handle(request, is_last=fault == "restart-after"))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if fault == "restart-after":
            self._ends_with_answer = True
            task.add_done_callback(self._restart)
        if fault == "drop-before":
            raise _CutError
        if fault == "restart-before":
            await self.midway.wait()
            self._restarting = asyncio.create_task(self.power_cycle())
            raise _CutError
        # The terminal goes on where whoever asked has gone.
        answer = await asyncio.shield(task)
        if isinstance(answer, _CutError):
            raise answer
        if answer is None:
            return b""
        sealed = seal(write(answer), answer.message_header, self.key)
        before, self._before = self._before, sealed
        return await self._spoil(http, fault, answer, sealed, before)

    async def _handle(self, request: SaleToPOIRequest, *, is_last: bool) -> SaleToPOIResponse | _CutError | None:
        if self._ends_with_answer and not is_last and not self.terminal.is_busy:
            # The power goes together with the answer, also for whoever asks beside it in that moment: here, where it is
            # answered, since what was asked before may be answered after.
            return _CutError()
        try:
            return await self.terminal.handle(request)
        except PeripheralError:
            refused = PaymentResponse(Response("Failure", "MessageFormat"))
            return SaleToPOIResponse(replace_type(request.message_header), payment_response=refused)

    async def _spoil(
        self, http: web.BaseRequest, fault: str, answer: SaleToPOIResponse, sealed: bytes, before: bytes
    ) -> bytes:
        """Do to an answer what a fault does, or give it as it is."""
        match fault:
            case "drop-after" | "restart-after":
                raise _CutError
            case "lose-completion":
                self.withheld.set()
                await asyncio.Event().wait()
            case "half":
                response = web.StreamResponse(headers={"Content-Length": str(len(sealed))})
                await response.prepare(http)
                await response.write(sealed[: len(sealed) // 2])
                raise _CutError
            case "error":
                raise web.HTTPInternalServerError
            case "garbage" | "empty" | "replay":
                return {"garbage": _GARBAGE, "empty": b"", "replay": before}[fault]
            case "twice":
                return sealed + sealed
            case "wrong-hmac":
                stranger = DerivedKey(self.key.identifier, self.key.version, bytes(32), self.key.cipher, self.key.iv)
                return seal(write(answer), answer.message_header, stranger)
            case "wrong-header":
                other = msgspec.structs.replace(answer.message_header, service_id="OTHER")
                return seal(write(answer), other, self.key)
        return sealed

    async def _send(self, http: web.BaseRequest, body: bytes) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        if self.chunked:
            response.enable_chunked_encoding()
        else:
            response.content_length = len(body)
        with contextlib.suppress(ConnectionError):
            await response.prepare(http)
            for at in range(0, len(body), _PIECE if self.chunked else max(len(body), 1)):
                await response.write(body[at : at + (_PIECE if self.chunked else len(body))])
            await response.write_eof()
        return response

    # The control channel.

    async def command(self, words: list[str]) -> dict[str, object]:
        """Do what a line of the control channel says."""
        terminal = self.terminal
        match words:
            case ["approve" | "partial" as outcome]:
                terminal.set(outcome=outcome)
            case ["decline"]:
                terminal.set(outcome="decline")
            case ["decline", why] if why in OUTCOMES:
                terminal.set(outcome=why)
            case ["busy", value]:
                terminal.set(outcome="busy" if switch(value) else "approve")
            case ["slow", seconds]:
                terminal.set(slow_s=number(seconds))
            case ["print", "none" | "ok" | "out" as printer]:
                terminal.set(printer=printer)
            case ["signature" | "plant" | "reverses" | "remembers" | "keeps" as name, value]:
                terminal.set(**{name: switch(value)})
            case ["late", seconds]:
                self.late_s = number(seconds)
            case ["silent" | "garbage" | "chunked" as name, value]:
                setattr(self, name, switch(value))
            case ["journal"]:
                return {"entries": [msgspec.to_builtins(each) for each in self.journal.entries]}
            case ["sum"]:
                return {"totals": self.journal.totals()}
            case ["status"]:
                pass
            case [fault] | ["fault", fault] if fault in FAULTS:
                self.fault = fault
            case ["drop" | "restart" as what, "before" | "after" as when]:
                self.fault = f"{what}-{when}"
            case _:
                await self._plugging(words)
        return self.status()

    async def _plugging(self, words: list[str]) -> None:
        actions: dict[str, Callable[[], Awaitable[None]]] = {
            "unplug": self.unplug,
            "plug": self.plug,
            "power-cycle": self.power_cycle,
        }
        if len(words) != 1 or words[0] not in actions:
            raise CommandError("no such command")
        await actions[words[0]]()

    def status(self) -> dict[str, object]:
        condition = self.terminal.condition
        return {
            "endpoint": f"https://{self.address}/nexo/",
            "poi": self.poi_id,
            "ca": self.options["ca"],
            "passphrase_file": self.options["key"],
            "key_id": self.options["key_id"],
            "key_version": 1,
            "journal": str(self.journal.path),
            "plugged": self._listener is not None,
            "outcome": condition.outcome,
            "fault": self.fault,
            "totals": self.journal.totals(),
        }
