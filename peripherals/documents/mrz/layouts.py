"""Where each format of a machine-readable zone keeps what (ICAO Doc 9303 parts 4 to 7, 8th edition)."""

from dataclasses import dataclass
from enum import StrEnum


class MrzFormat(StrEnum):
    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"
    #: The French national identity card issued from 1995 to 2021: 2x36 with a layout of its own.
    FRENCH_ID = "FR-ID"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the zone, its lines joined; ``check`` is where its check digit stands."""

    start: int
    end: int
    check: int | None = None


@dataclass(frozen=True, slots=True)
class ZoneLayout:
    """Where a format keeps what. ``composite`` lists the stretches under the last check digit."""

    length: int
    names: Span
    number: Span
    birth: Span
    sex: int
    nationality: Span | None = None
    expiry: Span | None = None
    optional: tuple[Span, ...] = ()
    composite: tuple[tuple[int, int], ...] = ()
    #: Whether a long document number may run on into the optional data (Doc 9303-5 and -6, note on 4.2.2).
    long_number: bool = False


LAYOUTS = {
    MrzFormat.TD1: ZoneLayout(
        length=90,
        names=Span(60, 90),
        number=Span(5, 14, 14),
        birth=Span(30, 36, 36),
        sex=37,
        nationality=Span(45, 48),
        expiry=Span(38, 44, 44),
        optional=(Span(15, 30), Span(48, 59)),
        composite=((5, 37), (38, 45), (48, 59)),
        long_number=True,
    ),
    MrzFormat.TD2: ZoneLayout(
        length=72,
        names=Span(5, 36),
        number=Span(36, 45, 45),
        birth=Span(49, 55, 55),
        sex=56,
        nationality=Span(46, 49),
        expiry=Span(57, 63, 63),
        optional=(Span(64, 71),),
        composite=((36, 46), (49, 56), (57, 71)),
        long_number=True,
    ),
    MrzFormat.TD3: ZoneLayout(
        length=88,
        names=Span(5, 44),
        number=Span(44, 53, 53),
        birth=Span(57, 63, 63),
        sex=64,
        nationality=Span(54, 57),
        expiry=Span(65, 71, 71),
        optional=(Span(72, 86, 86),),
        composite=((44, 54), (57, 64), (65, 87)),
    ),
    MrzFormat.MRV_A: ZoneLayout(
        length=88,
        names=Span(5, 44),
        number=Span(44, 53, 53),
        birth=Span(57, 63, 63),
        sex=64,
        nationality=Span(54, 57),
        expiry=Span(65, 71, 71),
        optional=(Span(72, 88),),
    ),
    MrzFormat.MRV_B: ZoneLayout(
        length=72,
        names=Span(5, 36),
        number=Span(36, 45, 45),
        birth=Span(49, 55, 55),
        sex=56,
        nationality=Span(46, 49),
        expiry=Span(57, 63, 63),
        optional=(Span(64, 72),),
    ),
    MrzFormat.FRENCH_ID: ZoneLayout(
        length=72,
        names=Span(5, 30),
        number=Span(36, 48, 48),
        birth=Span(63, 69, 69),
        sex=70,
        optional=(Span(30, 36),),
        composite=((0, 71),),
    ),
}
COMPOSITE_AT = {
    MrzFormat.TD1: 59,
    MrzFormat.TD2: 71,
    MrzFormat.TD3: 87,
    MrzFormat.FRENCH_ID: 71,
}
FRENCH_GIVEN_NAMES = Span(49, 63)
#: The length of a joined zone, by the length of one of its lines and their number.
LINES = {30: 3, 36: 2, 44: 2}
LENGTHS = frozenset(length * count for length, count in LINES.items())


def format_of(raw: bytearray) -> MrzFormat:
    visa = raw[0] == ord("V")
    match len(raw):
        case 90:
            return MrzFormat.TD1
        case 88:
            return MrzFormat.MRV_A if visa else MrzFormat.TD3
        case _ if raw.startswith(b"IDFRA"):
            return MrzFormat.FRENCH_ID
        case _:
            return MrzFormat.MRV_B if visa else MrzFormat.TD2
