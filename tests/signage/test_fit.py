"""It fits: every page of a screen in the hall, crowded and empty, in every language and on every panel."""

from collections.abc import Iterator

import pytest

from kiosk.kit.frame import PageFrame
from kiosk.kit.tokens import table
from signage.errors import SizeError
from signage.filling import filled
from signage.lines import lines
from signage.page import (
    AnnouncementLine,
    BoardPage,
    CalledTicket,
    CounterPage,
    EmergencyPage,
    OfflinePage,
    ScreenPage,
    StepRange,
    Waiting,
)
from signage.sizes import SizePlan, Sizes, plan, sizes
from signage.words import announcement_words, emergency_words
from tests.kiosk.ui import fit
from tests.kiosk.ui.stage import Stage, is_kind, is_text

LANGUAGES = ["en", "ar", "fr", "qps"]
#: From right to left, and the longest words. ``journeys`` has the others.
EXTREMES = ["ar", "qps"]
CENTRE = {
    "en": "Consular Support Centre",
    "ar": "مركز الدعم القنصلي",
    "fr": "Centre d\u2019assistance consulaire",
    "qps": "[Çöñšûļåŕ Šûppöŕţ Çéñţŕé one two]",
}
STEPS = {
    "en": ("Check your papers", "Photo and fingerprints", "Hand in your application"),
    "ar": ("فحص الأوراق", "الصورة والبصمات", "تسليم الطلب"),
    "fr": ("Vérification des documents", "Photo et empreintes", "Dépôt de la demande"),
    "qps": ("[Çhéçķ ýöûŕ påpéŕš]", "[Phöţö åñd fîñĝéŕpŕîñţš]", "[Ĥåñd îñ ýöûŕ åppļîçåţîöñ]"),
}
AWAY = (
    "This screen is not up to date",
    "Wait here. Staff will come to you.",
    "Not connected since %1. Your place is safe.",
)
WAYS = ("left", "right", "ahead", "up", "down", "")
#: As long as a typed line may be.
TYPED = "Water in the cellar. Use the small door to Harbour Street, not the main door, and wait in the yard behind " * 2
TYPED = TYPED[:160]
WORDS = emergency_words()
#: Sizes of the window in its true shape, drawn small: 16:9, and panels that hang over counters.
SIXTEEN_NINE, SHORT, LONG = (480, 270), (640, 200), (800, 150)
DRAWN, DRAWN_NOTICE = plan(Sizes()), plan(Sizes(), notice=True)


def call(code: str, counter: str, way: str = "", *, active: bool = False) -> CalledTicket:
    return CalledTicket(code[:1], code[1:], counter, way, active, 0)


#: As long as they get, soon, and one of which nobody knows.
WAITS = (
    (StepRange(110, 150), StepRange(0, 1), StepRange(20, 35)),
    (StepRange(0, 5), None, StepRange(100, 140)),
    (StepRange(0, 2), StepRange(4, 9), None),
)
BEFORE = (
    call("B041", "5", active=True),
    call("D117", "19"),
    call("R999", "19"),
    call("K1040", "12"),
    call("D1116", "20", active=True),
    call("D023", "7"),
)


def board(
    language: str,
    now: CalledTicket | None,
    laid: SizePlan,
    notice: AnnouncementLine | None = None,
    calls: int = len(BEFORE),
    *,
    waits: tuple[StepRange | None, ...] = (None, None, None),
) -> BoardPage:
    before = BEFORE[: min(calls, laid.calls)]
    waiting = tuple(map(Waiting, STEPS[language], (128, 4, 17), waits))
    return BoardPage(
        CENTRE[language], "10:47", "", now, before, waiting[: laid.steps], notice, filled(laid, len(before))
    )


def announced(room: int) -> list[AnnouncementLine]:
    """Give every line that may stand at the foot of a board: the prepared ones in all languages, and typed ones."""
    prepared = [
        AnnouncementLine(code, text) for sentences in announcement_words().values() for code, text in sentences.items()
    ]
    typed = [
        AnnouncementLine("en", TYPED),
        AnnouncementLine("en", "W" * 160),
        AnnouncementLine("fr", "Ô" * 40 + " m" * 60),
    ]
    typed += [AnnouncementLine(code, text) for code, text in WORDS["own"].items()]
    return [AnnouncementLine(one.language, line) for one in (*prepared, *typed) for line in lines(one.text, room)]


