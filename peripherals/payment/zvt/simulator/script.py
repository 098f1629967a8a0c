"""What a simulated terminal shall do next, and how."""

from dataclasses import dataclass, replace
from typing import Any

from peripherals.payment.zvt.receipts import CHARSET, CHARSETS
from peripherals.simulation import CommandError, number, switch

#: Codes of results that need a name: the rest may be given as two hexadecimal digits.
_DECLINES = {"bank": 0x05, "expired": 0x78, "unreadable": 0x64, "too-high": 0xC3, "aborted": 0x6C}
DROPS = ("never", "before", "after", "committed")


@dataclass(frozen=True, slots=True)
class Script:
    """The first group holds for every transaction, the second for the next one alone."""

    #: How long the person takes to present the card, and the bank to answer, in seconds.
    card_s: float = 0.0
    bank_s: float = 0.0
    #: old: reverses by itself where its result is not taken. new: object 1F1F, and never reverses.
    scheme: str = "old"
    #: lines (06 D1), blocks (06 D3) or none, where the register asked for print commands.
    prints: str = "lines"
    #: What its texts are written in, by its name in Python.
    charset: str = CHARSET
    #: The holder signs.
    signature: bool = False
    #: Answers every command with 84 9C.
    busy: bool = False
    #: Its status after 05 01.
    status: int = 0
    #: The software version that it states before that status; "" for a terminal that states none.
    version: str = ""
    #: How long it waits for an answer, and until it repeats its result after 84 9C, in seconds.
    patience_s: float = 5.0
    repeat_s: float = 0.5
    #: Whether what it did outlasts a power cut; else it is as if it was reset, or another one stood in its place.
    keeps: bool = True
    #: The number of the card and its track, as a careless terminal sends them; "" for one that masks.
    card: str = ""

    #: 00 approves.
    result: int = 0
    #: Where the line is dropped: before the approval, after it, after the commit.
    drop: str = "never"
    lose_completion: bool = False
    #: Power off and on again while the bank is asked.
    restart: bool = False
    #: Charge another amount than asked for, in minor units more.
    surcharge: int = 0

    def next(self) -> "Script":
        """The script after one transaction."""
        return replace(self, result=0, drop="never", lose_completion=False, restart=False, surcharge=0)


def change(script: Script, words: list[str]) -> Script | None:
    """Do what a line of the control channel says; None where it is about something else.

    Raises:
        CommandError: a value that is none.
    """
    changes: dict[str, Any]
    match words:
        case ["approve"]:
            return script.next()
        case ["decline", code]:
            changes = {"result": _DECLINES.get(code) or _code(code)}
        case ["slow", seconds]:
            changes = {"card_s": number(seconds)}
        case ["bank", seconds]:
            changes = {"bank_s": number(seconds)}
        case ["busy" | "signature" | "keeps" as name, value]:
            changes = {name: switch(value)}
        case ["drop", where] if where in DROPS:
            changes = {"drop": where}
        case ["lose-completion"]:
            changes = {"lose_completion": True}
        case ["restart"]:
            changes = {"restart": True}
        case ["surcharge", minor]:
            changes = {"surcharge": int(number(minor))}
        case ["scheme", "old" | "new" as scheme]:
            changes = {"scheme": scheme}
        case ["print", "lines" | "blocks" | "none" as prints]:
            changes = {"prints": prints}
        case ["charset", name] if name in CHARSETS:
            changes = {"charset": name}
        case ["patience", seconds]:
            changes = {"patience_s": number(seconds)}
        case ["repeat", seconds]:
            changes = {"repeat_s": number(seconds)}
        case ["health", code]:
            changes = {"status": _code(code)}
        case ["version", "none"]:
            changes = {"version": ""}
        case ["version", text] if text.isascii():
            changes = {"version": text}
        case ["card", digits] if digits.isascii() and digits.isdecimal() and 8 <= len(digits) <= 19:  # noqa: PLR2004 - ISO/IEC 7812
            changes = {"card": digits}
        case ["card", "masked"]:
            changes = {"card": ""}
        case _:
            return None
    return replace(script, **changes)


def _code(text: str) -> int:
    try:
        code = int(text, 16)
    except ValueError as error:
        raise CommandError("two hexadecimal digits") from error
    if not 0 <= code <= 0xFF:  # noqa: PLR2004 - one byte
        raise CommandError("two hexadecimal digits")
    return code
