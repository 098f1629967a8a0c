"""Letters as people read them: complete, in their language and direction, and without what is nobody's business."""

import pytest

from queue_server.catalogue.model import OpeningHours
from queue_server.framework.words import Languages
from queue_server.notices.letter import CollectionFacts, LetterText, write_letter
from queue_server.notices.opening_words import is_always_open, open_days
from queue_server.notices.plain_page import FSI, LRI, PDI, RLM
from queue_server.notices.values import OF_ITEMS, NotificationKind
from queue_server.web.site import site_of
from tests.queue_server.house import KNOWN

SITE = site_of(KNOWN.sites)


def letter(language: str, kind: NotificationKind) -> LetterText:
    facts = CollectionFacts(
        kind=kind,
        centre="Hafen & Söhne <Centre>",
        address="1 Harbour Street",
        days=(("Monday", "09:00\N{EN DASH}12:30"), ("Friday", "09:00\N{EN DASH}12:00")),
        closed_on_holidays=True,
        label="D 48 213",
        last_day="Friday 25 December 2026",
        code="4829 1300 1234",
        code_day="Thursday 24 December 2026",
    )
    found, words = Languages(SITE.words).choose(language)
    return write_letter(facts, words, found)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("kind", sorted(OF_ITEMS))
def test_a_letter_says_what_is_needed_to_collect(language: str, kind: NotificationKind) -> None:
    found = letter(language, kind)
    for said in (
        "Hafen & Söhne <Centre>",
        "1 Harbour Street",
        "09:00\N{EN DASH}12:30",
        "D 48 213",
        "25 December 2026",
        "4829 1300 1234",
        "24 December 2026",
    ):
        assert said in found.text
    for said in ("Hafen & Söhne <Centre>", "D 48 213", "25 December 2026", "4829 1300 1234"):
        assert said in found.short
    assert "D 48 213" in found.subject
    assert "4829" not in found.subject
    assert "&amp;" not in found.text + found.short
    assert "\n" not in found.subject + found.short


def test_from_right_to_left_every_line_begins_so_and_figures_stand_apart() -> None:
    found = letter("ar", NotificationKind.ITEM_READY)
    lines = [line for line in found.text.splitlines() if line]
    assert all(line.startswith(RLM) for line in (*lines, found.subject, found.short))
    assert f"{LRI}D 48 213{PDI}" in found.text
    assert f"{LRI}09:00\N{EN DASH}12:30{PDI}" in found.text
    for line in (*lines, found.subject, found.short):
        assert line.count(LRI) + line.count(FSI) == line.count(PDI)
    assert not set(letter("fr", NotificationKind.ITEM_READY).text) & {RLM, LRI, FSI, PDI}


def test_kinds_differ_in_each_language() -> None:
    for language in ("en", "fr", "ar"):
        assert len({letter(language, kind).subject for kind in OF_ITEMS}) == len(OF_ITEMS)
        assert len({letter(language, kind).text for kind in OF_ITEMS}) == len(OF_ITEMS)


def test_opening_hours_of_days_that_are_alike_stand_together() -> None:
    week = ("09:00-12:30", "13:30-17:00")
    hours = OpeningHours(monday=week, tuesday=week, wednesday=week, friday=week, saturday=("10:00-12:00",))
    assert open_days(hours.week, "en") == (
        ("Monday \N{EN DASH} Wednesday", "09:00\N{EN DASH}12:30, 13:30\N{EN DASH}17:00"),
        ("Friday", "09:00\N{EN DASH}12:30, 13:30\N{EN DASH}17:00"),
        ("Saturday", "10:00\N{EN DASH}12:00"),
    )
    assert open_days(hours.week, "fr")[0][0] == "lundi \N{EN DASH} mercredi"
    assert open_days(OpeningHours().week, "ar") == ()
    assert not is_always_open(hours.week)
    assert is_always_open((("00:00-24:00",),) * 7)