def boards(language: str) -> dict[str, ScreenPage]:
    return {
        **{f"calling {way}": board(language, call("D042", "13", way), DRAWN) for way in WAYS},
        "long code": board(language, call("D1042", "3", "left"), DRAWN),
        "quiet": board(language, None, DRAWN),
        **{
            f"waits {number}, {told}": board(
                language, call("D042", "13", "left"), DRAWN_NOTICE if told else DRAWN, told, waits=waits
            )
            for number, waits in enumerate(WAITS)
            for told in (None, AnnouncementLine("en", "Room 2"))
        },
        "empty": BoardPage(CENTRE[language], "10:47", "", None, (), (), None, filled(DRAWN, 0)),
        **{
            f"{calls} before, {told}": board(
                language, call("K1040", "20", "left"), DRAWN_NOTICE if told else DRAWN, told, calls
            )
            for calls in range(6)
            for told in (None, AnnouncementLine("en", "Room 2"))
        },
        **{
            line.text: board(language, call("D042", "13", "up"), DRAWN_NOTICE, line)
            for line in announced(DRAWN_NOTICE.note_room)
            if language in EXTREMES or line.language == language
        },
    }


def offline(language: str, counter: str = "") -> dict[str, ScreenPage]:
    said = (language, *(code for code in LANGUAGES if code not in {language, "qps"}))
    return {
        "offline": OfflinePage(CENTRE[language], "10:47", counter, "10:42", said[:3]),
        "two languages": OfflinePage(CENTRE[language], "10:47", counter, "10:42", said[:2]),
        "one language": OfflinePage(CENTRE[language], "10:47", counter, "10:42", said[:1]),
        "never connected": OfflinePage("", "10:47", counter, "10:42", said[:3]),
    }


def emergencies(language: str, counter: str = "") -> dict[str, ScreenPage]:
    def page(
        text: str, title: AnnouncementLine, typed: tuple[AnnouncementLine, ...] = (), way: str = "", since: str = ""
    ) -> EmergencyPage:
        sentences = WORDS[text]
        said = {title.language} if not typed else set()
        others = tuple(AnnouncementLine(code, sentence) for code, sentence in sentences.items() if code not in said)
        return EmergencyPage(CENTRE[language], "10:47", counter, text, title, typed, others, way, since)

    spoken = language if language in WORDS["own"] else "en"
    return {
        **{
            f"leave {way}": page("leave-building", AnnouncementLine(spoken, WORDS["leave-building"][spoken]), way=way)
            for way in WAYS
        },
        "stay": page("stay-inside", AnnouncementLine(spoken, WORDS["stay-inside"][spoken]), since="10:42"),
        "untyped": page("own", AnnouncementLine(spoken, WORDS["own"][spoken])),
        "typed": page(
            "own",
            AnnouncementLine("en", TYPED),
            (AnnouncementLine("ar", "استخدموا باب شارع الميناء"), AnnouncementLine("fr", TYPED)),
            "",
            "10:42",
        ),
    }


def counters() -> dict[str, ScreenPage]:
    return {
        **{
            f"{code} {state}": CounterPage("", "10:47", plate, code[:1], code[1:], state)
            for code, plate in (("D042", "3"), ("D1042", "19"))
            for state in ("called", "serving")
        },
        **{state: CounterPage("", "10:47", "13", "", "", state) for state in ("free", "paused", "closed", "unknown")},
    }


def wrongs(stage: Stage, pages: dict[str, ScreenPage], language: str, foreign: set[str]) -> Iterator[str]:
    fonts = fit.glyphs()
    typed = {TYPED, *(line for sentences in WORDS.values() for line in sentences.values())}
    # English stands beside every other language in the two headings.
    away = {stage.translations.translate(code, "OfflinePage", text) for code in LANGUAGES for text in AWAY}
    known = (
        foreign
        | typed
        | {page.notice.text for page in pages.values() if isinstance(page, BoardPage) and page.notice}
        | {text.replace("%1", "10:42") for text in away}
        | {"Now calling", "Called before", CENTRE[language], "استخدموا باب شارع الميناء"}
    )
    for name, page in pages.items():
        stage.show(PageFrame.of(page, language=language))
        codes = {item.property("text") for item in stage.items() if is_kind(item, "KCode")}
        for wrong in (
            *fit.problems(stage, lowered=False),
            *fit.untranslated(stage, language, (), known | {fit.plain(code) for code in codes}),
            *fit.missing_glyphs(stage, fonts),
        ):
            yield f"{name}: {wrong}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_board_fits(stage: Stage, language: str) -> None:
    stage.screen.window.resize(*SIXTEEN_NINE)
    pages = boards(language) | offline(language) | emergencies(language)
    assert list(wrongs(stage, pages, language, set(STEPS[language]))) == []


def wrong_over_a_counter(stage: Stage, language: str, panel: tuple[int, int]) -> list[str]:
    stage.screen.window.resize(*panel)
    pages = counters() | offline(language, "3") | emergencies(language, "3")
    return list(wrongs(stage, pages, language, set()))


@pytest.mark.parametrize("panel", [SIXTEEN_NINE, SHORT, LONG])
@pytest.mark.parametrize("language", EXTREMES)
def test_everything_fits_over_a_counter(stage: Stage, language: str, panel: tuple[int, int]) -> None:
    assert wrong_over_a_counter(stage, language, panel) == []


