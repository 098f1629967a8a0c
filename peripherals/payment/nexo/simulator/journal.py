"""What a simulated terminal did with money, on disk before it answers, so that a judge can sum it.

One JSON object a line. ``kind``: ``charge``, ``declined`` (nothing charged), ``reversal`` (given back), ``repeated``
(a payment that came a second time, and was refused), ``reconciled`` (a period ended: no money, no currency). Amounts
are minor units.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec


class NexoJournalEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """``service`` names the message, ``order`` is the caller's own reference, ``of`` the payment that is reversed."""

    kind: str
    at: str
    service: str
    order: str
    reference: str
    minor: int
    currency: str
    of: str = ""
    reason: str = ""


class TransactionJournal:
    """One file, read at start: a terminal that was switched off knows what it did."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[NexoJournalEntry] = []
        if path.exists():
            self.entries = [msgspec.json.decode(line, type=NexoJournalEntry) for line in path.read_bytes().splitlines()]

    def append(self, entry: NexoJournalEntry) -> None:
        """Write an entry; it is on disk when this returns. Blocks."""
        with self.path.open("ab") as file:
            file.write(msgspec.json.encode(entry) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self.entries.append(entry)

    def left(self, reference: str) -> int:
        """Give how many minor units of a payment were not given back yet."""
        charged = sum(each.minor for each in self.entries if each.kind == "charge" and each.reference == reference)
        return charged - sum(each.minor for each in self.entries if each.kind == "reversal" and each.of == reference)

    def totals(self, *, period: bool = False) -> dict[str, dict[str, int]]:
        """Sum by currency: ``charges`` of ``charged``, ``reversals`` of ``reversed``, in minor units.

        ``period``: only of what came after the last reconciliation.
        """
        ends = [number for number, each in enumerate(self.entries, 1) if each.kind == "reconciled"]
        entries = self.entries[ends[-1] :] if period and ends else self.entries
        found: dict[str, dict[str, int]] = {}
        for name in sorted({each.currency for each in entries if each.currency}):
            charges = _minors(entries, "charge", name)
            reversals = _minors(entries, "reversal", name)
            found[name] = {
                "charges": len(charges),
                "charged": sum(charges),
                "reversals": len(reversals),
                "reversed": sum(reversals),
            }
        return found


def _minors(entries: Iterable[NexoJournalEntry], kind: str, currency: str) -> list[int]:
    return [each.minor for each in entries if each.kind == kind and each.currency == currency]
