"""What the pages are made of: files of others unchanged, translations complete, nothing a strict policy forbids."""

import io
import re
import wave
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import Environment, FileSystemBytecodeCache

from queue_server.web import chime, site, translations
from queue_server.web.site import LANGUAGES, Site, choose_language, is_rtl, site_of
from tests.queue_server.house import KNOWN

SITE = site_of(KNOWN.sites)
WEB = Path(translations.__file__).parent
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


@cache
def extracted() -> Mapping[str, Catalog]:
    """Read the sentences of all pages, once: that takes a second."""
    return translations.extract()


@cache
def loaded(language: str, part: str) -> Catalog:
    return translations.load(language, part)


def vendored(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / "VERSIONS").read_text().splitlines():
        if re.match(r"[0-9a-f]{64}  ", line):
            digest, name, _ = line.split("  ")
            yield digest, name


@pytest.mark.parametrize(
    ("folder", "below"),
    [(WEB / "static", ("vendor", "fonts")), (Path(__file__).parent / "vendor", (".",))],
    ids=["pages", "tests"],
)
def test_files_of_others_are_unchanged_and_all_named(folder: Path, below: tuple[str, ...]) -> None:
    listed = {name: digest for digest, name in vendored(folder)}
    there = {str(path.relative_to(folder)) for part in below for path in (folder / part).iterdir()} - {"VERSIONS"}
    assert set(listed) == there
    assert all(sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_sentence_is_translated_with_its_placeholders(language: str) -> None:
    found: list[str] = []
    for part, source in extracted().items():
        catalog = loaded(language, part)
        found += (f"{part}, not translated: {message}" for message in translations.untranslated(catalog))
        has, wants = ({message.id for message in one if message.id} for one in (catalog, source))
        found += (f"{part}, lacking or left over: {message!r}" for message in has ^ wants)
        found += (
            f"{part}, other placeholders: {message.id!r}" for message in catalog if not keeps_placeholders(message)
        )
    assert found == []


def keeps_placeholders(message: Message) -> bool:
    """Return whether each form of a translation has the placeholders of its sentence; counts may be missing."""
    if not message.id:
        return True
    ids = message.id if isinstance(message.id, (tuple, list)) else (str(message.id),)
    texts = message.string if isinstance(message.string, (tuple, list)) else (str(message.string),)
    wanted = {name for sentence in ids for name in PLACEHOLDER.findall(sentence)} - {"count", "num"}
    return all(set(PLACEHOLDER.findall(text)) - {"count", "num"} == wanted for text in texts)


def test_arabic_counts_from_eleven_in_the_accusative() -> None:
    """11 to 99 take the singular in the accusative, hundreds take it in the genitive: 12 شباكًا, 100 شباك."""
    spoken, found = SITE.words["ar"], []
    for message in (message for part in translations.PARTS for message in loaded("ar", part)):
        if isinstance(message.id, tuple):
            names = dict.fromkeys({name for form in message.id for name in PLACEHOLDER.findall(form)}, "")
            one, more = message.id
            many, hundred = (spoken.ngettext(one, more, n, **{**names, "count": ""}) for n in (12, 100))
            if many != hundred and many.count("ًا") <= hundred.count("ًا"):
                found.append(message.id)
    assert found == []


def test_a_sentence_lives_in_the_first_part_that_says_it() -> None:
    assert [translations.part_of(file) for file in ("templates/ticket.html", "ticket_page.py", "look.py")] == [
        "ticket",
        "ticket",
        "shared",
    ]
    assert translations.part_of("templates/counter/line.html") == translations.part_of("counter/keys.py") == "counter"
    said = [message.id for catalog in extracted().values() for message in catalog if message.id]
    assert len(said) == len({str(one) for one in said})


def test_templates_hold_no_style_no_script_and_no_handler() -> None:
    for path in (WEB / "templates").rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"""\sstyle=|<style|\son[a-z]+=|hx-on|js:|javascript:""", text), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path


def test_templates_join_words_by_the_comma_of_their_language() -> None:
    for path in (WEB / "templates").rglob("*.html"):
        assert "}}, {{" not in path.read_text(), path


def test_passwords_are_hidden_and_can_be_pasted_and_remembered() -> None:
    fields = [
        tag
        for path in (WEB / "templates").rglob("*.html")
        for tag in re.findall(r"<input\b[^>]*>", path.read_text())
        if re.search(r'name="(password|old|new|again)"', tag)
    ]
    assert len(fields) == 8
    for tag in fields:
        assert 'type="password"' in tag
        assert re.search(r'autocomplete="(current|new)-password"', tag)
        assert 'maxlength="256"' in tag
    assert not [path for path in (WEB / "static/js").iterdir() if '"paste"' in path.read_text()]


def test_pages_mirror_by_direction_alone() -> None:
    css = SITE.assets["style.css"].body.decode()
    physical = r"(margin|padding|border)-(left|right)\b|text-align:(left|right)|[;{\s](left|right):|float:(?!inline-)"
    assert not re.search(physical, css)


def test_icons_carry_no_text_and_take_the_colour_of_theirs() -> None:
    for path in (WEB / "icons").iterdir():
        assert 'stroke="currentColor"' in path.read_text(), path


def test_the_address_of_static_files_changes_with_them() -> None:
    assert SITE.static("style.css") == f"/static/{SITE.release}/style.css"
    with pytest.raises(KeyError):
        SITE.static("no-such-file.css")


def test_a_help_call_sounds_for_less_than_a_second_and_never_clips() -> None:
    with wave.open(io.BytesIO(chime.wav())) as file:
        samples = memoryview(file.readframes(file.getnframes())).cast("h")
        assert file.getnframes() / file.getframerate() < 1
    assert 6_000 < max(samples) < 30_000


@pytest.mark.parametrize(
    ("wanted", "accept", "chosen"),
    [
        ((), "ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        (("en",), "ar", "en"),
        (("xx",), "de;q=1, AR", "ar"),
        ((), "", "en"),
        (("",), ";;,,", "en"),
    ],
)
def test_the_language_is_the_first_that_the_pages_have(wanted: tuple[str, ...], accept: str, chosen: str) -> None:
    assert choose_language(wanted, accept) == chosen


def test_arabic_is_read_from_the_right() -> None:
    assert is_rtl("ar")
    assert not is_rtl("en")


def test_templates_are_compiled_once_and_not_by_a_server_that_may_not_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "COMPILED", tmp_path / "compiled")
    Site(KNOWN.sites).load_templates()
    found = {file.name: file.stat().st_mtime_ns for file in (tmp_path / "compiled").iterdir()}
    assert len(found) == len(SITE._templates)

    def refuse(*_: object, **__: object) -> None:
        msg = "it is compiled already, and nothing is written"
        raise PermissionError(msg)

    monkeypatch.setattr(Environment, "compile", refuse)
    monkeypatch.setattr(FileSystemBytecodeCache, "dump_bytecode", refuse)
    again = Site(KNOWN.sites)
    again.load_templates()
    assert {file.name: file.stat().st_mtime_ns for file in (tmp_path / "compiled").iterdir()} == found


def test_a_server_that_finds_no_compiled_template_and_may_not_write_one_compiles_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "mkdir", refuse)
    monkeypatch.setattr(site, "COMPILED", tmp_path / "compiled")
    assert Site(KNOWN.sites)._environments["en"].get_template("locked.html")
