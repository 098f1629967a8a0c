"""Machine-readable zones: ICAO Doc 9303 parts 3 to 7 (8th edition), and the French identity card before 2021.

Pure. ``parse`` keeps the zone in one ``bytearray``, finds the fields as spans of it, and decodes a field only
when it is asked for, so that ``Mrz.wipe`` takes everything away at once. What wiping cannot reach: every
``str`` a caller took out of ``field`` or ``to_dict`` (Python strings cannot be overwritten), and the buffers of
the operating system the bytes came through. Whoever needs only issuer and validity asks for those alone.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from peripherals.errors import MrzError

FILLER = ord("<")
_DIGITS = frozenset(b"0123456789")
_LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_CHARACTERS = _DIGITS | _LETTERS | {FILLER}
#: What optical recognition takes a digit for. Mended in digit-only places, and only where a check digit proves it.
_CONFUSED = bytes.maketrans(b"OIZSB", b"01258")
_WEIGHTS = (7, 3, 1)


class MrzFormat(StrEnum):
    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"
    #: The French national identity card issued from 1995 to 2021: 2x36 with a layout of its own.
    FRENCH_ID = "FR-ID"


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    #: The document leaves this empty, and may.
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the zone, its lines joined; ``check`` is where its check digit stands."""

    start: int
    end: int
    check: int | None = None


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a format keeps what. ``composite`` lists the stretches under the last check digit."""

    length: int
    names: _Span
    number: _Span
    birth: _Span
    sex: int
    nationality: _Span | None = None
    expiry: _Span | None = None
    optional: tuple[_Span, ...] = ()
    composite: tuple[tuple[int, int], ...] = ()
    #: Whether a long document number may run on into the optional data (Doc 9303-5 and -6, note on 4.2.2).
    long_number: bool = False


_LAYOUTS = {
    MrzFormat.TD1: _Layout(
        length=90,
        names=_Span(60, 90),
        number=_Span(5, 14, 14),
        birth=_Span(30, 36, 36),
        sex=37,
        nationality=_Span(45, 48),
        expiry=_Span(38, 44, 44),
        optional=(_Span(15, 30), _Span(48, 59)),
        composite=((5, 37), (38, 45), (48, 59)),
        long_number=True,
    ),
    MrzFormat.TD2: _Layout(
        length=72,
        names=_Span(5, 36),
        number=_Span(36, 45, 45),
        birth=_Span(49, 55, 55),
        sex=56,
        nationality=_Span(46, 49),
        expiry=_Span(57, 63, 63),
        optional=(_Span(64, 71),),
        composite=((36, 46), (49, 56), (57, 71)),
        long_number=True,
    ),
    MrzFormat.TD3: _Layout(
        length=88,
        names=_Span(5, 44),
        number=_Span(44, 53, 53),
        birth=_Span(57, 63, 63),
        sex=64,
        nationality=_Span(54, 57),
        expiry=_Span(65, 71, 71),
        optional=(_Span(72, 86, 86),),
        composite=((44, 54), (57, 64), (65, 87)),
    ),
    MrzFormat.MRV_A: _Layout(
        length=88,
        names=_Span(5, 44),
        number=_Span(44, 53, 53),
        birth=_Span(57, 63, 63),
        sex=64,
        nationality=_Span(54, 57),
        expiry=_Span(65, 71, 71),
        optional=(_Span(72, 88),),
    ),
    MrzFormat.MRV_B: _Layout(
        length=72,
        names=_Span(5, 36),
        number=_Span(36, 45, 45),
        birth=_Span(49, 55, 55),
        sex=56,
        nationality=_Span(46, 49),
        expiry=_Span(57, 63, 63),
        optional=(_Span(64, 72),),
    ),
    MrzFormat.FRENCH_ID: _Layout(
        length=72,
        names=_Span(5, 30),
        number=_Span(36, 48, 48),
        birth=_Span(63, 69, 69),
        sex=70,
        optional=(_Span(30, 36),),
        composite=((0, 71),),
    ),
}
_COMPOSITE_AT = {
    MrzFormat.TD1: 59,
    MrzFormat.TD2: 71,
    MrzFormat.TD3: 87,
    MrzFormat.FRENCH_ID: 71,
}
_FRENCH_GIVEN_NAMES = _Span(49, 63)
#: The length of a joined zone, by the length of one of its lines and their number.
LINES = {30: 3, 36: 2, 44: 2}
LENGTHS = frozenset(length * count for length, count in LINES.items())


@dataclass(eq=False, slots=True)
class Mrz:
    """A machine-readable zone taken apart. It shows nothing of its content unless asked."""

    format: MrzFormat
    checks: Mapping[str, Verdict]
    #: Names of the places where a digit was mended; each is proved by its check digit.
    mended: tuple[str, ...]
    _raw: bytearray = field(repr=False)
    _spans: Mapping[str, tuple[_Span, ...]] = field(repr=False)

    @property
    def valid(self) -> bool:
        """Whether no check failed."""
        return Verdict.FAILED not in self.checks.values()

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(self._spans)

    def field(self, name: str) -> str:
        """Decode one field. Dates are YYMMDD as they stand, ``<`` or ``X`` for what is unknown.

        Raises:
            KeyError: this format has no such field.
        """
        text = "".join(self._raw[span.start : span.end].decode("ascii") for span in self._spans[name])
        if name in {"birth_date", "expiry_date", "sex"}:
            return text
        if name in {"surname", "given_names"}:
            return " ".join(part for part in text.split("<") if part)
        return text.rstrip("<")

    @property
    def names_may_be_cut(self) -> bool:
        """Whether the name fills its field to the end, so that more may have been cut off (Doc 9303-3, 4.2)."""
        span = _LAYOUTS[self.format].names
        return self._raw[span.end - 1] not in {FILLER, 0}

    def to_dict(self) -> dict[str, object]:
        """Everything at once, for the command line."""
        return {
            "format": self.format.value,
            "valid": self.valid,
            "checks": {name: verdict.value for name, verdict in self.checks.items()},
            "fields": {name: self.field(name) for name in self._spans},
            "mended": list(self.mended),
            "names_may_be_cut": self.names_may_be_cut,
        }

    def digest(self, key: bytes) -> bytes:
        """Give a keyed digest, to tell the same zone again without keeping it."""
        return hashlib.blake2b(self._raw, key=key, digest_size=16).digest()

    @property
    def wiped(self) -> bool:
        return not any(self._raw)

    def wipe(self) -> None:
        """Overwrite the zone with zeros. Fields read as zero characters from then on."""
        self._raw[:] = bytes(len(self._raw))


def check_digit(data: Iterable[int]) -> int:
    """Give the check digit of ASCII characters, weights 7-3-1 (Doc 9303-3, 4.9), as the ASCII of a digit."""
    return ord("0") + sum(_value(char) * _WEIGHTS[at % 3] for at, char in enumerate(data)) % 10


def parse(text: str | bytearray) -> Mrz:
    """Take a zone apart: its lines joined or each on its own line.

    A ``bytearray`` holding a joined zone is taken over, not copied: wiping the result wipes it.

    Raises:
        MrzError: not the length or the characters of any zone. Failed checks are verdicts, not errors.
    """
    if isinstance(text, str):
        if not text.isascii():
            raise MrzError(part="characters")
        text = bytearray("".join(text.split()).encode("ascii"))
    if len(text) not in LENGTHS:
        raise MrzError(part="length")
    if not _CHARACTERS.issuperset(text) or text[0] not in _LETTERS:
        raise MrzError(part="characters")
    return _Parse(text).result()


class _Parse:
    """One parse: the zone and what was found out about it so far."""

    def __init__(self, raw: bytearray) -> None:
        self._raw = raw
        self._format = _format(raw)
        self._layout = _LAYOUTS[self._format]
        self._checks: dict[str, Verdict] = {}
        self._mended: list[str] = []
        self._number: tuple[_Span, ...] = (self._layout.number,)
        self._optional = list(self._layout.optional)

    def result(self) -> Mrz:
        layout = self._layout
        self._check_letters("issuer", _Span(2, 5), may_be_empty=False)
        self._check_number()
        if layout.nationality:
            self._check_letters("nationality", layout.nationality, may_be_empty=True)
        self._check_date("birth_date", layout.birth)
        self._checks["sex"] = _verdict(self._raw[layout.sex] in b"MFX<")
        if layout.expiry:
            self._check_date("expiry_date", layout.expiry)
        if layout.optional and layout.optional[0].check is not None:
            self._check_alphanumeric("optional_data", layout.optional[0], layout.optional[0].check)
        self._check_names()
        self._check_composite()
        return Mrz(
            format=self._format,
            checks=MappingProxyType(self._checks),
            mended=tuple(self._mended),
            _raw=self._raw,
            _spans=MappingProxyType(self._spans()),
        )

    def _check_letters(self, name: str, span: _Span, *, may_be_empty: bool) -> None:
        letters = self._strip(span)
        if not letters:
            self._checks[name] = Verdict.ABSENT if may_be_empty else Verdict.FAILED
        else:
            self._checks[name] = _verdict(_LETTERS.issuperset(letters))

    def _check_number(self) -> None:
        span = self._layout.number
        check = self._layout.number.check
        assert check is not None  # noqa: S101 - the table above gives every number one
        if self._raw[check] == FILLER and self._layout.long_number and self._raw[span.end - 1] != FILLER:
            self._checks["document_number"] = _verdict(self._find_long_number(span, self._optional[0]))
        else:
            self._check_alphanumeric("document_number", span, check)

    def _find_long_number(self, span: _Span, optional: _Span) -> bool:
        """Follow a number of more than nine characters into the optional data.

        Two conventions are in use: the filler that stands in place of the check digit is left out of the
        computation (Doc 9303) or takes part in it (seen on Belgian cards).
        """
        found = self._raw.find(FILLER, optional.start, optional.end)
        end = optional.end if found < 0 else found
        if end - optional.start < 2:  # noqa: PLR2004 - one character of the number and its check digit
            return False
        rest = _Span(optional.start, end - 1)
        for conventions in ((span, rest), (_Span(span.start, span.end + 1), rest)):
            if self._holds("document_number", conventions, end - 1):
                self._number = (span, rest)
                self._optional[0] = _Span(end, optional.end)
                return True
        return False

    def _check_alphanumeric(self, name: str, span: _Span, check: int) -> None:
        empty = not self._strip(span)
        if empty and self._raw[check] == FILLER:
            self._checks[name] = Verdict.ABSENT
        else:
            self._checks[name] = _verdict(self._holds(name, (span,), check))

    def _holds(self, name: str, spans: tuple[_Span, ...], check: int) -> bool:
        """Compare a check digit, and mend it where it was read as a letter."""
        expected = check_digit(char for span in spans for char in self._raw[span.start : span.end])
        if self._raw[check] == expected:
            return True
        if _CONFUSED[self._raw[check]] != expected:
            return False
        self._raw[check] = expected
        self._mended.append(f"{name}_check")
        return True

    def _check_date(self, name: str, span: _Span) -> None:
        check = span.check
        assert check is not None  # noqa: S101 - the table above gives every date one
        if not self._strip(span) and self._raw[check] == FILLER:
            self._checks[name] = Verdict.ABSENT
            return
        date = self._raw[span.start : span.end]
        if not _is_date(date):
            mended = date.translate(_CONFUSED)
            if _is_date(mended) and check_digit(mended) == _CONFUSED[self._raw[check]]:
                self._raw[span.start : span.end] = mended
                self._mended.append(name)
            _wipe(mended)
        self._checks[name] = _verdict(self._holds(name, (span,), check) and _is_date(self._raw[span.start : span.end]))
        _wipe(date)

    def _check_names(self) -> None:
        names = self._strip(self._layout.names)
        sound = bool(names) and names[0] != FILLER and not _DIGITS.intersection(names)
        if self._format is MrzFormat.FRENCH_ID:
            given = self._strip(_FRENCH_GIVEN_NAMES)
            sound = sound and not _DIGITS.intersection(given)
        self._checks["names"] = _verdict(sound)

    def _check_composite(self) -> None:
        if self._layout.composite:
            spans = tuple(_Span(start, end) for start, end in self._layout.composite)
            self._checks["composite"] = _verdict(self._holds("composite", spans, _COMPOSITE_AT[self._format]))

    def _spans(self) -> dict[str, tuple[_Span, ...]]:
        layout = self._layout
        names = layout.names
        if self._format is MrzFormat.FRENCH_ID:
            surname, given = names, _FRENCH_GIVEN_NAMES
        else:
            found = self._raw.find(b"<<", names.start, names.end)
            middle = names.end if found < 0 else found
            surname, given = _Span(names.start, middle), _Span(middle, names.end)
        spans = {
            "document_type": (_Span(0, 2),),
            "issuer": (_Span(2, 5),),
            "document_number": self._number,
            "surname": (surname,),
            "given_names": (given,),
            "birth_date": (layout.birth,),
            "sex": (_Span(layout.sex, layout.sex + 1),),
        }
        if layout.nationality:
            spans["nationality"] = (layout.nationality,)
        if layout.expiry:
            spans["expiry_date"] = (layout.expiry,)
        for at, span in enumerate(self._optional):
            spans[f"optional_data_{at + 1}" if at else "optional_data"] = (span,)
        return spans

    def _strip(self, span: _Span) -> memoryview:
        """Give a stretch without the fillers at its end, as a view, not a copy."""
        end = span.end
        while end > span.start and self._raw[end - 1] == FILLER:
            end -= 1
        return memoryview(self._raw)[span.start : end].toreadonly()


def _format(raw: bytearray) -> MrzFormat:
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


def _value(char: int) -> int:
    if char in _DIGITS:
        return char - ord("0")
    return 0 if char == FILLER else char - ord("A") + 10


def _is_date(date: bytearray) -> bool:
    """Whether YYMMDD could be a date: each pair digits, or unknown as ``<<`` or ``XX`` (Doc 9303-3, 4.7)."""
    unknown = (b"<<", b"XX")
    year, month, day = date[:2], date[2:4], date[4:]
    for pair, low, high in ((year, 0, 99), (month, 1, 12), (day, 1, 31)):
        if pair not in unknown and not (_DIGITS.issuperset(pair) and low <= int(pair) <= high):
            return False
    return True


def _verdict(holds: bool) -> Verdict:
    return Verdict.PASSED if holds else Verdict.FAILED


def _wipe(copy: bytearray) -> None:
    copy[:] = bytes(len(copy))