def wrong_at_a_distance(stage: Stage, languages: list[str], diagonal: float, distance: float) -> list[str]:
    stage.screen.window.resize(*SIXTEEN_NINE)
    letters = sizes(distance, diagonal, 1920, 1080)
    laid, noticed = plan(letters), plan(letters, notice=True)
    found: list[str] = []
    for language in languages:
        pages: dict[str, ScreenPage] = {
            "calling": board(language, call("D042", "13", "ahead"), laid),
            "long code": board(language, call("D1042", "3", "left"), laid),
            "quiet": board(language, None, laid),
            "waits": board(language, call("D042", "13", "ahead"), laid, waits=WAITS[0]),
            "waits beside": board(language, None, noticed, AnnouncementLine("en", "Room 2"), waits=WAITS[1]),
            **{
                line.text: board(language, call("D042", "13", "down"), noticed, line)
                for line in announced(noticed.note_room)
                if line.language in {language, "am"}
            },
        }
        found += wrongs(stage, pages, language, set(STEPS[language]))
        sizes_seen = [item.property("font").pixelSize() for item in stage.items() if is_kind(item, "KCode")]
        # Four digits give up size.
        if max(sizes_seen) < int(letters.code):
            found.append(f"{language}: codes of {sizes_seen} pixels")
    return found


DISTANCES, DIAGONALS = [4, 6, 9, 12], [32, 43, 55, 75]
TOO_FAR = (32, 12)
TABLE = [(diagonal, distance) for diagonal in DIAGONALS for distance in DISTANCES if (diagonal, distance) != TOO_FAR]


@pytest.mark.parametrize(("diagonal", "distance"), TABLE)
def test_every_board_of_the_table_fits(stage: Stage, diagonal: float, distance: float) -> None:
    assert wrong_at_a_distance(stage, EXTREMES, diagonal, distance) == []


def test_a_board_that_is_too_small_for_the_distance_is_refused() -> None:
    diagonal, distance = TOO_FAR
    with pytest.raises(SizeError):
        plan(sizes(distance, diagonal, 1920, 1080))


@pytest.mark.parametrize("panel", [SIXTEEN_NINE, SHORT, LONG])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_screen_that_is_not_connected_says_it_in_each_language_alike(
    stage: Stage, language: str, panel: tuple[int, int]
) -> None:
    stage.screen.window.resize(*panel)
    page = offline(language, "3")["offline"]
    assert isinstance(page, OfflinePage)
    stage.show(PageFrame.of(page, language=language))
    cards = [item for item in stage.items() if item.objectName() == "card"]
    boxes = [stage.rect(card) for card in cards]
    assert len({(round(box.width()), round(box.height())) for box in boxes}) == 1
    said = {fit.plain(str(item.property("text"))) for item in stage.items() if is_text(item)}
    for code in page.languages:
        words = {stage.translations.translate(code, "OfflinePage", text).replace("%1", "10:42") for text in AWAY}
        assert words <= said
    # Without words, at the left, for those who read none of the three.
    since = next(item for item in stage.items() if item.property("text") == "10:42")
    assert stage.rect(since).right() < min(box.left() for box in boxes)


def test_the_numbers_never_move_when_the_language_turns(stage: Stage) -> None:
    stage.screen.window.resize(*SIXTEEN_NINE)

    def places(language: str) -> list[tuple[str, float, float]]:
        stage.show(PageFrame.of(boards(language)["calling right"], language=language))
        numbers = [item for item in stage.items() if is_kind(item, "KCode") or is_kind(item, "KPlate")]
        return [(item.metaObject().className(), stage.rect(item).x(), stage.rect(item).y()) for item in numbers]

    assert len(places("en")) == 14
    assert places("en") == places("ar") == places("fr") == places("qps")


def test_codes_are_as_high_as_a_hall_needs(stage: Stage) -> None:
    stage.screen.window.resize(*SIXTEEN_NINE)
    stage.show(PageFrame.of(boards("en")["calling right"], language="en"))
    sizes_seen = [item.property("font").pixelSize() for item in stage.items() if is_kind(item, "KCode")]
    cap = table("meta")["font_cap_ratio"]
    # Five codes of three digits and two of four: the list is read from 6 m (147 px of capital height).
    assert sizes_seen[0] * cap >= 263
    assert sorted(round(size * cap) for size in sizes_seen[1:])[2] >= 147


def test_in_an_emergency_no_call_is_to_be_seen(stage: Stage) -> None:
    for name, page in (emergencies("en") | emergencies("en", "3")).items():
        stage.show(PageFrame.of(page, language="en"))
        assert not any(is_kind(item, "KCode") for item in stage.items()), name
