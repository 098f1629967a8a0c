"""It fits: every page in every language and mode, and every control does one thing, once."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import PySide6
import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QRawFont
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.journey.events import FailureCode
from kiosk.journey.notice import EmergencyNoticePage, NoticeWords, ShownNotice
from kiosk.journey.steps.chip import ChipPage
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.setup import SetupPage
from kiosk.journey.steps.technician import TechnicianPage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.journey.steps.ticket_status import StatusPage
from kiosk.journey.steps.unavailable import UnavailablePage
from kiosk.journey.surroundings import DevicePart
from kiosk.kit.frame import PageFrame
from peripherals.documents.seals.examination import EXPIRED, HOLDS, LOOK, NAMELESS, UNCHECKED
from peripherals.documents.seals.reading import KINDS
from peripherals.errors import ChipAbsentError, ChipError, PeripheralError
from queue_server.domain.values import NoticeText
from tests.kiosk.ui import fit, samples, whole
from tests.kiosk.ui.chip_samples import CHIP_OUTCOMES, SEALS
from tests.kiosk.ui.sample_centre import ENDONYMS, sample_centre
from tests.kiosk.ui.stage import Stage, is_kind, is_target, is_text

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ROOT = Path(__file__).parents[3]
UI = ROOT / "kiosk" / "ui"
MODES = {
    "normal": {},
    "large": {"large": True},
    "lowered": {"lowered": True},
    "contrast": {"contrast": True},
    "all": {"large": True, "lowered": True, "contrast": True},
}
#: The longest texts, the highest letters, and every mode. ``tests/kiosk/ui/journeys`` has the others.
LOOKS = (("ar", "all"), ("qps", "normal"))
ACTIONS = {
    *(
        "language",
        "no-document",
        "choose",
        "more",
        "elsewhere",
        "confirm",
        "done",
        "back",
        "restart",
        "help",
        "private",
        "no-help",
        "print",
    ),
    *("show-language", "show-display", "toggle-large", "toggle-contrast", "toggle-lowered", "more-time"),
    "start-over",
    *("finished", "digit", "erase", "submit", "continue", "ask", "ask-first", "no-ask", "key", "clear", "view"),
    *(
        "roll-changed",
        "print-test",
        "test-reader",
        "test-chip",
        "test-scanner",
        "test-terminal",
        "no-can",
        "no-chip",
        "none",
        "leave",
        "later",
        "pay",
        "pay-later",
        "paper",
        "cancel-payment",
        "go-on",
        "toggle",
        "turn",
        "print-list",
        "party",
        "people",
        "plus",
        "minus",
        "add",
        "remove",
        "address",
        "out-of-order",
        "restart-kiosk",
        "code",
        "letter",
        "collect",
        "open",
        "counter",
        "receipt",
        "again",
        "next",
        "information",
        "print-topic",
    ),
    *("check-in", "document", "sign", "wait", "number", "choose-day", "all", "count"),
    *("book-ahead", "other-times", "book"),
    *("form", "begun", "agree", "refuse", "skip", "change", "keep"),
}
#: What stands on the keys that lead to other letters.
LAYERS = {"abc", "éàü", "ابت", "123"}
#: What is said in several languages at once, whatever the language of the page.
LANGUAGES = ("en", "ar", "fr")
EVERYWHERE = {"FirstTouch", "FirstWords", "NoPaper", "NoticeWords", "ClosedPage", "ShowTicket", "UnavailablePage"}


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """Every text of the QML files, by context, as Qt's own tool finds them; numerus as ``"yes"`` or ``""``."""
    file = tmp_path_factory.mktemp("texts") / "found.ts"
    tool = Path(PySide6.__file__).with_name("lupdate")
    folders = [ROOT / "kiosk" / "kit" / "controls", UI]
    subprocess.run([tool, "-silent", *folders, "-ts", file], check=True, timeout=240)
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.get("numerus", "")
        for context in ET.parse(file).iter("context")  # noqa: S314 - made a moment ago
        for message in context.iter("message")
    }


@pytest.fixture(scope="session")
def fonts(qapp: object) -> list[QRawFont]:
    del qapp
    return fit.glyphs()


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)


def said_everywhere(sources: Iterable[tuple[str, str]]) -> set[str]:
    said = {text for context, text in sources if context in EVERYWHERE}
    said |= {f"{text} {code}" for text in said for code, _ in ENDONYMS}
    for language in ("ar", "fr"):
        texts = messages(UI / "translations" / f"kiosk_{language}.ts")
        said |= {forms[0] for (context, _), forms in texts.items() if context in EVERYWHERE}
    return said


