"""Takes card numbers and tracks out of text, before anything else sees it (PCI DSS 4.0, requirements 3.3 and 3.4).

A card's number is 12 to 19 digits (ISO/IEC 7812-1) with a check digit. It is masked where it stands for itself, right
or wrong; within a longer word, such as the number of an application or a transaction, where its check digit is right.
"""

import re

_NUMBER = re.compile(r"\d(?:[ \-.*]?\d){11,}")
#: Tracks 1 and 2 (ISO/IEC 7813), with the holder's name or the data behind the number.
_TRACK_1 = re.compile(r"%?B\d[\d ]{10,20}\^[^^]{0,40}\^[^?\s]*\??")
_TRACK_2 = re.compile(r";?(\d{12,19})[=D]\d{4,}[^?\s]*\??")
_LONGEST = 19
_SHOWN = 4


def mask(text: str) -> str:
    """Give the text with nothing but the last four digits of each card number, and nothing of tracks."""
    text = _TRACK_2.sub(lambda found: _covered(found[1]), _TRACK_1.sub("****", text))
    return _NUMBER.sub(_number, text)


def _number(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    alone = not before.isalnum() and not after.isalnum()
    return _covered(digits) if alone or (len(digits) <= _LONGEST and _luhn(digits)) else found[0]


def _luhn(digits: str) -> bool:
    """Check the last digit (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)  # noqa: PLR2004 - the digits of a number above nine are added
    return total % 10 == 0


def _covered(digits: str) -> str:
    return "*" * (len(digits) - _SHOWN) + digits[-_SHOWN:]
