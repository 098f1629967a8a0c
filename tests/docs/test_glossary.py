"""One word for one thing: every translation uses the words of ``docs/glossary.md``."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from queue_server.web import translations

ROOT = Path(__file__).parents[2]
LANGUAGES = ("fr", "ar")
#: Screens and papers: each has a file a language.
SCREENS = ("kiosk/ui/translations/kiosk", "kiosk/kit/words/paper", "signage/ui/translations/signage")


@cache
def table() -> dict[str, dict[str, tuple[str, ...]]]:
    """Read the glossary: term -> language -> words."""
    text = (ROOT / "docs/glossary.md").read_text("utf-8").partition("| language | never | but |")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    return {
        term.strip(): {
            language: tuple(word.strip() for word in words.split("/"))
            for language, words in zip(LANGUAGES, (french, arabic), strict=True)
        }
        for term, french, arabic in rows[2:]
    }


def forbidden(language: str) -> tuple[str, ...]:
    """Read the words that a language never uses."""
    name = {"fr": "French", "ar": "Arabic"}[language]
    text = (ROOT / "docs/glossary.md").read_text("utf-8").partition("| language | never | but |")[2]
    rows = re.findall(rf"^\| {name} \| ([^|]+) \| [^|]+ \|$", text, re.MULTILINE)
    return tuple(word.strip() for row in rows for word in row.split("/"))


@cache
def said(language: str) -> list[tuple[str, str]]:
    """Return every sentence of the pages, the screens and the papers with its translation."""
    return list(_read(language))


def _read(language: str) -> Iterator[tuple[str, str]]:
    for part in translations.PARTS:
        for message in translations.load(language, part):
            if message.id:
                source = message.id if isinstance(message.id, str) else message.id[-1]
                text = message.string or ""
                yield source, text if isinstance(text, str) else text[-1]
    for screen in SCREENS:
        for entry in ET.parse(ROOT / f"{screen}_{language}.ts").iter("message"):  # noqa: S314 - our own files
            translation = entry.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.findall("numerusform")]
            yield entry.findtext("source", ""), forms[-1] if forms else translation.text or ""


def plain(text: str) -> str:
    """Take away what Arabic writes above and below its letters, and capitals."""
    return re.sub(r"[\u064b-\u0652]", "", text).casefold()


def test_a_term_has_its_word_everywhere(subtests: pytest.Subtests) -> None:
    for language, term in product(LANGUAGES, table()):
        with subtests.test(language=language, term=term):
            words = [plain(word) for word in table()[term][language]]
            pattern = re.compile(rf"\b{re.escape(term)}s?\b", re.IGNORECASE)
            wrong = [
                (source, text)
                for source, text in said(language)
                if pattern.search(re.sub(r"%\(\w+\)s", "", source)) and not any(word in plain(text) for word in words)
            ]
            assert wrong == []


@pytest.mark.parametrize(("language", "wrong"), [("fr", "'"), ("ar", "\u0627\u064b")])
def test_letters_are_written_in_one_way(language: str, wrong: str) -> None:
    """The apostrophe of French is a curved one; in Arabic the mark of an ending stands before its alif."""
    assert [text for _, text in said(language) if wrong in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_is_never_used_stands_nowhere(language: str) -> None:
    words = [plain(word) for word in forbidden(language)]
    wrong = [(source, text) for source, text in said(language) if any(word in plain(text) for word in words)]
    assert wrong == []


def test_the_table_is_read() -> None:
    assert len(table()) >= 10
    assert "ticket de caisse" in forbidden("fr")
    assert forbidden("ar")
