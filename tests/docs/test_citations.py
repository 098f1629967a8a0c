"""Whatever the project names as a page to read, a stranger can open: it is in the repository, or has an address."""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from tests.docs.test_docs import ROOT, anchors

_KINDS = {".py", ".qml", ".js", ".css", ".html", ".md", ".toml", ".po", ".ts", ".jinja", ""}
_SKIPPED = {"node_modules", "__pycache__"}
#: A page by its file name, with what stands before it.
_PAGE = re.compile(r"[\w./:-]*?[\w-]+\.md\b")
#: A page that was outside, by the words with which it was cited.
_OUTSIDE = re.compile(r"\bDESIGN\b(?! =)|\bSTYLE\.md|\bNAMES\.md|\bspecs[:/]|\.\./shared\b|/work/\w")
#: One of these is in each line that has one of those.
_PARTS = (".md", "DESIGN", "specs", "shared", "/work/")
#: A section of a page: ``docs/design.md, "Feeds"``.
_SECTION = re.compile(r"docs/([\w-]+\.md), \"([^\"]+)\"")


@cache
def files() -> tuple[tuple[Path, str], ...]:
    """Return every text of the repository but this one, read once."""
    return tuple(_texts())


def _texts() -> Iterator[tuple[Path, str]]:
    """Give every text but this one; folders that begin with a dot hold other people's."""
    for folder, folders, names in ROOT.walk():
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        for path in (folder / name for name in sorted(names) if not name.startswith(".")):
            if path.suffix in _KINDS and path != Path(__file__):
                with suppress(UnicodeDecodeError):
                    yield path, path.read_text("utf-8")


def outside(text: str, known: set[str]) -> list[str]:
    """List what a text cites that is not there."""
    # Few lines name a page, and looking for one takes long.
    lines = [line for line in text.splitlines() if any(part in line for part in _PARTS)]
    named = [page for line in lines for page in _PAGE.findall(line)]
    pages = [page for page in named if not re.match(r"\w*:?//", page) and page.split("/")[-1] not in known]
    return pages + [found for line in lines for found in _OUTSIDE.findall(line)]


def test_nothing_is_cited_that_a_stranger_cannot_open() -> None:
    known = {path.name for path, _ in files() if path.suffix == ".md"}
    found = {str(path.relative_to(ROOT)): wrong for path, text in files() if (wrong := outside(text, known))}
    assert found == {}


def test_what_is_outside_is_found() -> None:
    assert outside("as DESIGN, section 4, and design/pages.md say (specs: x)", {"design.md"}) == [
        "design/pages.md",
        "DESIGN",
        "specs:",
    ]
    assert outside("docs/design.md, https://example.org/other/readme.md", {"design.md"}) == []


def test_sections_that_are_cited_are_there() -> None:
    cited = [
        (str(path), *found)
        for path, text in files()
        if re.search(r"docs/[\w-]+\.md,", text)
        for found in _SECTION.findall(re.sub(r"\s*\n\s*", " ", text))
    ]
    assert cited
    assert [
        one for one in cited if one[2].lower().replace(",", "").replace(" ", "-") not in anchors(ROOT / "docs" / one[1])
    ] == []
