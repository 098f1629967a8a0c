"""Reads what a carrier says of its parcels, as CSV; whatever it is, it is hostile until it was read. Pure.

UTF-8, a heading with ``reference`` and ``result`` among its columns, a line for each parcel (RFC 4180, but no line ends
within a field): a line that cannot be read is named, and takes no other with it.
"""

import csv
import re
from typing import Final

from queue_server.custody.carriers.port import ParcelOutcome, ParcelResult, WrongLine

#: A file is no longer than this, in bytes and in lines.
MAX_BYTES: Final = 1_000_000
MAX_LINES: Final = 10_000
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_REFERENCE: Final = re.compile(r"D[0-9]{5,9}[A-Z]-[0-9]{1,6}")


def read_results(content: bytes) -> tuple[tuple[ParcelResult, ...], tuple[WrongLine, ...]]:
    """Read a file of results.

    Codes of wrong lines: ``too-long``, ``not-utf-8`` and ``heading`` of the whole; ``unreadable``, ``columns``,
    ``reference`` and ``result`` of one.
    """
    if len(content) > MAX_BYTES:
        return (), (WrongLine(0, "too-long"),)
    try:
        lines = _LINE_END.split(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return (), (WrongLine(0, "not-utf-8"),)
    if len(lines) > MAX_LINES:
        return (), (WrongLine(0, "too-long"),)
    heading = [name.strip().lower() for name in _fields(lines[0]) or ()]
    if heading.count("reference") != 1 or heading.count("result") != 1:
        return (), (WrongLine(0, "heading"),)
    results: list[ParcelResult] = []
    wrong: list[WrongLine] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        found = _result(number, line, heading)
        if isinstance(found, WrongLine):
            wrong.append(found)
        else:
            results.append(found)
    return tuple(results), tuple(wrong)


def _result(number: int, line: str, heading: list[str]) -> ParcelResult | WrongLine:
    fields = _fields(line)
    if fields is None:
        return WrongLine(number, "unreadable")
    if len(fields) != len(heading):
        return WrongLine(number, "columns")
    reference = fields[heading.index("reference")].strip().upper()
    if not _REFERENCE.fullmatch(reference):
        return WrongLine(number, "reference")
    try:
        outcome = ParcelOutcome(fields[heading.index("result")].strip().lower())
    except ValueError:
        return WrongLine(number, "result")
    return ParcelResult(number, reference, outcome)


def _fields(line: str) -> list[str] | None:
    """Split a line; None where it is none."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return None
