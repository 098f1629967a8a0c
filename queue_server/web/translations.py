"""Keeps the catalogues of translations in step with the code: ``python -m queue_server.web.translations``."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_OPTIONS = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
_KEYWORDS = {**DEFAULT_KEYWORDS, "words": None}


def extract() -> Catalog:
    """Collect every sentence of the pages."""
    catalog = Catalog(project="queue_server.web", charset="utf-8", fuzzy=False)
    found = extract_from_dir(str(HERE), _METHODS, _OPTIONS, keywords=_KEYWORDS)
    for file, _line, message, _comments, context in sorted(found, key=lambda one: one[0]):
        catalog.add(message, locations=[(file, 0)], context=context)
    return catalog


def path(language: str) -> Path:
    return HERE / "locale" / language / "LC_MESSAGES" / "messages.po"


def load(language: str) -> Catalog:
    return read_po(io.StringIO(path(language).read_text("utf-8")), locale=language, abort_invalid=True)


def update(language: str) -> int:
    """Bring a catalogue up to date, and count the sentences that still lack a translation."""
    catalog = load(language)
    catalog.update(extract(), no_fuzzy_matching=True)
    catalog.project, catalog.version = "consular-support", "web"
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "consular-support"
    target = io.BytesIO()
    write_po(target, catalog, width=120, no_location=True, omit_header=False, ignore_obsolete=True, sort_output=True)
    path(language).write_bytes(target.getvalue())
    return len(untranslated(catalog))


def untranslated(catalog: Catalog) -> list[str]:
    """List the sentences that lack a translation, or one of its plural forms."""
    lacking = []
    for message in catalog:
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and not all(forms):
            lacking.append(str(message.id))
    return lacking


def main() -> None:
    missing = update("ar")
    print(f"ar: {missing} sentences without a translation")  # noqa: T201 - a command line


if __name__ == "__main__":
    main()
