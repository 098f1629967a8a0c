"""It fits: both pages of a board, crowded and empty, in every language; the numbers stay where they are."""

import pytest

from kiosk.kit.bridge import Frame
from kiosk.kit.tokens import table
from signage.page import BoardPage, Call, OfflinePage, Page, Waiting
from tests.kiosk.ui import fit
from tests.kiosk.ui.stage import Stage, is_kind

CENTRE = {"en": "Consular Support Centre", "ar": "مركز الدعم القنصلي", "qps": "[Çöñšûļåŕ Šûppöŕţ Çéñţŕé one two]"}
STEPS = {
    "en": ("Check your papers", "Photo and fingerprints", "Hand in your application"),
    "ar": ("فحص الأوراق", "الصورة والبصمات", "تسليم الطلب"),
    "qps": ("[Çhéçķ ýöûŕ påpéŕš]", "[Phöţö åñd fîñĝéŕpŕîñţš]", "[Ĥåñd îñ ýöûŕ åppļîçåţîöñ]"),
}
WAYS = ("left", "right", "ahead", "up", "down", "")


def call(code: str, counter: str, way: str = "", *, active: bool = False) -> Call:
    return Call(code[:1], code[1:], counter, way, active, 0)


def pages(language: str) -> dict[str, Page]:
    centre = CENTRE[language]
    before = (
        call("B041", "5", active=True),
        call("A117", "1"),
        call("R999", "19"),
        call("K1040", "12"),
        call("A116", "2"),
        call("D023", "7"),
    )
    waiting = tuple(Waiting(name, visits) for name, visits in zip(STEPS[language], (128, 4, 17), strict=True))
    return {
        **{f"calling {way}": BoardPage(centre, "10:47", call("R042", "13", way), before, waiting) for way in WAYS},
        "long code": BoardPage(centre, "10:47", call("D1042", "3", "left"), before, waiting[:1]),
        "quiet": BoardPage(centre, "10:47", None, before, waiting),
        "empty": BoardPage(centre, "10:47", None, (), ()),
        "offline": OfflinePage(centre, "10:47", "10:42"),
        "never connected": OfflinePage("", "10:47", "10:42"),
    }


@pytest.mark.parametrize("language", ["en", "ar", "qps"])
def test_every_board_fits(stage: Stage, language: str) -> None:
    fonts = fit.glyphs()
    found = []
    for name, page in pages(language).items():
        stage.show(Frame.of(page, language=language))
        # English stands beside every other language in the two headings.
        foreign = {"Now calling", "Called before", CENTRE[language], *STEPS[language]}
        codes = {item.property("text") for item in stage.items() if is_kind(item, "KCode")}
        wrong = [
            *fit.problems(stage, lowered=False),
            *fit.untranslated(stage, language, (), foreign | {fit.plain(code) for code in codes}),
            *fit.missing_glyphs(stage, fonts),
        ]
        found += [f"{name}: {one}" for one in wrong]
    assert not found, "\n".join(found)


def test_the_numbers_never_move_when_the_language_turns(stage: Stage) -> None:
    def places(language: str) -> list[tuple[str, float, float]]:
        stage.show(Frame.of(pages(language)["calling right"], language=language))
        numbers = [item for item in stage.items() if is_kind(item, "KCode") or is_kind(item, "KPlate")]
        return [(item.metaObject().className(), stage.rect(item).x(), stage.rect(item).y()) for item in numbers]

    assert len(places("en")) == 14
    assert places("en") == places("ar") == places("qps")


def test_codes_are_as_high_as_a_hall_needs(stage: Stage) -> None:
    stage.show(Frame.of(pages("en")["calling right"], language="en"))
    sizes = [item.property("font").pixelSize() for item in stage.items() if is_kind(item, "KCode")]
    cap = table("meta")["font_cap_ratio"]
    # Seven codes of three digits and one of four: the list is read from 6 m (147 px of capital height).
    assert sizes[0] * cap >= 264
    assert sorted(round(size * cap) for size in sizes[1:])[1] >= 147
