"""Takes what names a card or an account out of texts. Pure.

ISO/IEC 7812-1: a card's number has up to 19 digits and ends with a check digit; here whatever has 13 or more in a row
is taken for one, and 12 where the check digit fits, with blanks or hyphens between them or without. ISO 13616: an IBAN
has two letters, two digits and up to 30 more characters. A few numbers that are none are masked with them: better that
than one too few.
"""

import re
from typing import Final

_NUMBER: Final = re.compile(r"\d(?:[ \-\x00-\x1f]{0,2}\d){11,}")
#: So many digits are a contract's number as often as a card's.
_DOUBTFUL: Final = 12
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
#: How many characters at the end stay, as on the receipt that a card's holder gets (PCI DSS 4.0, 3.4.1).
_SHOWN: Final = 4


def mask(text: str) -> str:
    """Give the text with every such number masked but for its last four digits; its length stays."""
    return _IBAN.sub(_masked, _NUMBER.sub(_number, text))


def _number(found: re.Match[str]) -> str:
    digits = [int(each) for each in found[0] if each.isdecimal()]
    return found[0] if len(digits) == _DOUBTFUL and not _checked(digits) else _masked(found)


def _checked(digits: list[int]) -> bool:
    """Whether the last digit fits (ISO/IEC 7812-1, annex B)."""
    doubled = [sum(divmod(2 * each, 10)) for each in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _masked(found: re.Match[str]) -> str:
    text = found[0]
    kept = 0
    for at in range(len(text) - 1, -1, -1):
        if text[at].isalnum():
            kept += 1
        if kept == _SHOWN:
            return "".join("*" if each.isalnum() else each for each in text[:at]) + text[at:]
    return "*" * len(text)  # pragma: no cover - the patterns have more than four
