"""One seal from its bytes to its verdicts and to what people are told of it, as at every desk alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from peripherals.documents.mrz import Mrz
from peripherals.documents.seals import reading
from peripherals.documents.seals.reading import Seal
from peripherals.documents.seals.signers import directory
from peripherals.documents.seals.vds_nc import VdsNc
from peripherals.documents.seals.verify import last_day, standing, verify
from peripherals.documents.summary import Summary, age_of, letters, summarise
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome
from peripherals.errors import SealError

#: What a seal comes to for whoever holds it: a trusted state signed it; the same, and its last day has passed; nobody
#: here can say who signed it; it names nobody; something does not hold.
HOLDS, EXPIRED, UNCHECKED, NAMELESS, LOOK = "seal-holds", "seal-expired", "seal-unchecked", "seal-nameless", "look"


class ExaminedSeal(NamedTuple):
    """``kind`` is ``reading.kind``, ``outcome`` one of the above; ``age`` is the holder's in years, at least."""

    kind: str
    outcome: str
    summary: Summary
    initial: str
    age: int | None


def examine(data: bytes | bytearray | memoryview, store: TrustStore, at: datetime) -> ExaminedSeal:
    """Read and judge a seal; ``data`` is for the caller to overwrite.

    Args:
        data: what the code holds.
        store: who is trusted; the signers in it are those whom a seal may name.
        at: now, with a zone; its date decides whether the document has expired.

    Raises:
        SealError: not a seal.
    """
    seal = reading.parse(data)
    try:
        return _examined(seal, store, at)
    finally:
        if not isinstance(seal, VdsNc):
            seal.wipe()


def outcome_of(verdicts: Sequence[CheckVerdict], *, named: bool) -> str:
    """Say what somebody is told. ``named``: a zone stands in the seal."""
    failed = {one.check for one in verdicts if one.outcome is Outcome.FAILED}
    if failed - {Check.EXPIRY}:
        return LOOK
    if not named:
        return NAMELESS
    if failed:
        return EXPIRED
    return HOLDS if standing(verdicts) is DocumentStanding.UNCHANGED else UNCHECKED


def _examined(seal: Seal, store: TrustStore, at: datetime) -> ExaminedSeal:
    verdicts = verify(seal, at=at, find_signer=directory(store.signers), store=store)
    kind, stands = reading.kind(seal), str(standing(verdicts))
    zone = _zone(seal)
    if zone is None:
        issuer = letters(reading.country(seal), 3)
        nobody = Summary("", issuer, "", last_day(seal, None, at), stands, verdicts)
        return ExaminedSeal(kind, outcome_of(verdicts, named=False), nobody, "", None)
    with_zone = summarise(zone, verdicts, at.date())
    try:
        summary = replace(with_zone, expires=last_day(seal, zone, at), standing=stands)
        named = bool(summary.number)
        return ExaminedSeal(kind, outcome_of(verdicts, named=named), summary, zone.initial, age_of(zone, at.date()))
    finally:
        zone.wipe()


def _zone(seal: Seal) -> Mrz | None:
    try:
        return reading.zone(seal)
    except SealError:
        return None
