"""Takes machine-readable zones apart and checks them. Pure."""

from types import MappingProxyType

from peripherals.documents import states
from peripherals.documents.mrz.digits import (
    CHARACTERS,
    CONFUSED,
    DIGITS,
    FILLER,
    LETTERS,
    check_digit,
    is_date,
    is_written_as_date,
)
from peripherals.documents.mrz.layouts import (
    COMPOSITE_AT,
    FRENCH_GIVEN_NAMES,
    LAYOUTS,
    LENGTHS,
    MrzFormat,
    Span,
    format_of,
)
from peripherals.documents.mrz.reasons import ZoneReason
from peripherals.documents.mrz.zone import Mrz, ZoneVerdict, fills_names
from peripherals.documents.states import StateKind
from peripherals.errors import MrzError

_UNUSUAL_DATES = {"birth_date": ZoneReason.BIRTH_DATE, "expiry_date": ZoneReason.EXPIRY_DATE}
#: Their names have digits for letters that the Latin alphabet has not (GOST R 52535.1).
_RUSSIAN_INTERNAL = b"PNRUS"
#: Fillers between surname and given names.
_GAP = 2


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
    if not CHARACTERS.issuperset(text) or text[0] not in LETTERS:
        raise MrzError(part="characters")
    return _Parse(text).result()