def written_day(language: str, day: str) -> str:
    """Write a day as pages do; nobody translates it."""
    date, locale = QDate.fromString(day, Qt.DateFormat.ISODate), QLocale(language)
    return f"{locale.dayName(date.dayOfWeek())} {date.day()} {locale.monthName(date.month())}"


def shown_texts(stage: Stage) -> set[str]:
    return {str(item.property("text")) for item in stage.items() if is_text(item) or is_target(item)}


def frames(language: str, **mode: bool) -> dict[str, PageFrame]:
    return {name: PageFrame.of(page, language=language, **mode) for name, page in samples.pages(language).items()}


def misfits(
    stage: Stage, sources: dict[tuple[str, str], str], fonts: list[QRawFont], language: str, mode: str
) -> list[str]:
    """Show every page in one language and mode, and say what does not fit or is not said."""
    english = {text for _, text in sources}
    everywhere = said_everywhere(sources)
    # Whoever writes a date has the names of months from the language, and no catalogue.
    months = {QLocale(language).monthName(month) for month in range(1, 13)}
    sentences = tuple(f"{one}. " for one in everywhere)
    found = []
    stage.screen.bridge.speak = samples.drafted(stage.translations.translate)
    for name, frame in frames(language, **MODES[mode]).items():
        stage.show(frame)
        code = str(frame.model.get("code", ""))
        with stage.still():
            shown = shown_texts(stage)
            # Keys of the keyboard, and what is said in several languages with a day and a time in it.
            keys = {text for text in shown if len(text) == 1} | LAYERS
            # A date as it is written, and the end of what somebody types.
            keys |= {fit.plain(text) for text in shown if re.sub(r"[\d ]", "", fit.plain(text)) in months}
            keys |= {fit.plain(text) for text in shown if text.startswith("\u2026") or text.endswith("\u2026")}
            keys |= {fit.plain(text) for text in shown if text.startswith(sentences)}
            days = {written_day(language, one) for one in strings(dict(frame.model)) if DAY.fullmatch(one)}
            foreign = {*strings(dict(frame.model)), f"{code[:1]} {code[1:]}", *everywhere, *keys, *months, *days}
            wrong = [
                *fit.problems(stage, frame.lowered),
                *fit.untranslated(stage, language, english, foreign),
                *fit.missing_glyphs(stage, fonts),
                *fit.focus_order(stage),
            ]
        wrong += whole.left_out(stage, frame)
        found += [f"{name}: {one}" for one in wrong]
    return found


@pytest.mark.parametrize(("language", "mode"), LOOKS)
def test_every_page_fits(
    stage: Stage, sources: dict[tuple[str, str], str], fonts: list[QRawFont], language: str, mode: str
) -> None:
    found = misfits(stage, sources, fonts, language, mode)
    assert not found, "\n".join(found)


def distinct(stage: Stage, pages: dict[str, PageFrame]) -> dict[str, PageFrame]:
    """Leave out variants of a page that show the very controls of another."""
    found: dict[tuple[object, ...], str] = {}
    for name, frame in pages.items():
        stage.show(frame)
        controls = [(target.property("text"), target.isEnabled()) for target in stage.targets()]
        found.setdefault((frame.page, *controls), name)
    return {name: pages[name] for name in found.values()}


def touched(stage: Stage, language: str, mode: str) -> tuple[list[str], set[str]]:
    """Touch every control of every page; return what is wrong, and the names of all actions."""
    found = []
    acted: set[str] = set()
    for name, frame in distinct(stage, frames(language, **MODES[mode])).items():
        found += [f"{name}: {one}" for one in fit.dead(stage, frame, acted)]
    return found, acted


def test_every_control_does_one_thing_and_the_journey_knows_it(stage: Stage) -> None:
    """Touch each control once a page. ``tests/kiosk/ui/journeys`` touches it in every variant of the page."""
    found = []
    acted: set[str] = set()
    known: dict[str, set[tuple[str, str]]] = {}
    for name, frame in frames("qps", **MODES["lowered"]).items():
        found += [f"{name}: {one}" for one in fit.dead(stage, frame, acted, known.setdefault(frame.page, set()))]
    assert not found, "\n".join(found)
    assert acted == ACTIONS


