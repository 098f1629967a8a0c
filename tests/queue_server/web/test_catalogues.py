"""Catalogues of translations are read as Babel reads them, and what is not one of ours is refused."""

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from queue_server.web import catalogues, translations
from queue_server.web.site import LANGUAGES


def by_babel(files: list[Path], language: str) -> Translations:
    merged = Catalog(locale=language)
    for file in files:
        for message in read_po(io.StringIO(file.read_text("utf-8")), locale=language, abort_invalid=True):
            if message.id:
                merged[message.id] = message
    target = io.BytesIO()
    write_mo(target, merged)
    target.seek(0)
    return Translations(target)


def messages(found: Translations) -> dict[object, str]:
    return {ident: text for ident, text in vars(found)["_catalog"].items() if ident}


def read(files: list[Path]) -> Translations:
    return Translations(io.BytesIO(catalogues.compiled(files)))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_catalogue_says_what_babel_reads_in_it(language: str) -> None:
    files = sorted(translations.path(language, "shared").parent.glob("*.po"))
    ours, theirs = read(files), by_babel(files, language)
    assert len(files) > 20
    assert messages(ours) == messages(theirs)
    assert [ours.plural(count) for count in range(210)] == [theirs.plural(count) for count in range(210)]


HEAD = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

"""
FIRST = r"""
# one
#, python-format
msgid "a \"b\"\n"
"c"
msgstr "é\t"
"ح\\"

msgid "none"
msgstr ""

msgid "day"
msgstr "jour"

msgid "hour"
msgid_plural "hours"
msgstr[0] ""
msgstr[1] ""
"""
SECOND = r"""
msgid "a \"b\"\nc"
msgstr "other"

msgid "day"
msgid_plural "days"
msgstr[0] ""
msgstr[1] "jours"
"""


def test_first_translation_holds_and_none_leaves_the_sentence(tmp_path: Path) -> None:
    first, second = tmp_path / "a.po", tmp_path / "b.po"
    first.write_text(HEAD + FIRST, "utf-8")
    second.write_text(HEAD + SECOND, "utf-8")
    found = read([first, second])
    assert messages(found) == messages(by_babel([first, second], "fr"))
    assert found.ugettext('a "b"\nc') == "é\tح\\"
    assert (found.ugettext("none"), found.ungettext("hour", "hours", 2)) == ("none", "hours")
    assert [found.ungettext("day", "days", count) for count in (1, 2)] == ["day", "jours"]


@pytest.mark.parametrize(
    "line",
    [
        "#, fuzzy",
        '#~ msgid "gone"',
        'msgctxt "menu"',
        'msgid "again"',
        'msgstr "no end',
        "msgstr none",
        '"\\x41"',
        "anything",
    ],
)
def test_what_our_catalogues_do_not_hold_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "bad.po"
    file.write_text(f'{HEAD}msgid "one"\n{line}\nmsgstr "un"\n', "utf-8")
    with pytest.raises(catalogues.TranslationFileError, match=r"bad\.po:\d+$"):
        catalogues.compiled([file])
