"""A second look at what came from a terminal: drivers mask card numbers, and what one missed is masked here. Pure.

A card's number goes by its digits (ISO/IEC 7812-1: 13 to 19 of them, the last one checks the others), whatever stands
between groups of them and whichever script they are of. Leading zeros are padding: they change neither the number nor
its check digit.

Other digits may stand beside a number without a blank (a date of expiry, a prefix). A printer breaks lines and fills
columns with blanks. There many groups of digits meet that belong to no card, and one in ten would pass the check. So a
number is recognised there only if it also has the first digits and the length of numbers that issuers give.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

MIN_DIGITS: Final = 13
MAX_DIGITS: Final = 19
#: The last digits stay: receipts show them, and they name a card to nobody but its holder.
_SHOWN: Final = 4
#: As many digits as no slip has, and every card.
_CARD: Final = re.compile(r"\d(?:[\W_]*\d){11}")

_GROUP: Final = re.compile(r"\d+")
#: Dates and times, at which a run of groups ends: with digits beside them they would pass for a card's now and then.
_MOMENT: Final = re.compile(
    r"(?<!\d)(?<!\d[./:-])(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"|(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?![./:-]?\d)",
    re.ASCII,
)
#: So many characters stand between two groups of one number at most, and neither a letter nor a new line among them.
_BETWEEN: Final = re.compile(r"[^\w\n]{1,3}|_{1,3}")
#: What a line break or the blanks of a column make of it: as wide as the lines of a receipt and the margins beside it.
_APART: Final = re.compile(r"_{1,3}|\s{0,80}[^\w\s]{0,3}\s{0,80}")
#: First digits and how many digits such numbers have (ISO/IEC 7812-1 and what schemes publish).
_ISSUED: Final = (
    (("34", "37"), (15,)),
    (("30", "36", "38", "39"), (14, 16)),
    (("2", "35", "5", "8", "9"), (16,)),
    (("4",), (13, 16, 19)),
    (("6",), (16, 19)),
)
#: A group of a card's number has so many digits at most. A longer one may hold other digits as well.
_GROUP_DIGITS: Final = 7
#: Most cards have so many digits, and so have many other numbers: no shorter number is looked for within those 16.
_USUAL_DIGITS: Final = 16


def may_be_card(slip: str) -> bool:
    """Tell whether what is given as the number of a slip may be a card's."""
    return _CARD.search(slip) is not None


def masked(text: str) -> str:
    """Put asterisks for the digits of whatever passes for a card's number, but for the last four."""
    hidden: set[int] = set()
    for run in _runs(text, _BETWEEN):
        for number in _numbers(run):
            places = [place for group in number for place in range(*group.span())]
            if is_luhn("".join(text[place] for place in places)):
                hidden.update(places[:-_SHOWN])
    for run in _runs(text, _APART):
        for places in _issued(run):
            hidden.update(places[:-_SHOWN])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(text))


def _runs(text: str, between: re.Pattern[str]) -> Iterator[list[re.Match[str]]]:
    """Give the groups of digits that may belong together."""
    moments = [found.span() for found in _MOMENT.finditer(text)]
    groups = [
        group for group in _GROUP.finditer(text) if not any(start <= group.start() < end for start, end in moments)
    ]
    run: list[re.Match[str]] = groups[:1]
    for before, group in pairwise(groups):
        if between.fullmatch(text, before.end(), group.start()) is None:
            yield run
            run = []
        run.append(group)
    yield run


def _numbers(run: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Give the groups beside each other that have as many digits together as a card's number."""
    for first in range(len(run)):
        digits = ""
        for last in range(first, len(run)):
            digits += run[last][0]
            # Zeros of any script have the value 0.
            length = next((len(digits) - at for at, sign in enumerate(digits) if int(sign)), 0)
            if length > MAX_DIGITS:
                break
            if length >= MIN_DIGITS:
                yield run[first : last + 1]


def _issued(run: list[re.Match[str]]) -> Iterator[list[int]]:
    """Give the places of each number in a run of groups that has the form of an issued one, wherever it begins."""
    digits = "".join(str(int(sign)) for group in run for sign in group[0])
    places = [place for group in run for place in range(*group.span())]
    group_of = [group for group in run for _ in group[0]]
    for start in range(len(digits)):
        for length in _lengths(digits, start):
            end = start + length
            if (
                end <= len(digits)
                and is_luhn(digits[start:end])
                and _is_apart(group_of[start:end], places[start], places[end - 1] + 1)
            ):
                yield places[start:end]


def _lengths(digits: str, start: int) -> tuple[int, ...]:
    """Return how many digits an issued number has that begins here."""
    return next((lengths for prefixes, lengths in _ISSUED if digits.startswith(prefixes, start)), ())


def _is_apart(groups: list[re.Match[str]], start: int, end: int) -> bool:
    """Tell whether a number may stand between these places: it consists of whole groups, or of parts of long ones."""
    first, last = groups[0], groups[-1]
    if first is last:
        return end - start >= _USUAL_DIGITS or first.end() - first.start() > _USUAL_DIGITS
    cut = [group for group, is_cut in ((first, start > first.start()), (last, end < last.end())) if is_cut]
    parts = (min(group.end(), end) - max(group.start(), start) for group in groups)
    return not cut or (
        all(group.end() - group.start() > _GROUP_DIGITS for group in cut)
        and all(part <= _GROUP_DIGITS for part in parts)
    )


def is_luhn(digits: str) -> bool:
    """Check the last digit (ISO/IEC 7812-1, annex B): the sum, every second digit from the right doubled, ends in 0."""
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        total += sum(divmod(2 * digit, 10)) if place % 2 else digit
    return total % 10 == 0
