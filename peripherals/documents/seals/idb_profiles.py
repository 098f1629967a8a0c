"""What stands in a seal of the ICAO Datastructure for Barcode. Pure.

The tags below 80 are the report's and hold for every state; those from 80 on are each state's own, and Germany's are
looked up for German seals and for Utopia's specimens alone. Visas and emergency travel documents hold the features of
ICAO Doc 9303-13 within one message. ``docs/decisions/0016-what-is-known-of-the-newer-seals.md`` says where lengths are
taken from, and why those of a visa are bounds.
"""

from collections.abc import Iterator
from types import MappingProxyType

from peripherals.documents.seals import idb, profiles
from peripherals.documents.seals.idb import Idb
from peripherals.documents.seals.profiles import Feature, FeatureCoding, Features, SealProfile
from peripherals.errors import SealError

_LONGEST = idb.LIMIT
#: Zones in full, and of visas also as 9303-13 cuts them.
_VISA = SealProfile(
    "visa",
    {
        1: Feature("zone", FeatureCoding.ZONE, 48, 60, required=False, lines=(44, 28)),
        2: Feature("zone", FeatureCoding.ZONE, 44, 48, required=False, lines=(36, 28)),
        3: Feature("entries", FeatureCoding.NUMBER, 1, 1, required=False),
        4: Feature("duration_of_stay", FeatureCoding.BYTES, 1, 3, required=False),
        5: Feature("passport_number", FeatureCoding.TEXT, 2, 16, required=False),
        6: Feature("visa_type", FeatureCoding.BYTES, 1, 4, required=False),
        7: Feature("additional", FeatureCoding.BYTES, 0, 254, required=False),
    },
    any_of=(1, 2),
)
_EMERGENCY = SealProfile("emergency-travel-document", {2: Feature("zone", FeatureCoding.ZONE, 48, 48, lines=(36, 36))})
_INNER = {1: _VISA, 2: _EMERGENCY}


_ICAO = {
    1: Feature("visa", FeatureCoding.BYTES, 0, _LONGEST, required=False),
    2: Feature("emergency_travel_document", FeatureCoding.BYTES, 0, _LONGEST, required=False),
    7: Feature("zone", FeatureCoding.ZONE, 60, 60, required=False, lines=(30, 30, 30)),
    8: Feature("zone", FeatureCoding.ZONE, 60, 60, required=False, lines=(44, 44)),
    9: Feature("card_access_number", FeatureCoding.TEXT, 4, 4, required=False),
    10: Feature("card_access", FeatureCoding.BYTES, 0, _LONGEST, required=False),
}
_NATIONAL_DOCUMENT = 0x86
_GERMAN = {
    0x80: Feature("face", FeatureCoding.BYTES, 0, _LONGEST, required=False),
    0x81: Feature("zone", FeatureCoding.ZONE, 48, 48, required=False, lines=(36, 36)),
    0x82: Feature("document_reference", FeatureCoding.TEXT, 6, 6, required=False),
    0x83: Feature("azr_number", FeatureCoding.TEXT, 8, 8, required=False),
    0x84: Feature("expires", FeatureCoding.MASKED_DATE, 4, 4, required=False),
    0x85: Feature("document_number", FeatureCoding.TEXT, 6, 6, required=False),
    _NATIONAL_DOCUMENT: Feature("document", FeatureCoding.NUMBER, 1, 1, required=False),
}
#: What Germany's number of a document says it is.
_GERMAN_KINDS = {
    1: "substitute-identity-document",
    2: "substitute-passport",
    3: "emergency-travel-document",
    4: "temporary-identity-card",
    5: "temporary-passport",
    6: "temporary-passport",
    7: "temporary-passport",
    8: "travel-document",
    9: "travel-document",
    10: "travel-document",
    11: "residence-document",
    12: "residence-document",
    13: "arrival-attestation",
    14: "residence-document",
    15: "temporary-identity-card",
    16: "residence-document",
    17: "residence-document",
    18: "supplementary-sheet",
}
NAMES = frozenset((*_GERMAN_KINDS.values(), *(one.name for one in _INNER.values())))
_UNKNOWN = "unknown"


class _InnerFeatures:
    """The features within one message."""

    def __init__(self, raw: bytearray) -> None:
        self._raw = raw
        self._spans = MappingProxyType(idb.messages(raw, slice(0, len(raw))))

    @property
    def tags(self) -> tuple[int, ...]:
        return tuple(self._spans)

    def feature(self, tag: int) -> bytearray:
        return self._raw[self._spans[tag]]


def kind(seal: Idb) -> str:
    """Say what kind of document a seal stands on, ``unknown`` where it does not say, or not in a way known here."""
    for tag, inner in _INNER.items():
        if tag in seal.tags:
            return inner.name
    if profiles.is_german(seal.country) and _NATIONAL_DOCUMENT in seal.tags:
        return _GERMAN_KINDS.get(int.from_bytes(seal.feature(_NATIONAL_DOCUMENT)), _UNKNOWN)
    return _UNKNOWN


def parts(seal: Idb) -> Iterator[tuple[Features, SealProfile]]:
    """Give the messages of a seal, and the features within one of them.

    Raises:
        SealError: what stands in a message is no list of features: fault ``coding``.
    """
    features = {**_ICAO, **_GERMAN} if profiles.is_german(seal.country) else _ICAO
    yield seal, SealProfile(kind(seal), features)
    for tag, inner in _INNER.items():
        if tag in seal.tags:
            try:
                found = _InnerFeatures(seal.feature(tag))
            except SealError as error:
                raise SealError(fault="coding") from error
            yield found, inner
