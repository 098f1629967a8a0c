"""Machine-readable zones for specimens: made-up people, valid at a time that the test chooses (Doc 9303-3 to -6).

Composed here and not by the parser's rules: the two judge each other.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

_WEIGHTS = (7, 3, 1)
_NUMBER = 9
_NAMES = (
    ("ERIKSSON", "ANNA<MARIA"),
    ("SPECIMEN", "JOSE"),
    ("MUSTERFRAU", "ERIKA"),
    ("VAN<DER<PROEF", "PIETER<JAN"),
    ("OBRAZEC", "MILOS"),
    ("TAMESI", "LIV<ASTRID"),
)
_LETTERS = "CFGHJKLMNPRTVWXYZ"


class DocumentFormat(StrEnum):
    TD1 = "td1"
    TD2 = "td2"
    TD3 = "td3"


@dataclass(frozen=True, slots=True)
class SpecimenHolder:
    """A made-up holder and the document's own data, in the alphabet of the zone."""

    surname: str
    given: str
    number: str
    birth: date
    sex: str
    expiry: date
    issuer: str = "UTO"
    nationality: str = "UTO"
    optional: str = ""
    #: The two letters that the zone begins with, "" for the usual ones.
    code: str = ""
    #: The dates as they are written, YYMMDD, "" for those of the calendar.
    birth_written: str = ""
    expiry_written: str = ""

    @property
    def birth_in_zone(self) -> str:
        return self.birth_written or self.birth.strftime("%y%m%d")

    @property
    def expiry_in_zone(self) -> str:
        return self.expiry_written or self.expiry.strftime("%y%m%d")


class Oddity(StrEnum):
    """What is unusual in a zone, and in use."""

    NONE = "none"
    NO_SURNAME = "no-surname"
    #: Digits stand for letters, the number runs on in the optional data, and there is no last day.
    RUSSIAN_INTERNAL = "russian-internal"
    BIRTH_DAY_UNKNOWN = "birth-day-unknown"
    BIRTH_DATE_UNKNOWN = "birth-date-unknown"
    #: The last day is written as 999999.
    NO_LAST_DAY = "no-last-day"
    NAME_CUT = "name-cut"


def make_odd(person: SpecimenHolder, oddity: Oddity) -> SpecimenHolder:
    """Make a person whose document is unusual."""
    changes: dict[Oddity, dict[str, Any]] = {
        Oddity.NO_SURNAME: {"surname": ""},
        Oddity.RUSSIAN_INTERNAL: {
            "surname": "OBRAZCOV",
            "given": "3ARL4<IL9I3",
            "code": "PN",
            "issuer": "RUS",
            "nationality": "RUS",
            "expiry_written": "<<<<<<",
        },
        Oddity.BIRTH_DAY_UNKNOWN: {"birth_written": person.birth.strftime("%y0000")},
        Oddity.BIRTH_DATE_UNKNOWN: {"birth_written": "<<<<<<"},
        Oddity.NO_LAST_DAY: {"expiry_written": "999999"},
        Oddity.NAME_CUT: {"given": "MAXIMILIANA<ALEXANDRINA<WILHELMINA<FREDERIKA"},
    }
    return replace(person, **changes.get(oddity, {}))


def make_person(seed: int, expiry: date, *, long_number: bool = False, issuer: str = "UTO") -> SpecimenHolder:
    """Make a person up: always the same one for a seed."""
    digest = hashlib.sha256(f"person/{seed}".encode()).digest()
    surname, given = _NAMES[digest[0] % len(_NAMES)]
    number = _LETTERS[digest[1] % len(_LETTERS)] + f"{int.from_bytes(digest[2:6]) % 10**8:08d}"
    if long_number:
        number += f"{digest[6] % 1000:03d}"
    birth = date(1950 + digest[7] % 50, 1 + digest[8] % 12, 1 + digest[9] % 28)
    return SpecimenHolder(surname, given, number, birth, "FMX"[digest[10] % 3], expiry, issuer, issuer)


def compose(layout: DocumentFormat, person: SpecimenHolder) -> str:
    """Compose the zone, its lines joined: 90, 72 or 88 characters."""
    names = f"{person.surname}<<{person.given}"
    sex = "<" if person.sex == "X" else person.sex
    birth, expiry = _checked(person.birth_in_zone), _checked(person.expiry_in_zone)
    code = person.code or ("P<" if layout is DocumentFormat.TD3 else "I<")
    issuer, nationality = _fill(person.issuer, 3), _fill(person.nationality, 3)
    if layout is DocumentFormat.TD3:
        first = f"{code}{issuer}" + _fill(names, 39)
        optional = _checked(_fill(person.optional, 14)) if person.optional else "<" * 15
        second = f"{_checked(_fill(person.number, 9))}{nationality}{birth}{sex}{expiry}{optional}"
        return first + second + check_digit(second[:10] + second[13:20] + second[21:43])
    number, optional = _long(person)
    if layout is DocumentFormat.TD2:
        first = f"{code}{issuer}" + _fill(names, 31)
        second = f"{number}{nationality}{birth}{sex}{expiry}{_fill(optional, 7)}"
        return first + second + check_digit(second[:10] + second[13:20] + second[21:35])
    first = f"{code}{issuer}{number}{_fill(optional, 15)}"
    second = f"{birth}{sex}{expiry}{nationality}" + "<" * 11
    composite = check_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
    return first + second + composite + _fill(names, 30)


def information(person: SpecimenHolder) -> str:
    """Give what the access keys come from: number, birth, expiry, each with its check digit (Doc 9303-11, 4.2.1)."""
    number = person.number.ljust(_NUMBER, "<")
    return _checked(number) + _checked(person.birth_in_zone) + _checked(person.expiry_in_zone)


def check_digit(text: str) -> str:
    """Compute a check digit (Doc 9303-3, 4.9)."""
    return str(sum(_value(char) * _WEIGHTS[at % 3] for at, char in enumerate(text)) % 10)


def _long(person: SpecimenHolder) -> tuple[str, str]:
    """Give number field with its check digit, and optional data; a long number runs on there (Doc 9303-5, 4.2.2)."""
    if len(person.number) <= _NUMBER:
        return _checked(_fill(person.number, _NUMBER)), person.optional
    rest = person.number[_NUMBER:] + check_digit(person.number) + "<" + person.optional
    return person.number[:_NUMBER] + "<", rest


def _checked(text: str) -> str:
    return text + check_digit(text)


def _fill(text: str, length: int) -> str:
    return text[:length].ljust(length, "<")


def _value(char: str) -> int:
    return 0 if char == "<" else int(char, 36)
