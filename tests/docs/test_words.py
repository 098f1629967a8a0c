"""Words that no page, screen or paper may use, in any language: they would tell of what is not there.

Boards and kiosks have no voice; nobody of a walk-in has an appointment; and no machine can say that a document is
genuine, only what was checked of it.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ROOMS = ("queue_server/web/locale", "kiosk/ui/translations", "kiosk/kit/words", "signage/ui")

type Message = tuple[str, str, str]

#: What English and French may not say; Arabic is compared without its short vowels.
FORBIDDEN = {
    "en": (
        r"\bgenuine\b|\bauthentic",
        r"\b(say|says|speak|speaks|read out|announce|announces) (it|them|your number|the number)\b",
        r"\b(voice|loudspeaker|spoken) (call|calls|announcement)\b",
        r"\bdid not open\b",
    ),
    "fr": (
        r"\bauthenti",
        r"\b(l.|les? )?annoncent\b|\best annoncée?\b|\bet annoncée?\b|\bprononcent\b|\bhaut-parleur|\bvocal",
        r"\bne s.est pas ouvert\b",
    ),
    "ar": (r"أصلي", r"(?<!\w)[وف]?[تي]نطق", r"(?<!\w)[وف]?[تي]علنه", r"مكبر"),
}
#: The only sentences that may speak of an appointment: those whose English does, and "without appointment".
APPOINTMENT = {"en": r"\bappointment", "fr": r"\brendez-vous\b", "ar": r"موعد|مواعيد"}
#: Catalogues of pages that speak of nothing else: there a time is that of an appointment.
OF_APPOINTMENTS = ("booking.po", "appointments.po")
#: One word for a promise.
PROMISE = {"en": r"\bpromis", "fr": r"\bpromi[st]|\bpromess", "ar": r"وعو?د"}


def bare(text: str) -> str:
    """Take the short vowels and the lengthening stroke out of Arabic."""
    return "".join(one for one in text.lower() if not unicodedata.combining(one) and one != "\u0640")


def of_po(path: Path) -> Iterator[Message]:
    language = path.relative_to(ROOT / ROOMS[0]).parts[0]
    with path.open(encoding="utf-8") as file:
        for message in read_po(file, locale=language):
            if message.id:
                for text in (message.string,) if isinstance(message.string, str) else message.string or ():
                    yield language, message.id if isinstance(message.id, str) else message.id[-1], text


def of_ts(path: Path) -> Iterator[Message]:
    root = ET.parse(path).getroot()  # noqa: S314 - our own files
    language = root.attrib["language"].partition("_")[0]
    for message in root.iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        if translation is not None:
            for form in list(translation) or [translation]:
                yield language, source, form.text or ""


def all_messages() -> list[Message]:
    found = [one for path in sorted((ROOT / ROOMS[0]).rglob("*.po")) for one in of_po(path)]
    found += [one for room in ROOMS[1:] for path in sorted((ROOT / room).rglob("*.ts")) for one in of_ts(path)]
    # English is the source of all of them, and has files for its plurals alone.
    return found + [("en", source, source) for source in dict.fromkeys(source for _, source, _ in found)]


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return all_messages()


def test_all_languages_are_read(messages: list[Message]) -> None:
    assert {"en", "fr", "ar"} <= {language for language, _, _ in messages}
    assert len(messages) > 3000


@pytest.mark.parametrize("language", FORBIDDEN)
def test_nothing_tells_of_what_is_not_there(messages: list[Message], language: str) -> None:
    wrong = [
        (pattern, source, text)
        for code, source, text in messages
        for pattern in FORBIDDEN[language]
        if code == language and re.search(pattern, bare(text), re.IGNORECASE)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", APPOINTMENT)
def test_an_appointment_is_nothing_but_an_appointment(messages: list[Message], language: str) -> None:
    """A due time and a promise are none; and nobody is told to ask for what the centre does not give."""
    theirs = {
        source for name in OF_APPOINTMENTS for path in (ROOT / ROOMS[0]).rglob(name) for _, source, _ in of_po(path)
    }
    assert theirs
    wrong = [
        (source, text)
        for code, source, text in messages
        if code == language
        and re.search(APPOINTMENT[language], bare(text))
        and source != "Walk-in"
        and source not in theirs
        and (not re.search(APPOINTMENT["en"], source, re.IGNORECASE) or re.search(r"\bask\b", source))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", PROMISE)
def test_a_promise_is_one_word(messages: list[Message], language: str) -> None:
    wrong = [
        (source, text)
        for code, source, text in messages
        if code == language
        and re.search(PROMISE["en"], source, re.IGNORECASE)
        and not re.search(PROMISE[language], bare(text))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The boards show and say it."),
        ("en", "Document read: genuine"),
        ("fr", "Les écrans l\N{RIGHT SINGLE QUOTATION MARK}affichent et l\N{RIGHT SINGLE QUOTATION MARK}annoncent."),
        ("fr", "Document lu : authentique"),
        ("ar", "تعرضه الشاشات وتنطقه."),
        ("ar", "فهي تعرض رقمك وتُنطقه."),
        ("ar", "قُرئت الوثيقة: أصلية"),
    ],
)
def test_what_was_once_said_is_found(language: str, text: str) -> None:
    assert any(re.search(pattern, bare(text), re.IGNORECASE) for pattern in FORBIDDEN[language])


def test_the_handbook_promises_no_voice_and_orders_nobody_to_call_by_one() -> None:
    said = [
        f"{page.name}: {line}"
        for page in sorted((ROOT / "docs").glob("*.md"))
        for line in page.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bvoices?\b", line, re.IGNORECASE)
    ]
    assert said == [
        "manager.md: | the voice | none |",
        "staff.md: - **Do not call people from the list by voice.** Other counters may have called them.",
    ]
