"""A payment terminal in a few lines, with a ledger of its own: what a desk is tried against beside the real protocols.

The terminal is a server on loopback; the driver beside it implements the port. One that ``keeps`` charges when it
approves, as nexo's do; else it charges when it is told that the goods are issued, as those of ZVT do.
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from peripherals.device import DeviceState, DeviceUrl, HealthAnswer, LifecycleStage, Timings
from peripherals.errors import NotConnectedError
from peripherals.money import Amount
from peripherals.payment.port import (
    Decide,
    Follow,
    Order,
    PaymentTerminal,
    Progress,
    Result,
    TerminalReceipt,
    TerminalReceiptKind,
    TerminalReconciliation,
    TerminalStatus,
    Transaction,
)
from tests.kiosk.payment.stand import write_line

#: Where a terminal can lose its line, once each.
CUTS = (
    "before-begin",
    "after-begin",
    "at-approval",
    "after-approval",
    "after-commit",
    "reversal-before",
    "reversal-after",
    "look-up",
)


@dataclass
class SmallTerminal:
    """``cuts`` are used up, one line each; ``dead``: nobody answers. ``says`` is the result of the next payments."""

    ledger: Path
    keeps: bool = False
    says: Result = Result.APPROVED
    signature: bool = False
    other_amount: bool = False
    reversal: Result = Result.APPROVED
    dead: bool = False
    cuts: set[str] = field(default_factory=set)
    #: Holds an approval back until it is set.
    go: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    #: What stands in the ledger.
    booked: list[dict[str, Any]] = field(default_factory=list)
    #: Nobody hears of an undoing, and nobody undoes, before it stands in the ledger.
    _undoing: asyncio.Lock = field(default_factory=asyncio.Lock)
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    count: int = 0
    aborted: bool = False

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncGenerator[Self]:
        self.go.set()
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            server.close_clients()
            await server.wait_closed()

    @property
    def url(self) -> str:
        return f"small://127.0.0.1:{self.port}"

    async def _book(self, kind: str, minor: int, currency: str) -> None:
        entry = {"kind": kind, "minor": minor, "currency": currency}
        await asyncio.to_thread(write_line, self.ledger, entry)
        self.booked.append(entry)

    def _cut(self, where: str) -> None:
        if self.dead or where in self.cuts:
            self.cuts.discard(where)
            raise ConnectionResetError(where)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self.dead:
                return
            asked = json.loads(await reader.readline() or b"null")
            if asked is None:
                return
            match asked["do"]:
                case "pay":
                    await self._pay(asked, reader, writer)
                case "look-up":
                    self._cut("look-up")
                    async with self._undoing:
                        known = self.known.get(asked["order"])
                    await _say(writer, known)
                case "reverse":
                    await self._reverse(asked, writer)
                case "abort":
                    self.aborted = True
                    self.go.set()
                    await _say(writer, {})
                case _:
                    await _say(writer, {})
        except (ConnectionError, json.JSONDecodeError):
            pass
        finally:
            writer.close()

    async def _pay(self, asked: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._cut("before-begin")
        self.count += 1
        self.aborted = False
        minor = asked["minor"] + (1 if self.other_amount else 0)
        said = {"reference": f"{self.count:04}", "minor": minor, "currency": asked["currency"]}
        said |= {"at": datetime.now(UTC).isoformat(), "signature": self.signature, "result": "in-doubt"}
        self.known[asked["order"]] = said
        self._cut("after-begin")
        await _say(writer, {"progress": "present-card"})
        await self.go.wait()
        if self.aborted or self.says is not Result.APPROVED:
            said["result"] = "cancelled" if self.aborted else self.says.value
            await _say(writer, said)
            return
        if self.keeps:
            await self._book("charge", minor, asked["currency"])
            said["result"] = "approved"
        # What is not kept is undone by itself, unless it is heard that the goods are issued.
        undone = "approved" if self.keeps else "failed"
        said["result"] = undone
        self._cut("at-approval")
        await _say(writer, {"approved": {**said, "result": "approved"}})
        self._cut("after-approval")
        goods = (await reader.readline()).strip() == b"true"
        if goods and not self.keeps:
            await self._book("charge", minor, asked["currency"])
            said["result"] = "approved"
        async with self._undoing:
            if not goods and self.keeps and said["result"] == "approved":
                await self._book("undo", minor, asked["currency"])
                said["result"] = "failed"
        self._cut("after-commit")
        await _say(writer, said)

    async def _reverse(self, asked: dict[str, Any], writer: asyncio.StreamWriter) -> None:
        self._cut("reversal-before")
        async with self._undoing:
            of = next((one for one in self.known.values() if one["reference"] == asked["of"]), None)
            result = self.reversal.value if of is not None and of["result"] == "approved" else "failed"
            if of is not None and result in {"approved", "requested"}:
                await self._book("undo", of["minor"], of["currency"])
                of["result"] = "failed"
            self.count += 1
            said = {"reference": f"{self.count:04}", "minor": asked["minor"], "currency": asked["currency"]}
            self.known[asked["order"]] = said | {"result": result}
        self._cut("reversal-after")
        await _say(writer, self.known[asked["order"]])


async def _say(writer: asyncio.StreamWriter, what: object) -> None:
    writer.write(json.dumps(what).encode() + b"\n")
    await writer.drain()


class SmallDriver(PaymentTerminal):
    def __init__(self, url: str) -> None:
        super().__init__(url, TerminalStatus(state=DeviceState.UNKNOWN))
        parts = DeviceUrl.parse(url)
        self._port = parts.port or 0

    @classmethod
    def from_url(cls, url: DeviceUrl, timings: Timings) -> Self:
        del timings
        return cls(url.text)

    async def _claim(self) -> None: ...

    async def _release(self) -> None: ...

    async def _enable(self) -> None:
        await self._check_health()

    async def _check_health(self) -> TerminalStatus:
        try:
            await self._ask({"do": "hello"})
        except NotConnectedError:
            return self._publish(TerminalStatus(state=DeviceState.OFFLINE))
        return self._publish(TerminalStatus(state=DeviceState.ONLINE, registered=HealthAnswer.YES))

    async def mark(self) -> str:
        await self._ask({"do": "hello"})
        return "m"

    async def pay(self, order: Order, *, follow: Follow, decide: Decide) -> Transaction:
        self._require("pay", LifecycleStage.ENABLED)
        reader, writer = await self._connect()
        approved = False
        try:
            await _say(writer, {"do": "pay", "order": order.id, **_money(order.amount)})
            while True:
                said = json.loads(await reader.readline() or b"{}")
                if "progress" in said:
                    follow(Progress(said["progress"]))
                elif "approved" in said:
                    approved = True
                    goods = await decide(_read(said["approved"]))
                    await _say(writer, goods)
                elif said:
                    return _read(said, receipts=approved)
                else:
                    return Transaction(Result.IN_DOUBT, order.amount, reason="line-lost")
        except ConnectionError:
            return Transaction(Result.IN_DOUBT, order.amount, reason="line-lost")
        finally:
            writer.close()

    async def look_up(self, order: Order) -> Transaction | None:
        said = await self._ask({"do": "look-up", "order": order.id})
        return None if said is None else _read(said)

    async def reverse(self, order: Order, paid: Transaction) -> Transaction:
        try:
            said = await self._ask({"do": "reverse", "order": order.id, "of": paid.reference, **_money(order.amount)})
        except NotConnectedError:
            return Transaction(Result.IN_DOUBT, order.amount, reason="line-lost")
        return _read(said or {})

    async def refund(self, order: Order, paid: Transaction) -> Transaction:
        return await self.reverse(order, paid)

    async def repeat_receipts(self) -> tuple[TerminalReceipt, ...]:
        return ()

    async def end_day(self) -> TerminalReconciliation:
        return TerminalReconciliation(Result.FAILED)

    async def abort(self) -> None:
        await self._ask({"do": "abort"})

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        try:
            return await asyncio.open_connection("127.0.0.1", self._port)
        except OSError as error:
            raise NotConnectedError(reason="refused") from error

    async def _ask(self, what: dict[str, Any]) -> dict[str, Any] | None:
        reader, writer = await self._connect()
        try:
            await _say(writer, what)
            line = await reader.readline()
        except ConnectionError as error:
            raise NotConnectedError(reason="lost") from error
        finally:
            writer.close()
        if not line:
            raise NotConnectedError(reason="lost")
        found: dict[str, Any] | None = json.loads(line)
        return found


def _money(amount: Amount) -> dict[str, Any]:
    return {"minor": amount.minor, "currency": amount.currency}


def _read(said: dict[str, Any], *, receipts: bool = False) -> Transaction:
    papers = (TerminalReceipt(TerminalReceiptKind.CUSTOMER, ("SMALL TERMINAL", "APPROVED")),) if receipts else ()
    return Transaction(
        Result(said["result"]),
        Amount(said["minor"], said["currency"]),
        reference=said["reference"],
        trace=said["reference"],
        terminal="small",
        at=datetime.fromisoformat(said["at"]) if "at" in said else None,
        receipts=papers,
        signature=said.get("signature", False),
    )