@pytest.mark.parametrize("page", ["kind", "confirm", "display", "idle", "setup-full", "language"])
def test_a_double_tap_is_one_action(stage: Stage, page: str) -> None:
    for index in range(len(enabled(stage, page))):
        target = enabled(stage, page)[index]
        stage.debounce(60_000)
        QTest.mouseDClick(stage.screen.window, Qt.MouseButton.LeftButton, pos=stage.point(target).toPoint())
        stage.tap(target)
        assert len(stage.acts) == 1, (target.property("text"), stage.acts)


def test_a_touch_right_after_a_page_change_is_none(stage: Stage) -> None:
    stage.show(frames("en")["kind"])
    stage.debounce(60_000)
    stage.show(frames("en")["service"])
    for target in stage.targets():
        stage.tap(target)
    assert stage.acts == []


def test_another_key_of_the_pad_may_follow_at_once(stage: Stage) -> None:
    keys = {target.property("text"): target for target in enabled(stage, "setup")}
    stage.debounce(60_000)
    for digit in "4071":
        stage.tap(keys[digit])
    assert stage.acts == [("digit", digit) for digit in "4071"]
    stage.tap(keys["1"])
    assert len(stage.acts) == 4


@pytest.mark.parametrize("page", ["kind", "confirm", "display", "idle", "setup-full", "language"])
def test_a_slide_off_is_no_action(stage: Stage, page: str) -> None:
    for target in enabled(stage, page):
        stage.press(target)
        assert target.property("pressed")
        QTest.mouseMove(stage.screen.window, QPoint(135, 40))
        QTest.mouseRelease(stage.screen.window, Qt.MouseButton.LeftButton, pos=QPoint(135, 40))
        stage.settle()
        assert not target.property("pressed")
    assert stage.acts == []


def test_a_finger_acts_like_a_mouse(stage: Stage) -> None:
    device = QTest.createTouchDevice()
    target = enabled(stage, "kind")[1]
    at = stage.point(target).toPoint()
    QTest.touchEvent(stage.screen.window, device).press(0, at, stage.screen.window).commit()
    assert stage.acts == []
    QTest.touchEvent(stage.screen.window, device).release(0, at, stage.screen.window).commit()
    stage.settle()
    assert stage.acts == [("choose", "record")]
    stage.acts.clear()
    QTest.touchEvent(stage.screen.window, device).press(0, at, stage.screen.window).commit()
    QTest.touchEvent(stage.screen.window, device).move(0, QPoint(135, 40), stage.screen.window).commit()
    QTest.touchEvent(stage.screen.window, device).release(0, QPoint(135, 40), stage.screen.window).commit()
    stage.settle()
    assert stage.acts == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_keyboard_is_enough(stage: Stage, key: Qt.Key) -> None:
    stage.show(frames("en")["kind"])
    stage.page.forceActiveFocus()
    stage.key(Qt.Key.Key_Tab)
    stage.key(Qt.Key.Key_Down)
    stage.key(Qt.Key.Key_Down)
    stage.key(Qt.Key.Key_Up)
    focused = stage.focused()
    assert focused is not None
    assert focused.property("visualFocus")
    stage.key(key)
    stage.settle()
    assert stage.acts == [("choose", "record")]


def test_digits_can_be_typed(stage: Stage) -> None:
    stage.show(frames("en")["setup"])
    stage.page.forceActiveFocus()
    stage.key(Qt.Key.Key_4)
    stage.key(Qt.Key.Key_Backspace)
    stage.settle()
    assert stage.acts == [("digit", "4"), ("erase", "")]


def test_more_leads_to_the_rest_and_back(stage: Stage) -> None:
    stage.show(frames("en", lowered=True, large=True)["kind"])
    seen: list[str] = []
    for _ in range(2):
        seen += [choice.property("text") for choice in stage.targets() if is_kind(choice, "KChoice")]
        more = next(target for target in stage.targets() if target.property("text") in {"More", "First page"})
        stage.tap(more)
    assert seen == [one.label for one in sample_centre("en").kinds[:6]]
    assert stage.acts == []


def test_every_problem_of_a_page_has_its_own_words(stage: Stage) -> None:
    said = {}
    for code in FailureCode:
        make = SetupPage if "enrol" in code else UnavailablePage
        stage.show(PageFrame.of(make(problem=code)))
        said[code] = (stage.page.property("title"), stage.page.property("help"))
    stage.show(PageFrame.of(SetupPage(problem="kiosk-other")))
    other = (stage.page.property("title"), stage.page.property("help"))
    assert len(set(said.values())) == len(FailureCode)
    assert other not in said.values()