class _Parse:
    """One parse: the zone and what was found out about it so far."""

    def __init__(self, raw: bytearray) -> None:
        self._raw = raw
        self._format = format_of(raw)
        self._layout = LAYOUTS[self._format]
        self._checks: dict[str, ZoneVerdict] = {}
        self._corrected: list[str] = []
        self._unusual: list[ZoneReason] = []
        self._number: tuple[Span, ...] = (self._layout.number,)
        self._optional = list(self._layout.optional)

    def result(self) -> Mrz:
        layout = self._layout
        self._check_code("issuer", Span(2, 5), issues=True)
        self._check_number()
        if layout.nationality:
            self._check_code("nationality", layout.nationality, issues=False)
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
            corrected=tuple(self._corrected),
            unusual=tuple(self._unusual),
            _raw=self._raw,
            _spans=MappingProxyType(self._spans()),
        )

    def _check_code(self, name: str, span: Span, *, issues: bool) -> None:
        """Look a code of a state or an organisation up (Doc 9303-3, 5)."""
        letters = self._strip(span)
        code = bytes(letters).decode("ascii")
        if not letters:
            self._checks[name] = ZoneVerdict.FAILED if issues else ZoneVerdict.ABSENT
        elif not LETTERS.issuperset(letters) or (issues and not states.may_issue(code)):
            self._checks[name] = ZoneVerdict.FAILED
        else:
            self._checks[name] = ZoneVerdict.UNKNOWN if states.kind(code) is StateKind.UNKNOWN else ZoneVerdict.PASSED

    def _check_number(self) -> None:
        span = self._layout.number
        check = self._layout.number.check
        assert check is not None  # noqa: S101 - the table above gives every number one
        if self._raw[check] == FILLER and self._layout.long_number and self._raw[span.end - 1] != FILLER:
            self._checks["document_number"] = _verdict(self._find_long_number(span, self._optional[0]))
        else:
            self._check_alphanumeric("document_number", span, check)

    def _find_long_number(self, span: Span, optional: Span) -> bool:
        """Follow a number of more than nine characters into the optional data.

        Two conventions are in use: the filler that stands in place of the check digit is left out of the
        computation (Doc 9303) or takes part in it (seen on Belgian cards).
        """
        found = self._raw.find(FILLER, optional.start, optional.end)
        end = optional.end if found < 0 else found
        if end - optional.start < 2:  # noqa: PLR2004 - one character of the number and its check digit
            return False
        rest = Span(optional.start, end - 1)
        for conventions in ((span, rest), (Span(span.start, span.end + 1), rest)):
            if self._holds("document_number", conventions, end - 1):
                self._number = (span, rest)
                self._optional[0] = Span(end, optional.end)
                return True
        return False

    def _check_alphanumeric(self, name: str, span: Span, check: int) -> None:
        empty = not self._strip(span)
        if empty and self._raw[check] == FILLER:
            self._checks[name] = ZoneVerdict.ABSENT
        else:
            self._checks[name] = _verdict(self._holds(name, (span,), check))

    def _holds(self, name: str, spans: tuple[Span, ...], check: int) -> bool:
        """Compare a check digit, and mend it where it was read as a letter."""
        expected = check_digit(char for span in spans for char in self._raw[span.start : span.end])
        if self._raw[check] == expected:
            return True
        if CONFUSED[self._raw[check]] != expected:
            return False
        self._raw[check] = expected
        self._corrected.append(f"{name}_check")
        return True

    def _check_date(self, name: str, span: Span) -> None:
        check = span.check
        assert check is not None  # noqa: S101 - the table above gives every date one
        if not self._strip(span) and self._raw[check] == FILLER:
            self._checks[name] = ZoneVerdict.ABSENT
            return
        date = self._raw[span.start : span.end]
        if not is_date(date):
            corrected = date.translate(CONFUSED)
            if is_date(corrected) and check_digit(corrected) == CONFUSED[self._raw[check]]:
                self._raw[span.start : span.end] = corrected
                self._corrected.append(name)
            _wipe(corrected)
        holds = self._holds(name, (span,), check)
        _wipe(date)
        date = self._raw[span.start : span.end]
        if holds and not is_date(date) and is_written_as_date(date):
            self._note(name, _UNUSUAL_DATES[name])
        else:
            self._checks[name] = _verdict(holds and is_date(date))
        _wipe(date)

    def _check_names(self) -> None:
        names = self._strip(self._layout.names)
        digits = bool(DIGITS.intersection(names))
        if self._format is MrzFormat.FRENCH_ID:
            digits = digits or bool(DIGITS.intersection(self._strip(FRENCH_GIVEN_NAMES)))
        if digits and not self._raw.startswith(_RUSSIAN_INTERNAL):
            self._checks["names"] = ZoneVerdict.FAILED
        elif not names:
            self._note("names", ZoneReason.NAMES_MISSING)
        elif names[0] == FILLER and (len(names) <= _GAP or names[1] != FILLER or names[_GAP] == FILLER):
            self._checks["names"] = ZoneVerdict.FAILED
        elif names[0] == FILLER:
            self._note("names", ZoneReason.SURNAME_MISSING)
        elif digits:
            self._note("names", ZoneReason.NAMES_WITH_DIGITS)
        else:
            self._checks["names"] = ZoneVerdict.PASSED
        if fills_names(self._format, self._raw):
            self._unusual.append(ZoneReason.NAMES_CUT)

    def _note(self, name: str, reason: ZoneReason) -> None:
        self._checks[name] = ZoneVerdict.UNUSUAL
        self._unusual.append(reason)

    def _check_composite(self) -> None:
        if self._layout.composite:
            spans = tuple(Span(start, end) for start, end in self._layout.composite)
            self._checks["composite"] = _verdict(self._holds("composite", spans, COMPOSITE_AT[self._format]))

    def _spans(self) -> dict[str, tuple[Span, ...]]:
        layout = self._layout
        names = layout.names
        if self._format is MrzFormat.FRENCH_ID:
            surname, given = names, FRENCH_GIVEN_NAMES
        else:
            found = self._raw.find(b"<<", names.start, names.end)
            middle = names.end if found < 0 else found
            surname, given = Span(names.start, middle), Span(middle, names.end)
        spans = {
            "document_type": (Span(0, 2),),
            "issuer": (Span(2, 5),),
            "document_number": self._number,
            "surname": (surname,),
            "given_names": (given,),
            "birth_date": (layout.birth,),
            "sex": (Span(layout.sex, layout.sex + 1),),
        }
        if layout.nationality:
            spans["nationality"] = (layout.nationality,)
        if layout.expiry:
            spans["expiry_date"] = (layout.expiry,)
        for at, span in enumerate(self._optional):
            spans[f"optional_data_{at + 1}" if at else "optional_data"] = (span,)
        return spans

    def _strip(self, span: Span) -> memoryview:
        """Give a stretch without the fillers at its end, as a view, not a copy."""
        end = span.end
        while end > span.start and self._raw[end - 1] == FILLER:
            end -= 1
        return memoryview(self._raw)[span.start : end].toreadonly()


def _verdict(holds: bool) -> ZoneVerdict:
    return ZoneVerdict.PASSED if holds else ZoneVerdict.FAILED


def _wipe(copy: bytearray) -> None:
    copy[:] = bytes(len(copy))
