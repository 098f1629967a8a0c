"""Compiling, switching, and the pseudo-language."""

import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from kiosk.kit.errors import TranslationError
from kiosk.kit.translations import Translations, compile_folder, pseudo

ROOT = Path(__file__).parents[3]
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="{}">'
MESSAGE = "<context><name>Page</name><message><source>Go on</source><translation>{}</translation></message>"
PLURAL = '<message numerus="yes"><source>%n visits</source><translation>{}</translation></message></context></TS>'


def write(folder: Path) -> None:
    def forms(*texts: str) -> str:
        return "".join(f"<numerusform>{text}</numerusform>" for text in texts)

    arabic = PLURAL.format(forms("صفر", "واحدة", "اثنتان", "%n قليل", "%n كثير", "%n أخرى"))
    (folder / "demo_ar.ts").write_text(HEAD.format("ar") + MESSAGE.format("متابعة") + arabic, encoding="utf-8")
    english = "<context><name>Page</name>" + PLURAL.format(forms("%n visit", "%n visits"))
    (folder / "demo_en.ts").write_text(HEAD.format("en") + english, encoding="utf-8")


def say(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Page", text, "", count)


def test_the_language_is_switched_with_its_plural_forms(qapp: QGuiApplication, tmp_path: Path) -> None:
    del qapp
    write(tmp_path)
    texts = Translations(tmp_path, "demo")
    assert texts.languages == ["ar", "en"]
    assert texts.use("ar")
    assert not texts.use("ar")
    assert say("Go on") == "متابعة"
    said = [say("%n visits", count) for count in (0, 1, 2, 3, 11, 100)]
    assert said == ["صفر", "واحدة", "اثنتان", "3 قليل", "11 كثير", "100 أخرى"]
    assert texts.use("en")
    assert [say("%n visits", count) for count in (1, 2)] == ["1 visit", "2 visits"]
    assert texts.use("qps")
    assert say("Go on") == "[Ĝö öñ]"
    assert say("%n visits", 1) == "[1 vîšîţ o]"
    assert texts.translate("ar", "Page", "Go on") == "متابعة", "one text in another language than the one in use"
    assert say("Go on") == "[Ĝö öñ]"
    assert texts.translate("en", "Page", "Go on") == texts.translate("xx", "Page", "Go on") == "Go on"
    texts.drop()
    assert say("Go on") == "Go on"


def test_only_what_is_older_is_compiled_again(tmp_path: Path) -> None:
    write(tmp_path)
    compile_folder(tmp_path, "demo")
    made = {file.name: file.stat().st_mtime_ns for file in tmp_path.glob("*.qm")}
    assert set(made) == {"demo_ar.qm", "demo_en.qm", "demo_qps.qm"}
    compile_folder(tmp_path, "demo")
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.glob("*.qm")} == made
    later = (tmp_path / "demo_en.qm").stat().st_mtime + 10
    os.utime(tmp_path / "demo_en.ts", (later, later))
    compile_folder(tmp_path, "demo")
    again = {file.name for file in tmp_path.glob("*.qm") if file.stat().st_mtime_ns != made[file.name]}
    assert again == {"demo_en.qm", "demo_qps.qm"}


def test_a_file_that_is_in_use_stays_whole_when_it_is_compiled_again(tmp_path: Path) -> None:
    write(tmp_path)
    compile_folder(tmp_path, "demo")
    file = tmp_path / "demo_ar.qm"
    before = file.read_bytes()
    later = file.stat().st_mtime + 10
    with file.open("rb") as used:
        (tmp_path / "demo_ar.ts").write_text(HEAD.format("ar") + "</TS>", encoding="utf-8")
        os.utime(tmp_path / "demo_ar.ts", (later, later))
        compile_folder(tmp_path, "demo")
        assert used.read() == before
    assert file.read_bytes() != before
    assert not list(tmp_path.glob(".*")), "nothing is left lying about"


def test_what_cannot_be_compiled_or_loaded_is_an_error(qapp: QGuiApplication, tmp_path: Path) -> None:
    del qapp
    with pytest.raises(TranslationError):
        compile_folder(tmp_path, "demo")
    write(tmp_path)
    with pytest.raises(TranslationError):
        Translations(tmp_path, "demo").use("fr")
    (tmp_path / "demo_fr.ts").write_text("no markup", encoding="utf-8")
    with pytest.raises(TranslationError):
        compile_folder(tmp_path, "demo")


@given(st.lists(st.sampled_from(["Put", "your", "%1", "%n", "glass", "of", "%2", "now."]), min_size=1))
def test_pseudo_keeps_place_holders_and_grows(words: list[str]) -> None:
    text = " ".join(words)
    said = pseudo(text)
    assert said.startswith("[")
    assert said.endswith("]")
    assert all(said.count(place) == text.count(place) for place in ("%1", "%2", "%n"))
    assert len(said) >= round(len(text) * 1.4) - 1 or len(text) > 120


def test_every_message_has_one_source(subtests: pytest.Subtests) -> None:
    """What a merge has joined would be dropped silently: of two sources the compiler takes the last."""
    for file in sorted([*ROOT.glob("kiosk/**/*.ts"), *ROOT.glob("signage/**/*.ts")]):
        with subtests.test(file=file):
            for message in ET.parse(file).iter("message"):  # noqa: S314 - our own file
                assert len(message.findall("source")) == 1, [one.text for one in message.findall("source")]
