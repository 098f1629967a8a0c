"""What stands in a seal of a known kind of document. Pure.

Visas and emergency travel documents are in ICAO Doc 9303-13 (and 9303-7, 9.1), Germany's own documents in BSI TR-03137
part 1, version 2.5, chapters 5 to 10.

A kind is named by definition and category of the header. The odd categories are ICAO's and hold for every state; the
even ones are each state's own, so that Germany's are looked up for German seals and for Utopia's specimens alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from peripherals.documents.seals import c40, dates
from peripherals.documents.seals.reasons import SealReason
from peripherals.documents.seals.vds import VdsHeader
from peripherals.errors import SealError


class FeatureCoding(StrEnum):
    """How the value of a feature is written."""

    TEXT = "c40"
    ZONE = "zone"
    UTF8 = "utf-8"
    NUMBER = "number"
    #: Three bytes: days, months and years.
    DURATION = "duration"
    #: Four bytes: which digits are unknown, and a date.
    MASKED_DATE = "masked-date"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Feature:
    """``shortest`` and ``longest`` are bytes of the value, ``lines`` the characters that it has of a zone's lines."""

    name: str
    coding: FeatureCoding
    shortest: int
    longest: int
    required: bool = True
    lines: tuple[int, ...] = ()


class Features(Protocol):
    """What a seal holds, by tag."""

    @property
    def tags(self) -> tuple[int, ...]: ...

    def feature(self, tag: int) -> bytearray:
        """Give a copy of a feature's value; ``KeyError`` where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class SealProfile:
    """``any_of`` lists tags of which at least one must be there."""

    name: str
    features: Mapping[int, Feature]
    any_of: tuple[int, ...] = ()


_TD2 = Feature("zone", FeatureCoding.ZONE, 48, 48, lines=(36, 36))
#: Any state's: the odd categories.
_ICAO = {
    (0x5D, 0x01): SealProfile(
        "visa",
        {
            1: Feature("zone", FeatureCoding.ZONE, 48, 48, required=False, lines=(44, 28)),
            2: Feature("zone", FeatureCoding.ZONE, 44, 44, required=False, lines=(36, 28)),
            3: Feature("entries", FeatureCoding.NUMBER, 1, 1, required=False),
            4: Feature("duration_of_stay", FeatureCoding.DURATION, 3, 3),
            5: Feature("passport_number", FeatureCoding.TEXT, 6, 6),
            6: Feature("visa_type", FeatureCoding.BYTES, 1, 4, required=False),
            7: Feature("additional", FeatureCoding.BYTES, 0, 254, required=False),
        },
        any_of=(1, 2),
    ),
    (0x5E, 0x03): SealProfile("emergency-travel-document", {2: _TD2}),
}
_NUMBER = Feature("document_number", FeatureCoding.TEXT, 6, 6)
_MUNICIPALITY = Feature("municipality", FeatureCoding.TEXT, 6, 6)
_ADDRESS = {1: _NUMBER, 2: _MUNICIPALITY, 3: Feature("address", FeatureCoding.TEXT, 6, 18)}
_GERMAN = {
    (0xFD, 0x02): SealProfile("arrival-attestation", {2: _TD2, 3: Feature("azr_number", FeatureCoding.TEXT, 8, 8)}),
    (0xFC, 0x04): SealProfile(
        "social-insurance-card",
        {
            1: Feature("social_insurance_number", FeatureCoding.TEXT, 8, 8),
            2: Feature("surname", FeatureCoding.UTF8, 1, 90),
            3: Feature("given_names", FeatureCoding.UTF8, 1, 90),
            4: Feature("name_at_birth", FeatureCoding.UTF8, 1, 90, required=False),
        },
    ),
    (0xFB, 0x06): SealProfile("residence-permit", {2: _TD2, 3: Feature("passport_number", FeatureCoding.TEXT, 6, 6)}),
    (0xFA, 0x06): SealProfile("supplementary-sheet", {4: _TD2, 5: Feature("sheet_number", FeatureCoding.TEXT, 6, 6)}),
    (0xF9, 0x08): SealProfile("address-of-identity-card", _ADDRESS),
    (0xF8, 0x0A): SealProfile(
        "residence-of-passport",
        {1: _NUMBER, 2: _MUNICIPALITY, 3: Feature("postal_code", FeatureCoding.TEXT, 4, 4)},
    ),
}
NAMES = frozenset(one.name for one in (*_ICAO.values(), *_GERMAN.values()))
_SPECIMENS = ("D", "UTO")


def profile(header: VdsHeader) -> SealProfile | None:
    """Find what kind of document a seal stands on, None for one that is not known here."""
    key = (header.definition, header.category)
    if header.category % 2:
        return _ICAO.get(key)
    return _GERMAN.get(key) if is_german(header.country) else None


def is_german(country: str) -> bool:
    """Tell whether a state's own features are read as Germany's: its own seals, and specimens of Utopia."""
    return country in _SPECIMENS


def fault(seal: Features, known: SealProfile) -> SealReason | None:
    """Say what is wrong with the features of a seal, None where nothing is.

    Features with other tags are allowed and change nothing (TR-03137 part 1, 3.2.3).
    """
    required = [tag for tag, feature in known.features.items() if feature.required]
    if not set(required) <= set(seal.tags) or (known.any_of and not set(known.any_of) & set(seal.tags)):
        return SealReason.FEATURE_MISSING
    for tag in seal.tags:
        feature = known.features.get(tag)
        if feature is None:
            continue
        if not feature.shortest <= len(seal.feature(tag)) <= feature.longest:
            return SealReason.FEATURE_LENGTH
        try:
            value(seal, tag, feature)
        except SealError:
            return SealReason.FEATURE_CODING
    return None


def fields(seal: Features, known: SealProfile | None) -> dict[str, str]:
    """Decode every feature, by name, or by ``feature-`` and its tag in hexadecimal where its name is not known."""
    named = known.features if known else {}
    found = {}
    for tag in seal.tags:
        feature = named.get(tag)
        if feature is None:
            found[f"feature-{tag:02x}"] = seal.feature(tag).hex()
        else:
            found[feature.name] = value(seal, tag, feature)
    return found


def value(seal: Features, tag: int, feature: Feature) -> str:  # noqa: PLR0911 - one a coding
    """Decode one feature into text; a zone gets its fillers back, and both its lines in full.

    Raises:
        SealError: fault ``c40`` or ``coding``: it is not written as its kind of document says.
    """
    raw = seal.feature(tag)
    match feature.coding:
        case FeatureCoding.TEXT:
            return c40.decode(raw).rstrip()
        case FeatureCoding.ZONE:
            return _zone(c40.decode(raw), feature.lines)
        case FeatureCoding.UTF8:
            try:
                return raw.decode("utf-8")
            except UnicodeDecodeError as error:
                raise SealError(fault="coding") from error
        case FeatureCoding.NUMBER:
            return str(int.from_bytes(raw))
        case FeatureCoding.DURATION:
            return _duration(raw)
        case FeatureCoding.MASKED_DATE:
            day = dates.read_masked(raw)
            return "" if day is None else day.isoformat()
        case FeatureCoding.BYTES:
            return raw.hex()


def _zone(text: str, lines: tuple[int, ...]) -> str:
    """Give fillers back; the last line of a visa may be cut in the seal, before its optional data."""
    full = lines[0] * len(lines)
    if len(text) not in {sum(lines), full}:
        raise SealError(fault="coding")
    return text.replace(" ", "<").ljust(full, "<")


def _duration(raw: bytearray) -> str:
    """Write a duration of stay as ISO 8601 does (9303-7, 9.1.3: days, months, years)."""
    if len(raw) != 3:  # noqa: PLR2004 - days, months, years
        raise SealError(fault="coding")
    days, months, years = raw
    parts = [f"{number}{unit}" for number, unit in ((years, "Y"), (months, "M"), (days, "D")) if number]
    return "P" + ("".join(parts) or "0D")
