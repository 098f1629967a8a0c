"""A seal of any kind: found in bytes, shown in fields, and what its document is, whose, and until when."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from peripherals.documents import mrz
from peripherals.documents.mrz import Mrz
from peripherals.documents.seals import idb, idb_profiles, profiles, vds, vds_nc
from peripherals.documents.seals.idb import Idb
from peripherals.documents.seals.profiles import Feature, FeatureCoding, Features, SealProfile
from peripherals.documents.seals.reasons import SealReason
from peripherals.documents.seals.vds import Vds
from peripherals.documents.seals.vds_nc import VdsNc
from peripherals.errors import MrzError, SealError

type Seal = Vds | VdsNc | Idb

_UNKNOWN = "unknown"
#: What seals in JSON call themselves (9303-13): proofs of a test, of a vaccination and of a recovery.
_JSON_KINDS = {"icao.test": "health-certificate", "icao.vacc": "health-certificate", "icao.rec": "health-certificate"}
#: What ``kind`` may say but ``unknown``.
KINDS = profiles.NAMES | idb_profiles.NAMES | frozenset(_JSON_KINDS.values())


def parse(data: bytes | bytearray | memoryview) -> Seal:
    """Take a seal apart, of whichever kind its beginning says.

    Raises:
        SealError: not a seal; ``fault`` as ``vds.parse``, ``idb.parse`` and ``vds_nc.parse`` give it.
    """
    if data and data[0] == vds.MAGIC:
        return vds.parse(data)
    return idb.parse(data) if idb.begins(data) else vds_nc.parse(data)


def kind(seal: Seal) -> str:
    """Say what kind of document a seal stands on, as a code that words are keyed by; ``unknown`` where it is not known.

    What the seal says, signed or not.
    """
    match seal:
        case Vds():
            known = profiles.profile(seal.header)
            return known.name if known else _UNKNOWN
        case Idb():
            return idb_profiles.kind(seal)
        case VdsNc():
            return _JSON_KINDS.get(seal.type, _UNKNOWN)


def country(seal: Seal) -> str:
    """Give the state that a seal names as its issuer, as in a machine-readable zone without fillers."""
    return seal.header.country if isinstance(seal, Vds) else seal.country


def signed_on(seal: Seal) -> date | None:
    """Give the day on which a seal says that it was signed; JSON says none."""
    match seal:
        case Vds():
            return seal.header.signed
        case Idb():
            return seal.signed_on
        case VdsNc():
            return None


def fault(seal: Seal) -> SealReason | None:
    """Say what is wrong with what stands in a seal of a known kind of document, None where nothing is."""
    try:
        return next((found for features, known in _parts(seal) if (found := profiles.fault(features, known))), None)
    except SealError:
        return SealReason.FEATURE_CODING


def zone(seal: Seal) -> Mrz | None:
    """Take the machine-readable zone in a seal apart, None where it has none; ``wipe()`` it after use.

    Raises:
        SealError: what stands in its place is no zone: fault ``zone``, or as ``profiles.value``.
    """
    for features, tag, feature in _coded(seal, FeatureCoding.ZONE):
        try:
            return mrz.parse(profiles.value(features, tag, feature))
        except MrzError as error:
            raise SealError(fault="zone") from error
    return None


def last_day(seal: Seal) -> date | None:
    """Give the last day of the document where the seal says it beside the zone, None where it does not.

    Raises:
        SealError: as ``profiles.value``.
    """
    for features, tag, feature in _coded(seal, FeatureCoding.MASKED_DATE):
        text = profiles.value(features, tag, feature)
        return date.fromisoformat(text) if text else None
    return None


def describe(seal: Seal) -> dict[str, Any]:
    """Give everything at once, for the command line: personal data, decoded.

    A feature that is not written as its kind of document says comes in hexadecimal, as one that is not known does.
    """
    if isinstance(seal, VdsNc):
        return {
            "kind": "vds-nc",
            "document": seal.type,
            "version": seal.version,
            "issuer": seal.country,
            "fields": dict(seal.message),
        }
    if isinstance(seal, Idb):
        return {
            "kind": "idb",
            "document": kind(seal),
            "issuer": seal.country,
            "certificate": seal.reference,
            "signed": seal.signed_on.isoformat() if seal.signed_on else "",
            "fields": _fields(seal),
        }
    header = seal.header
    known = profiles.profile(header)
    return {
        "kind": "vds",
        "document": known.name if known else f"{header.definition:02x}{header.category:02x}",
        "version": header.version,
        "issuer": header.country,
        "signer": header.signer,
        "certificate": header.reference,
        "issued": header.issued.isoformat(),
        "signed": header.signed.isoformat(),
        "fields": _fields(seal),
    }


def _fields(seal: Vds | Idb) -> dict[str, str]:
    try:
        found: dict[str, str] = {}
        for features, known in _parts(seal):
            found |= profiles.fields(features, known)
    except SealError:
        return profiles.fields(seal, None)
    return found or profiles.fields(seal, None)


def _parts(seal: Seal) -> Iterator[tuple[Features, SealProfile]]:
    """Give what a seal holds with what each of it is; nothing for a kind of document that is not known."""
    if isinstance(seal, Idb):
        yield from idb_profiles.parts(seal)
    elif isinstance(seal, Vds) and (known := profiles.profile(seal.header)) is not None:
        yield seal, known


def _coded(seal: Seal, coding: FeatureCoding) -> Iterator[tuple[Features, int, Feature]]:
    for features, known in _parts(seal):
        for tag, feature in known.features.items():
            if feature.coding is coding and tag in features.tags:
                yield features, tag, feature
