"""What carriers said of parcels, held against what their items' chains say. Pure.

A carrier may be wrong, and so may custody: which of them is, this does not say. Of several words on one sending the
last one counts, so that a carrier that corrects itself ends the difference.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from queue_server.custody import events as e
from queue_server.custody import labels
from queue_server.custody.carriers.port import ParcelOutcome
from queue_server.custody.trail import CustodyHand, ItemTrail
from queue_server.custody.values import HandOverProof, Holder, MissedBy
from queue_server.domain.values import CentreId
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import Event

_AT_HAND: Final = frozenset({Holder.DESK, Holder.SHELF})
_GONE: Final = frozenset({Holder.UNKNOWN, Holder.NOBODY})
_PREFIX: Final = "carrier/"


class CarrierWord(msgspec.Struct, frozen=True):
    """What a carrier said of a sending: ``reference`` is the label, and which event of the item's stream it was."""

    centre: CentreId
    file: str
    line: int
    reference: str
    outcome: ParcelOutcome


class CarrierDifference(msgspec.Struct, frozen=True):
    """A word that the chain of an item does not bear out; ``seq`` is the event by which it was sent."""

    stream: str
    seq: int
    says: str


def differences(said: Iterable[CarrierWord], items: Mapping[str, ItemTrail]) -> Iterator[CarrierDifference]:
    """Name each word that custody has otherwise; what was never sent so was refused, and is in no chain."""
    by_label = {(one.centre, one.label): (stream, one) for stream, one in items.items()}
    last = {(one.centre, one.reference): one for one in said}
    for one in last.values():
        label, seq = _sending(one.reference)
        stream, trail = by_label.get((one.centre, label), ("", None)) if label is not None else ("", None)
        if trail is None or not _is_sending(trail, seq):
            continue
        if not _is_borne_out(trail, seq, one.outcome):
            where = f"{trail.hand.holder} {trail.hand.where}".strip()
            yield CarrierDifference(stream, seq, f"{one.file} line {one.line} says {one.outcome}, custody: {where}")


def _sending(reference: str) -> tuple[int | None, int]:
    name, _, number = reference.rpartition("-")
    return labels.read(name), int(number) if number.isascii() and number.isdigit() else 0


def _is_sending(trail: ItemTrail, seq: int) -> bool:
    return 0 < seq <= len(trail.hands) and trail.hands[seq - 1].event == e.ItemSent.type


def _is_borne_out(trail: ItemTrail, seq: int, outcome: ParcelOutcome) -> bool:
    since = trail.hands[seq:]
    if outcome is ParcelOutcome.LOST:
        # Whatever is done with it later, it is not lost.
        return bool(since) and all(one.holder in _GONE for one in since)
    again = next((at for at, one in enumerate(since) if one.event == e.ItemSent.type), len(since))
    wanted = {Holder.PERSON} if outcome is ParcelOutcome.DELIVERED else _AT_HAND
    return any(one.holder in wanted for one in since[:again])


def wrong_word(event: Event, body: Payload, hands: list[CustodyHand], label: int) -> str | None:
    """Say why what happened on a carrier's word cannot have: by its own event alone, the last of ``hands``.

    Staff may say what a carrier told them, but for what it lost: that they miss themselves.
    """
    outcome = _outcome(body)
    key = event.command.partition("#")[0]
    if not key.startswith(_PREFIX):
        by_staff = event.actor.startswith("staff/") and outcome is not ParcelOutcome.LOST
        return None if outcome is None or by_staff else "no carrier has said so"
    reference, _, said = key.removeprefix(_PREFIX).rpartition("/")
    named, seq = _sending(reference)
    sent = [at for at, one in enumerate(hands, start=1) if one.event == e.ItemSent.type]
    if said != outcome:
        return f"the carrier has said {said}"
    return None if named == label and sent and sent[-1] == seq else "the carrier has said so of another sending"


def _outcome(body: Payload) -> ParcelOutcome | None:
    match body:
        case e.ItemHandedOver(proof=HandOverProof.CARRIER):
            return ParcelOutcome.DELIVERED
        case e.ItemRefused():
            return ParcelOutcome.REFUSED
        case e.ItemMissed(by=MissedBy.CARRIER):
            return ParcelOutcome.LOST
        case _:
            return None
