"""Keeps the catalogues of translations in step with the code: ``python -m queue_server.web.translations [PART]``.

Each language has one catalogue a part: ``shared`` and one for every page. A sentence lives in the first part that says
it (``PARTS`` is the order), so a page may say what another one says without translating it again. What people read of
the codes of rooms (``<room>/words.py``) is translated here too.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from queue_server.web.site import LANGUAGES

HERE = Path(__file__).parent
#: Files beside the pages in which rooms have the words of their codes.
WORDS = ("words.py", "own_words.py", "letter_words.py", "price_words.py")
_OWN = ("shared", "counter", "reception", "manager", "waiting", "audit", "account", "colleagues", "enrolment", "ticket")
#: Rooms that have pages here come after these.
_BROUGHT = sorted(one.parent.name for one in HERE.glob("*/room.py"))
PARTS = (*_OWN, *_BROUGHT)
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
_KEYWORDS = {**DEFAULT_KEYWORDS, "words": None}


def part_of(file: str) -> str:
    """Say to which part a file belongs: its folder or the first word of its name is the page's, else it is shared."""
    name = file.removeprefix("templates/").split("/")[0].split(".")[0].split("_")[0]
    return name if name in PARTS else PARTS[0]


def extract() -> dict[str, Catalog]:
    """Collect every sentence of the pages, by part."""
    found = [*extract_from_dir(str(HERE), _METHODS, _OPTIONS, keywords=_KEYWORDS), *_of_rooms()]
    catalogs = {part: Catalog(charset="utf-8", fuzzy=False) for part in PARTS}
    said: set[object] = set()
    for file, _line, message, _comments, context in sorted(
        found, key=lambda one: (PARTS.index(part_of(one[0])), one[0])
    ):
        home = catalogs[part_of(file)]
        if message in said and message not in home:
            continue
        said.add(message)
        home.add(message, context=context)
    return catalogs


def _of_rooms() -> Iterator[tuple[str, int, str | tuple[str, ...], list[str], str | None]]:
    for file in sorted(one for name in WORDS for one in HERE.parent.glob(f"*/{name}")):
        for line, message, comments, context in extract_from_file("python", file, keywords=_KEYWORDS):
            yield file.relative_to(HERE.parent).as_posix(), line, message, comments, context


def path(language: str, part: str) -> Path:
    return HERE / "locale" / language / "LC_MESSAGES" / f"{part}.po"


def load(language: str, part: str) -> Catalog:
    file = path(language, part)
    if not file.exists():
        return Catalog(locale=language)
    return read_po(io.StringIO(file.read_text("utf-8")), locale=language, abort_invalid=True)


def update(language: str, parts: tuple[str, ...] = PARTS) -> int:
    """Bring the catalogues of ``parts`` up to date, and count the sentences that still lack a translation."""
    known = {message.id: message.string for part in PARTS for message in load(language, part)}
    lacking = 0
    for part, source in extract().items():
        if part not in parts:
            continue
        before = load(language, part)
        catalog = Catalog(locale=language, project="consular-support", version="web", charset="utf-8", fuzzy=False)
        # The date of the first time: a catalogue changes only where a sentence does.
        catalog.creation_date = before.creation_date
        catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "consular-support"
        for message in source:
            if message.id:
                catalog.add(message.id, known.get(message.id, ""))
        target = io.BytesIO()
        write_po(target, catalog, width=120, no_location=True, sort_output=True)
        path(language, part).parent.mkdir(parents=True, exist_ok=True)
        path(language, part).write_bytes(target.getvalue())
        lacking += len(untranslated(catalog))
    return lacking


def untranslated(catalog: Catalog) -> list[str]:
    """List the sentences that lack a translation, or one of its plural forms."""
    return [str(message.id) for message in catalog if message.id and not all(_forms(catalog, message.string))]


def _forms(catalog: Catalog, text: object) -> Iterator[object]:
    if isinstance(text, (tuple, list)):
        yield from text
        yield len(text) == catalog.num_plurals
    else:
        yield text


def main() -> None:
    parts = tuple(part for part in sys.argv[1:] if part in PARTS) or PARTS
    for language in LANGUAGES[1:]:
        print(f"{language}: {update(language, parts)} sentences without a translation")  # noqa: T201 - a command line


if __name__ == "__main__":
    main()
