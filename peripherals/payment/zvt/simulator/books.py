"""What a simulated terminal charged, reversed and gave back: in a file of its own, so that anybody can sum it.

One JSON object a line, on disk before the terminal says it: ``charged``, ``committed``, ``confirmed`` (object 1F1F came
back), ``reversed``, ``refunded``, ``day-closed``, ``forgotten``. Nothing of a card is in it.
"""

import asyncio
import json
import os
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_MOST_RECEIPTS, _MOST_TRACES = 9999, 999_999


@dataclass(frozen=True, slots=True)
class ZvtTransaction:
    """One transaction. ``kind``: payment, reversal or refund; ``original`` is the trace of what a reversal undoes."""

    kind: str
    receipt: int
    trace: int
    amount: int
    currency: int
    at: datetime
    unique: str = ""
    original: int = 0
    reversed: bool = False


class Books:
    """The transactions since the day was opened, and the last one of all."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.entries: list[ZvtTransaction] = []
        self.last: ZvtTransaction | None = None
        #: A payment that was charged, and neither taken nor given back.
        self.open: ZvtTransaction | None = None
        self._receipt = self._trace = 0
        self._sums: Counter[int] = Counter()

    async def load(self) -> None:
        """Read the file, if there is one and nothing is known yet."""
        if self._path is not None and self.last is None:
            for line in await asyncio.to_thread(_lines, self._path):
                self._load(line)

    def next_numbers(self) -> tuple[int, int]:
        """The receipt and trace number of the next transaction."""
        return self._receipt % _MOST_RECEIPTS + 1, self._trace % _MOST_TRACES + 1

    @property
    def sums(self) -> dict[int, int]:
        """What holders of cards have paid and not got back, by the number of the currency, in minor units."""
        return {currency: total for currency, total in self._sums.items() if total}

    async def charge(self, amount: int, currency: int, unique: str) -> ZvtTransaction:
        """Charge a card."""
        return await self._write("charged", amount=amount, currency=currency, unique=unique)

    async def commit(self, entry: ZvtTransaction) -> None:
        """The register has taken the result, and the receipts."""
        await self._write("committed", trace=entry.trace)

    async def confirm(self, unique: str) -> None:
        """The register has mirrored the number of a transaction."""
        await self._write("confirmed", unique=unique)

    async def reverse(self, entry: ZvtTransaction, by: str) -> ZvtTransaction:
        """Give a payment back; ``by``: terminal or register."""
        return await self._write(
            "reversed", original=entry.trace, amount=entry.amount, currency=entry.currency, by=by, unique=entry.unique
        )

    async def refund(self, amount: int, currency: int) -> ZvtTransaction:
        """Give money to a card."""
        return await self._write("refunded", amount=amount, currency=currency, unique="")

    async def close_day(self) -> None:
        """Begin a new day: what was is no longer there to be reversed."""
        await self._write("day-closed")

    async def clear(self) -> None:
        """Know nothing more of what was, and count from 1 again. What was charged stays charged."""
        await self._write("forgotten")

    def payment(self, receipt: int) -> ZvtTransaction | None:
        """The payment of this day with a receipt number."""
        return next((each for each in self.entries if each.kind == "payment" and each.receipt == receipt), None)

    async def _write(self, event: str, **values: object) -> ZvtTransaction:
        line: dict[str, Any] = {"event": event, "at": datetime.now(UTC).isoformat(timespec="milliseconds"), **values}
        if event in {"charged", "reversed", "refunded"}:
            line["receipt"], line["trace"] = self.next_numbers()
        if self._path is not None:
            await asyncio.to_thread(_append, self._path, json.dumps(line))
        return self._load(line)

    def _load(self, line: dict[str, Any]) -> ZvtTransaction:
        match line["event"]:
            case "charged" | "reversed" | "refunded":
                self.last = entry = _entry(line)
                self._receipt, self._trace = entry.receipt, entry.trace
                self._sums[entry.currency] += entry.amount if entry.kind == "payment" else -entry.amount
                self.entries = [
                    replace(each, reversed=True) if each.trace == entry.original else each for each in self.entries
                ]
                self.entries.append(entry)
                self.open = entry if entry.kind == "payment" else None
            case "committed":
                self.open = None
            case "day-closed":
                self.entries.clear()
            case "forgotten":
                self.entries.clear()
                self.last = self.open = None
                self._receipt = self._trace = 0
            case _:
                pass
        return self.last or _entry({"event": "none", "at": line["at"]})


def _entry(line: dict[str, Any]) -> ZvtTransaction:
    kinds = {"charged": "payment", "reversed": "reversal", "refunded": "refund"}
    return ZvtTransaction(
        kind=kinds.get(line["event"], ""),
        receipt=int(line.get("receipt", 0)),
        trace=int(line.get("trace", 0)),
        amount=int(line.get("amount", 0)),
        currency=int(line.get("currency", 0)),
        at=datetime.fromisoformat(line["at"]),
        unique=str(line.get("unique", "")),
        original=int(line.get("original", 0)),
    )


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