def test_what_became_of_a_chip_has_its_own_words_wherever_a_person_can_do_something(stage: Stage) -> None:
    kinds: list[type[PeripheralError]] = [ChipError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    # A chip that is not there is no matter for the person.
    codes = {kind.code for kind in kinds} - {ChipError.code, ChipAbsentError.code}
    said = {}
    for outcome in (
        *sorted(codes),
        "read",
        "expired",
        "paper-expired",
        "document-unread",
        "look",
        "device-timeout",
        "device-not-connected",
        "something-new",
    ):
        stage.show(PageFrame.of(ChipPage(step=1, state="ended", outcome=outcome)))
        said[outcome] = (stage.page.property("title"), stage.page.property("help"))
    assert len(set(said.values())) == len(said)
    assert codes < set(CHIP_OUTCOMES)
    for title, text in said.values():
        assert not re.search(r"chip|fake|forg|false|fraud|error|signature|verif", f"{title} {text}", re.IGNORECASE)


def test_what_a_seal_came_to_has_its_own_words_and_so_has_every_paper(stage: Stage) -> None:
    said = {}
    for outcome in (*SEALS, "something-new"):
        stage.show(PageFrame.of(ChipPage(step=1, state="ended", outcome=outcome, seal="visa")))
        said[outcome] = (stage.page.property("title"), stage.page.property("help"))
    assert said["look"] == said["something-new"]
    assert len(set(said.values())) == len(SEALS) == len({HOLDS, EXPIRED, UNCHECKED, NAMELESS, LOOK})
    assert set(SEALS) == {HOLDS, EXPIRED, UNCHECKED, NAMELESS, LOOK}
    for title, text in said.values():
        assert not re.search(r"fake|forg|false|fraud|error|signature|verif", f"{title} {text}", re.IGNORECASE)
    told = (UI / "SealWords.qml").read_text("utf-8")
    assert set(re.findall(r'^ +"([a-z-]+)": \[qsTr\("[^"]+"\), "[a-z]+"\]', told, re.MULTILINE)) == KINDS


@pytest.mark.parametrize(("language", "plural"), [("ar", 6), ("fr", 2)])
def test_every_text_is_translated(
    stage: Stage, sources: dict[tuple[str, str], str], language: str, plural: int
) -> None:
    del stage
    translated = messages(UI / "translations" / f"kiosk_{language}.ts")
    assert set(translated) == set(sources)
    for (context, text), forms in translated.items():
        assert len(forms) == (plural if sources[context, text] else 1)
        for form in forms:
            if language == "ar":
                assert any("\u0600" <= char <= "\u06ff" for char in form.replace("%1", "")) or text == "%1 of %2"
            assert form.count("%1") == text.count("%1")
            assert form.count("%2") == text.count("%2")
            assert form.count("%n") in {0, text.count("%n")}
    english = messages(UI / "translations" / "kiosk_en.ts")
    assert set(english) == {key for key, plural in sources.items() if plural}
    assert all(len(set(forms)) == 2 for forms in english.values())


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (1, "رقم واحد قبلك"),
        (2, "رقمان قبلك"),
        (3, "3 أرقام قبلك"),
        (11, "11 رقمًا قبلك"),
        (100, "100 رقم قبلك"),
    ],
)
def test_arabic_counts_as_arabic_does(stage: Stage, ahead: int, said: str) -> None:
    page = TicketPage(step=5, code="B042", paper="taken", ahead=ahead)
    stage.show(PageFrame.of(page, language="ar"))
    assert said in {item.property("text") for item in stage.items() if is_text(item)}


@pytest.mark.parametrize(
    ("ahead", "said"), [(1, "1 numéro avant vous"), (2, "2 numéros avant vous"), (100, "100 numéros avant vous")]
)
def test_french_counts_as_french_does(stage: Stage, ahead: int, said: str) -> None:
    stage.show(PageFrame.of(StatusPage(found="waiting", code="B042", ahead=ahead), language="fr"))
    assert said in texts(stage)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Open again on Wednesday 30 September at \u206608:30\u2069"),
        ("fr", "Réouverture le mercredi 30 septembre à \u206608:30\u2069"),
        ("ar", "نفتح مجددًا يوم الأربعاء 30 سبتمبر الساعة \u206608:30\u2069"),
    ],
)
def test_the_day_of_opening_is_said_in_the_language_of_the_page(stage: Stage, language: str, said: str) -> None:
    page = ClosedPage(reason="closed", days=3, weekday=3, day=30, month=9, time="08:30")
    stage.show(PageFrame.of(page, language=language))
    assert said in texts(stage)
    stage.show(PageFrame.of(msgspec.structs.replace(page, days=1), language=language))
    assert said not in texts(stage)


