"""Finds tickets of today by what somebody remembers of theirs: a code, a service, a time, how far they came. Pure.

Everything typed is folded first (case, accents, Arabic marks), so that people type as they speak.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from queue_server.domain.values import CODE_LETTERS, TicketCode

#: Nothing longer is looked for. Characters.
LONGEST = 80

_CODE = re.compile(rf"([{CODE_LETTERS}])[\s-]*(\d{{1,4}})", re.IGNORECASE | re.ASCII)
#: Alef maksura is typed as yeh, teh marbuta as heh, and tatweel not at all (Unicode names of U+0649, U+0629, U+0640).
_ARABIC = {0x0649: 0x064A, 0x0629: 0x0647, 0x0640: None}


def fold(text: str) -> str:
    """Take away what people leave out when they type: capitals, accents, vowel marks, kinds of alif."""
    spread = unicodedata.normalize("NFKD", text).translate(_ARABIC)
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).casefold()


def words(text: str) -> tuple[str, ...]:
    """Cut what was typed into folded words; a code written apart (``B 42``) is one."""
    joined = _CODE.sub(lambda found: f"{found[1]}{found[2]}", text[:LONGEST])
    return tuple(fold(joined).split())


def code(text: str) -> TicketCode | None:
    """Read a ticket code as people write it: ``B042``, ``b 42``, ``B-042``; None where it is none."""
    found = _CODE.fullmatch(text.strip())
    return None if found is None else TicketCode(f"{found[1].upper()}{int(found[2]):03}")


def fits(wanted: Sequence[str], known: Iterable[str]) -> bool:
    """Tell whether every wanted word begins one of the folded words that are known."""
    begins = tuple(known)
    return all(any(word.startswith(one) for word in begins) for one in wanted)
