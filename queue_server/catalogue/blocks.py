"""The text of a catalogue in the blocks of which it is made, so that changing one leaves all others as written. Pure.

A block is a section, or one part of a section that has many: its header (``[rules]``, ``[[services]]``), what stands
under it, and the comment right above it. What stands above all headers is a block of its own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

#: What a scan of valid TOML has to tell apart: strings and comments are stepped over whole.
_TOKEN: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)
#: The first name of a header.
_FIRST: Final = re.compile(r"""\[\[?\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([A-Za-z0-9_-]+))""")


class TextBlock(msgspec.Struct, frozen=True):
    """``text`` belongs to ``section``, "" above all headers; ``part``: it is one of many.

    ``comment`` stands above it.
    """

    section: str
    part: bool
    comment: str
    text: str


def split(text: str) -> tuple[TextBlock, ...]:
    """Cut valid TOML into its blocks; put together again they are the same text."""
    found: list[tuple[str, bool, int]] = [("", False, 0)]
    for start, section, part in _headers(text):
        # What is under a part, or under a section, belongs to it: [services.name], [[checklists.lines]].
        if part or section != found[-1][0]:
            found.append((section, part, start))
    ends = [start for _, _, start in found[1:]] + [len(text)]
    raw = [(section, part, text[start:end]) for (section, part, start), end in zip(found, ends, strict=True)]
    return _with_comments(raw)


def join(blocks: Sequence[TextBlock]) -> str:
    """Put blocks together; each begins on a line of its own."""
    text = ""
    for one in blocks:
        if text and not text.endswith("\n") and (one.comment or one.text):
            text += "\n"
        text += one.comment + one.text
    return text


def _headers(text: str) -> Iterator[tuple[int, str, bool]]:
    """Find where headers stand, the section of each, and whether it begins one of many parts."""
    depth, at = 0, 0
    while (token := _TOKEN.search(text, at)) is not None:
        at = token.end()
        # Nothing but spaces may stand before a header on its line.
        begin = text.rfind("\n", 0, token.start()) + 1
        if token[0] == "[" and depth == 0 and not text[begin : token.start()].strip():
            at = _end_of_header(text, token.start())
            first = _FIRST.match(text, token.start())
            if first is not None:
                section = next(one for one in first.groups() if one is not None)
                yield begin, section, re.sub(r"\s", "", text[first.end() : at]) == "]]"
        else:
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)


def _end_of_header(text: str, start: int) -> int:
    """Find the end of a header that begins at ``start``, behind its last bracket."""
    depth, at = 0, start
    while (token := _TOKEN.search(text, at)) is not None:
        at = token.end()
        depth += {"[": 1, "]": -1}.get(token[0], 0)
        if depth == 0:
            return at
    return len(text)


def _with_comments(raw: Sequence[tuple[str, bool, str]]) -> tuple[TextBlock, ...]:
    """Give the comment right above a header to its block, and not to the one before."""
    blocks: list[TextBlock] = []
    comment = ""
    for number, (section, part, text) in enumerate(raw):
        own, below = _cut_comment(text) if number + 1 < len(raw) else (text, "")
        blocks.append(TextBlock(section, part, comment, own))
        comment = below
    return tuple(blocks)


def _cut_comment(text: str) -> tuple[str, str]:
    comments = {token.start() for token in _TOKEN.finditer(text) if token[0].startswith("#")}
    cut = len(text)
    while cut > 0:
        begin = text.rfind("\n", 0, cut - 1) + 1
        # What looks like a comment may be the last line of a long string.
        if begin + len(text[begin:cut]) - len(text[begin:cut].lstrip(" \t")) not in comments:
            break
        cut = begin
    return text[:cut], text[cut:]
