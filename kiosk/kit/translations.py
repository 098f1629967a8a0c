"""Translations of a screen application: ``.ts`` files are the source, ``.qm`` files are made from them at set-up.

A folder holds ``<application>_<language>.ts``. ``python -m kiosk.kit.translations FOLDER ...`` compiles what is older
than its source (the installer calls it) and adds the pseudo-language ``qps``: every text accented, bracketed and 40 %
longer, so that a text that is not translatable, or has no room to grow, is seen at once. It is made, never written.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import PySide6
from PySide6.QtCore import QCoreApplication, QTranslator

from kiosk.kit.errors import TranslationError

PSEUDO = "qps"
#: The language whose file knows every text; English is in the QML, its file holds only the plural forms.
_WHOLE = "ar"
_ACCENTED = str.maketrans("AaCcDdEeGgHhIiKkLlNnOoRrSsTtUuWwYyZz", "ÅåÇçĎďÉéĜĝĤĥÎîĶķĻļÑñÖöŘřŠšŢţÛûŴŵÝýŽž")
_GROWTH = 0.4
_FILLER = "one two three four five six seven eight nine ten"


def pseudo(text: str) -> str:
    """``text`` as the pseudo-language says it; place holders (``%1``, ``%n``) stay as they are."""
    parts: list[str] = []
    for word in text.translate(_ACCENTED).split("%"):
        # The letter of a place holder was accented with the rest: it is one character behind the percent sign.
        parts.append("n" + word[1:] if parts and word.startswith("ñ") else word)
    longer = round(len(text) * _GROWTH) - 2
    filler = _FILLER[: max(0, longer)].strip()
    return f"[{'%'.join(parts)}{' ' + filler if filler else ''}]"


def compile_folder(folder: Path, application: str) -> None:
    """Make every ``.qm`` of the folder that is missing or older than its sources."""
    sources = sorted(folder.glob(f"{application}_*.ts"))
    if not sources:
        raise TranslationError(file=str(folder), reason="no translations")
    newest = max(source.stat().st_mtime for source in sources)
    for source in sources:
        compiled = source.with_suffix(".qm")
        if _older(compiled, source.stat().st_mtime):
            _release(source, compiled)
    compiled = folder / f"{application}_{PSEUDO}.qm"
    if _older(compiled, newest):
        with tempfile.TemporaryDirectory() as temporary:
            source = Path(temporary) / f"{application}_{PSEUDO}.ts"
            source.write_text(_pseudo_source(folder, application), encoding="utf-8")
            _release(source, compiled)


def _older(compiled: Path, than: float) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < than


def _release(source: Path, compiled: Path) -> None:
    """Compile beside the file and swap it: whoever has the old one open (Qt maps it) goes on with the old one."""
    tool = Path(PySide6.__file__).with_name("lrelease")
    with tempfile.TemporaryDirectory(dir=compiled.parent, prefix=".") as temporary:
        fresh = Path(temporary) / compiled.name
        run = subprocess.run(
            [tool, "-silent", "-nounfinished", source, "-qm", fresh], capture_output=True, text=True, check=False
        )
        if run.returncode != 0 or not fresh.exists():
            raise TranslationError(file=source.name, reason=run.stderr.strip() or run.stdout.strip())
        fresh.replace(compiled)


def _pseudo_source(folder: Path, application: str) -> str:
    """The text of a ``.ts`` file: the texts of the whole file, the plural forms of the English one."""
    whole = ET.parse(folder / f"{application}_{_WHOLE}.ts").getroot()  # noqa: S314 - our own file
    english = ET.parse(folder / f"{application}_en.ts").getroot()  # noqa: S314 - our own file
    plural = {
        message.findtext("source", ""): [form.text or "" for form in message.iter("numerusform")]
        for message in english.iter("message")
    }
    # English: the pseudo-language has its two plural forms.
    whole.set("language", "en")
    for message in whole.iter("message"):
        text = message.findtext("source", "")
        translation = message.find("translation")
        if translation is None:
            translation = ET.SubElement(message, "translation")
        translation.clear()
        if message.get("numerus") == "yes":
            for form in plural.get(text, [text, text]):
                ET.SubElement(translation, "numerusform").text = pseudo(form)
        else:
            translation.text = pseudo(text)
    return ET.tostring(whole, encoding="unicode")


class Translations:
    """The texts of one application: ``use`` swaps the language of everything that is shown from now on."""

    def __init__(self, folder: Path, application: str) -> None:
        """Compiles first, where that was not done at set-up."""
        compile_folder(folder, application)
        self._folder, self._application = folder, application
        self._loaded: dict[str, QTranslator] = {}
        self._translator: QTranslator | None = None
        self._language = ""

    @property
    def languages(self) -> list[str]:
        """Codes of what is there, the pseudo-language left out."""
        found = sorted(file.stem.rpartition("_")[2] for file in self._folder.glob(f"{self._application}_*.ts"))
        return [code for code in found if code != PSEUDO]

    def use(self, language: str) -> bool:
        """Switch. True where it changed; the engine must be told to retranslate then. In Qt's thread."""
        if language == self._language:
            return False
        translator = self._load(language)
        self.drop()
        QCoreApplication.installTranslator(translator)
        self._translator, self._language = translator, language
        return True

    def translate(self, language: str, context: str, text: str) -> str:
        """Give one text in one language, whatever language is in use; English where that has none for it."""
        try:
            said = self._load(language).translate(context, text)
        except TranslationError:
            return text
        # Qt answers None for a text that is not there; its stubs say otherwise.
        return said or text

    def _load(self, language: str) -> QTranslator:
        if (loaded := self._loaded.get(language)) is not None:
            return loaded
        translator = QTranslator()
        file = self._folder / f"{self._application}_{language}.qm"
        if not translator.load(str(file)):
            raise TranslationError(file=file.name, reason="cannot be loaded")
        self._loaded[language] = translator
        return translator

    def drop(self) -> None:
        """Take the texts away again: QML's own English is shown."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
        self._translator, self._language = None, ""


def compile_all(folder: Path) -> None:
    """Do it for the one application whose folder this is."""
    compile_folder(folder, next(folder.glob("*_*.ts")).stem.rpartition("_")[0])


if __name__ == "__main__":
    for folder in map(Path, sys.argv[1:]):
        compile_all(folder)
