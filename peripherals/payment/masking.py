"""Takes what names a card or an account out of texts, before anything else sees them (PCI DSS 4.0, 3.3 and 3.4). Pure.

ISO/IEC 7812-1: a card's number has up to 19 digits and ends with a check digit. What has 13 or more in a row is taken
for one, with blanks, hyphens and the like between them or without; 12 only where the check digit fits, since contracts
have as many. Within a longer word, such as the number of an application or a transaction, it has to fit too.
What a printer sets apart by columns or lines is taken for one in the groups of cards, if the check digit fits.
Tracks are ISO/IEC 7813, with the holder's name and the data behind the number; an IBAN is ISO 13616. Digits are of
any script. A few numbers that are none are masked with them: better that than one too few. A text keeps its length.
"""

import re
from typing import Final

_NUMBER: Final = re.compile(r"\d(?:[ \-*\x00-\x1f]{0,2}\d){11,}|\d{3,6}(?:\.\d{3,7}){2,}")
#: Four groups of four digits and up to three more, or the groups of 15 and 14 digits, apart by columns or lines.
_SPREAD: Final = re.compile(
    r"(?<!\w)\d{4}\s{1,80}(?:(?:\d{4}\s{1,80}){2}\d{4}(?:\s{1,80}\d{1,3})?|\d{6}\s{1,80}\d{4,5})(?!\w)"
)
_TRACK_1: Final = re.compile(r"%?B\d[\d ]{10,20}\^[^^]{0,40}\^[^?\s]*\??")
_TRACK_2: Final = re.compile(r"(\d{12,19})([=D]\d{4,}[^?\s]*)")
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
#: So many digits are a contract's number as often as a card's; no card has more than the other.
_DOUBTFUL: Final = 12
_LONGEST: Final = 19
#: How many characters at the end stay, as on the receipt that a card's holder gets (3.4.1).
_SHOWN: Final = 4
#: A card's number as terminals say it, masked or not: what is hidden in it, and four digits at its end.
_ENDING: Final = re.compile(r"[0-9*xX#.]{4,15}([0-9]{4})", re.ASCII)


def ending(number: str) -> str:
    """Give the last four digits of a card's number, and "" for whatever is not shaped like one. Nothing else of it."""
    found = _ENDING.fullmatch(number.replace(" ", "").replace("-", "")) if len(number) <= 2 * _LONGEST else None
    return found[1] if found is not None else ""


def mask(text: str) -> str:
    """Give the text with every such number masked but for its last four characters, and nothing of tracks."""
    text = _TRACK_1.sub(lambda found: _covered(found[0], 0), text)
    text = _TRACK_2.sub(lambda found: _covered(found[1], _SHOWN) + _covered(found[2], 0), text)
    text = _SPREAD.sub(_spread, text)
    return _IBAN.sub(_account, _NUMBER.sub(_number, text))


def _spread(found: re.Match[str]) -> str:
    fits = _checked([int(each) for each in found[0] if each.isdecimal()])
    return _covered(found[0], _SHOWN) if fits else found[0]


def _number(found: re.Match[str]) -> str:
    text = found[0]
    digits = [int(each) for each in text if each.isdecimal()]
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    begun, goes_on = before.isalnum(), after.isalnum()
    doubtful = len(digits) == _DOUBTFUL or ((begun or goes_on) and len(digits) <= _LONGEST)
    if len(digits) >= _DOUBTFUL and (not doubtful or _checked(digits)):
        return _covered(text, _SHOWN)
    # What belongs to a word may be the digits at its end alone, and not the number behind them.
    start = _leading(text) if begun else 0
    end = len(text) - (_leading(text[::-1]) if goes_on else 0)
    if (start or end < len(text)) and start < end:
        return text[:start] + _NUMBER.sub(_number, text[start:end]) + text[end:]
    return text


def _leading(text: str) -> int:
    """Count the digits at its beginning."""
    return next((at for at, each in enumerate(text) if not each.isdecimal()), len(text))


def _checked(digits: list[int]) -> bool:
    """Whether the last digit fits (ISO/IEC 7812-1, annex B)."""
    doubled = [sum(divmod(2 * each, 10)) for each in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _account(found: re.Match[str]) -> str:
    """Mask an IBAN: in groups, or with check digits that fit (ISO/IEC 7064, MOD 97-10)."""
    plain = found[0].replace(" ", "")
    fits = int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1
    return _covered(found[0], _SHOWN) if fits or " " in found[0] else found[0]


def _covered(text: str, shown: int) -> str:
    kept = [at for at, each in enumerate(text) if each.isalnum()][-shown:] if shown else []
    end = kept[0] if kept else len(text)
    return "".join("*" if each.isalnum() else each for each in text[:end]) + text[end:]
