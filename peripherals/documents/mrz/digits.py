"""Characters of a machine-readable zone: what they are worth, and what optical reading takes for what. Pure."""

from collections.abc import Iterable

FILLER = ord("<")
DIGITS = frozenset(b"0123456789")
LETTERS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
CHARACTERS = DIGITS | LETTERS | {FILLER}
#: What optical recognition takes a digit for. Mended in digit-only places, and only where a check digit proves it.
CONFUSED = bytes.maketrans(b"OIZSB", b"01258")
_WEIGHTS = (7, 3, 1)
_UNKNOWN = (b"<<", b"XX")
_NO_DATE = b"999999"


def check_digit(data: Iterable[int]) -> int:
    """Give the check digit of ASCII characters, weights 7-3-1 (Doc 9303-3, 4.9), as the ASCII of a digit."""
    return ord("0") + sum(_value(char) * _WEIGHTS[at % 3] for at, char in enumerate(data)) % 10


def is_date(date: bytearray, *, least: int = 1) -> bool:
    """Whether YYMMDD could be a date: each pair digits, or unknown as ``<<`` or ``XX`` (Doc 9303-3, 4.7)."""
    year, month, day = date[:2], date[2:4], date[4:]
    for pair, low, high in ((year, 0, 99), (month, least, 12), (day, least, 31)):
        if pair not in _UNKNOWN and not (DIGITS.issuperset(pair) and low <= int(pair) <= high):
            return False
    return True


def is_written_as_date(date: bytearray) -> bool:
    """Whether some issuers write a date like this, which is in no calendar: 00 for what is unknown, or 999999."""
    return date == _NO_DATE or is_date(date, least=0)


def _value(char: int) -> int:
    if char in DIGITS:
        return char - ord("0")
    return 0 if char == FILLER else char - ord("A") + 10