@pytest.mark.parametrize("text", [text for text in NoticeText if text is not NoticeText.OWN])
def test_every_prepared_sentence_has_its_words_in_every_language(stage: Stage, text: NoticeText) -> None:
    notice = ShownNotice(text, tuple(NoticeWords(language) for language in LANGUAGES))
    stage.show(PageFrame.of(EmergencyNoticePage(notice=notice), language="ar"))
    emergency = texts(stage)
    assert len(emergency) >= len(LANGUAGES)
    stage.show(PageFrame.of(TicketPage(step=5, code="B042", paper="taken", notice=notice), language="ar"))
    assert len(emergency & texts(stage)) == len(LANGUAGES)


def test_a_fault_has_plain_words_or_its_code_and_all_are_in_the_handbook(stage: Stage) -> None:
    handbook = (ROOT / "docs" / "failure-codes.md").read_text(encoding="utf-8")
    words = (UI / "PartWords.qml").read_text(encoding="utf-8")
    codes = re.findall(r'^ +"([a-z-]+)": qsTr', words, re.MULTILINE)
    assert codes
    for code in codes:
        assert f"| `{code}` |" in handbook
    stage.show(PageFrame.of(TechnicianPage(parts=(DevicePart("printer", "online"),))))
    sound = texts(stage)
    said = set()
    for code in [*codes, "printer-unheard-of"]:
        stage.show(PageFrame.of(TechnicianPage(parts=(DevicePart("printer", "offline", code),))))
        (fault,) = texts(stage) - sound
        said.add(fault)
    assert len(said) == len(codes) + 1
    assert "Fault: \u2068printer-unheard-of\u2069" in said


def test_the_name_of_the_centre_opens_to_who_holds_it_and_to_nobody_else(stage: Stage, qtbot: QtBot) -> None:
    stage.show(frames("en")["language"])
    header = next(item for item in stage.items() if is_kind(item, "KHeader"))
    assert header.property("hold") == 5000
    stage.tap(header)
    assert stage.acts == []
    header.setProperty("hold", 60)
    with qtbot.assertNotEmitted(stage.screen.bridge.acted, wait=150):
        stage.press(header)
        QTest.mouseMove(stage.screen.window, QPoint(135, 300))
    QTest.mouseRelease(stage.screen.window, Qt.MouseButton.LeftButton, pos=QPoint(135, 300))
    with qtbot.waitSignal(stage.screen.bridge.acted, timeout=60_000):
        stage.press(header)
    assert stage.acts == [("technician", "")]
    stage.release(header)
    assert len(stage.acts) == 1


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("page", "side"), [("fee", "right"), ("fee-left", "left"), ("identify-left", "left")])
def test_a_device_is_drawn_and_named_where_it_stands_in_every_language(
    stage: Stage, language: str, page: str, side: str
) -> None:
    stage.show(frames(language)[page])
    (drawing,) = (item for item in stage.items() if is_kind(item, "KDrawing"))
    assert drawing.property("mirror") == (side == "left")
    what = "glass" if page.startswith("identify") else "card terminal"
    said = stage.translations.translate(language, "SideWords", f"The {what} is on the {side} of this screen.")
    assert any(text.startswith(said) for text in texts(stage))


def test_the_terminal_stays_on_its_side_while_somebody_pays(stage: Stage) -> None:
    for name, frame in frames("ar").items():
        if frame.page == "pay" and "by-hand" not in name:
            stage.show(frame)
            for item in stage.items():
                if is_kind(item, "KDrawing") and item.property("name").startswith("pay"):
                    assert not item.property("mirror"), name


def texts(stage: Stage) -> set[str]:
    return {str(item.property("text")) for item in stage.items() if is_text(item)}


def messages(file: Path) -> dict[tuple[str, str], list[str]]:
    found = {}
    for context in ET.parse(file).iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            assert translation.get("type") is None, f"unfinished: {message.findtext('source')}"
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            found[context.findtext("name", ""), message.findtext("source", "")] = forms
    return found


def enabled(stage: Stage, page: str) -> list[QQuickItem]:
    """Show a page anew and give the controls that work."""
    stage.reset()
    stage.show(frames("en")[page])
    return [target for target in stage.targets() if target.isEnabled()]
