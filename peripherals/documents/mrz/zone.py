"""A machine-readable zone that was taken apart: its fields, its verdicts, and how it is wiped."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from peripherals.documents import states
from peripherals.documents.mrz.digits import FILLER
from peripherals.documents.mrz.layouts import FRENCH_GIVEN_NAMES, LAYOUTS, MrzFormat, Span
from peripherals.documents.mrz.reasons import ZoneReason

#: The fields that hold the code of a state or an organisation.
CODES = ("issuer", "nationality")
#: What check digits are over.
_UNDER_DIGITS = frozenset({"document_number", "birth_date", "expiry_date", "optional_data", "composite"})


class ZoneVerdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    #: The document leaves this empty, and may.
    ABSENT = "absent"
    #: A code of a state or an organisation that is in no list: new ones come up before any list has them.
    UNKNOWN = "unknown"
    #: Its check digit holds, and it is not as the standard says: documents in use are like this.
    UNUSUAL = "unusual"


@dataclass(frozen=True, slots=True)
class ZoneNames:
    """Names as a zone has them: in capital letters, without apostrophes, their hyphens gone into the gaps.

    ``primary`` are the parts of the surname, or of the only name that somebody has; ``secondary`` the given names.
    ``may_be_cut`` says that a part fills its field to the end, so that letters or whole names may be missing.
    """

    primary: tuple[str, ...] = field(repr=False)
    secondary: tuple[str, ...] = field(repr=False)
    may_be_cut: bool


@dataclass(eq=False, slots=True)
class Mrz:
    """A machine-readable zone taken apart. It shows nothing of its content unless asked."""

    format: MrzFormat
    checks: Mapping[str, ZoneVerdict]
    #: Names of the places where a digit was corrected; each is proved by its check digit.
    corrected: tuple[str, ...]
    #: What staff should know of it, though no check failed.
    unusual: tuple[ZoneReason, ...]
    _raw: bytearray = field(repr=False)
    _spans: Mapping[str, tuple[Span, ...]] = field(repr=False)

    @property
    def valid(self) -> bool:
        """Whether no check failed."""
        return ZoneVerdict.FAILED not in self.checks.values()

    @property
    def nearly(self) -> bool:
        """Whether nothing but check digits and dates failed, as where one character was taken for another."""
        failed = {name for name, verdict in self.checks.items() if verdict is ZoneVerdict.FAILED}
        return bool(failed) and failed <= _UNDER_DIGITS

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
            return " ".join(_parts(text))
        return text.rstrip("<")

    def printed_check(self, name: str) -> str:
        """Give the check digit that stands behind a number or date, as it was printed.

        Raises:
            KeyError: this format has no such field, or no check digit for it.
        """
        layout = LAYOUTS[self.format]
        at = {"document_number": layout.number, "birth_date": layout.birth, "expiry_date": layout.expiry}[name]
        spans = self._spans[name]
        check = spans[-1].end if len(spans) > 1 else (at.check if at else None)
        if check is None:
            raise KeyError(name)
        return chr(self._raw[check])

    @property
    def names_may_be_cut(self) -> bool:
        """Whether the name fills its field to the end, so that more may have been cut off (Doc 9303-3, 4.2)."""
        return fills_names(self.format, self._raw)

    @property
    def names(self) -> ZoneNames:
        """The names in their parts (Doc 9303-3, 4.6)."""
        surname, given = (_parts(self.field(name)) for name in ("surname", "given_names"))
        return ZoneNames(surname, given, self.names_may_be_cut)

    @property
    def initial(self) -> str:
        """The first letter of the given names, else of the only name, else empty; no more of them is decoded."""
        for name in ("given_names", "surname"):
            for span in self._spans[name]:
                places = range(span.start, span.end)
                letter = next((chr(self._raw[place]) for place in places if self._raw[place] != ord("<")), "")
                if letter:
                    return letter if letter.isalpha() else ""
        return ""

    def to_dict(self) -> dict[str, object]:
        """Everything at once, for the command line."""
        return {
            "format": self.format.value,
            "valid": self.valid,
            "checks": {name: verdict.value for name, verdict in self.checks.items()},
            "fields": {name: self.field(name) for name in self._spans},
            "kinds": {name: states.kind(self.field(name)).value for name in CODES if name in self._spans},
            "corrected": list(self.corrected),
            "unusual": list(self.unusual),
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


def fills_names(form: MrzFormat, raw: bytearray) -> bool:
    """Tell whether the names of a zone reach to the end of their place."""
    spans = [LAYOUTS[form].names]
    if form is MrzFormat.FRENCH_ID:
        spans.append(FRENCH_GIVEN_NAMES)
    return any(raw[span.end - 1] not in {FILLER, 0} for span in spans)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.replace(" ", "<").split("<") if part)
