"""``docs/document-attacks.md``: what it tells of each attack, to be compared with what is found."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.verdicts import Check, CheckVerdict, DocumentStanding, Outcome, standing
from tests.peripherals.trust.material import faults

PAGE = (Path(__file__).parents[3] / "docs" / "document-attacks.md").read_text("utf-8")
_FOUND = re.compile(r"`([a-z0-9-]+)` (failed|not checked|not supported|noted)(?: `([a-z0-9-]+)`)?")
_ENDS = re.compile(r"ends `([a-z-]+)`")
_OUTCOMES = {
    "noted": Outcome.NOTED,
    "failed": Outcome.FAILED,
    "not checked": Outcome.NOT_CHECKED,
    "not supported": Outcome.UNSUPPORTED,
}
_PROOFS = (Check.ACTIVE_AUTHENTICATION, Check.CHIP_AUTHENTICATION)


class Both(NamedTuple):
    """What a kiosk finds with the face, and where there was no time for it."""

    whole: dict[Check, CheckVerdict]
    hasty: dict[Check, CheckVerdict]


@dataclass(frozen=True)
class Row:
    """``ends`` is the code of the error that ends the reading, "" where there are verdicts."""

    found: dict[Check, tuple[Outcome, str]]
    standing: str
    ends: str


def cells(heading: str) -> list[list[str]]:
    """Give the cells of the table below a heading."""
    lines = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return rows[2:]


@cache
def rows(heading: str) -> dict[str, Row]:
    """Give the rows of a table of attacks by their tests."""
    told = {}
    for _, _, found, comes_to, *_, test in cells(heading):
        each = {Check(check): (_OUTCOMES[outcome], reason) for check, outcome, reason in _FOUND.findall(found)}
        told[test.strip("`")] = Row(each, comes_to.strip("`"), "".join(_ENDS.findall(found)))
    assert len(told) == len(cells(heading)), "two rows have the same test"
    return told


def check(heading: str, name: str, both: Both) -> None:
    """Compare verdicts with the row of a test. Where the face is not read, all else is found all the same."""
    told = rows(heading)[name]
    assert (essential(both.whole), str(standing(both.whole.values()))) == (told.found, told.standing)
    unread = (
        DocumentStanding.FACE_UNREAD
        if told.standing in {DocumentStanding.GENUINE, DocumentStanding.UNCHANGED}
        else told.standing
    )
    assert (essential(both.hasty), str(standing(both.hasty.values()))) == (told.found, unread)


def in_haste(heading: str, name: str) -> str:
    """Give what an attack on the face comes to where there is no time for the face."""
    return next(row[-2].strip("`") for row in cells(heading) if row[-1].strip("`") == name)


def essential(verdicts: dict[Check, CheckVerdict]) -> dict[Check, tuple[Outcome, str]]:
    """Leave out what only follows from a verdict that is told."""
    signature = verdicts[Check.SIGNATURE].reason
    missing = {TrustReason.SIGNER_MISSING, TrustReason.SOD_MISSING, TrustReason.SOD_UNREAD, signature} - {""}
    found = faults(verdicts)
    for one, (outcome, reason) in list(found.items()):
        if one is Check.SIGNATURE:
            continue
        unknown = {TrustReason.ISSUER_UNKNOWN} if one is not Check.ISSUER else set()
        if one is Check.FACE and reason in {TrustReason.FACE_SLOW, verdicts[Check.CONTENT].reason}:
            del found[one]
            continue
        unasked = outcome is Outcome.NOT_CHECKED and reason in missing | unknown
        if unasked or (one in _PROOFS and reason == signature):
            del found[one]
    return found
