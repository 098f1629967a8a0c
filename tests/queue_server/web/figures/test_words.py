"""Words around the numbers of figures: shares, and captions in the singular."""

import pytest
from babel import Locale

from queue_server.web import wording
from queue_server.web.site import LANGUAGES
from tests.queue_server.known import site

WORDS = site().words


@pytest.mark.parametrize(("part", "whole", "percent"), [(199, 200, 99), (200, 200, 100), (1, 200, 0), (13, 20, 65)])
def test_a_hundred_of_a_hundred_are_all(part: int, whole: int, percent: int) -> None:
    assert wording.share(WORDS["en"], part, whole) == wording.percent(percent)


@pytest.mark.parametrize(("language", "written"), [("en", "18 of 19"), ("fr", "18 sur 19"), ("ar", "18 من 19")])
def test_a_share_of_few_is_in_numbers_and_of_nothing_none(language: str, written: str) -> None:
    assert wording.plain(wording.share(WORDS[language], 18, 19)) == written
    assert wording.plain(wording.share(WORDS[language], 0, 0)) == wording.NOTHING


def test_the_sign_stands_behind_the_number_in_every_language() -> None:
    assert wording.percent(65).startswith('<bdi dir="ltr">65')


@pytest.mark.parametrize(("language", "written"), [("en", "2.9"), ("fr", "2,9"), ("ar", "2.9")])
def test_a_decimal_has_the_sign_of_its_language_and_western_digits(language: str, written: str) -> None:
    assert wording.decimal(Locale.parse(language), 2.86) == written


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("visit", "visits"),
        ("visit finished", "visits finished"),
        ("person in the centre", "people in the centre"),
        ("counter open", "counters open"),
        ("centre needs somebody", "centres need somebody"),
        ("alarm", "alarms"),
    ],
)
def test_a_caption_agrees_with_its_number(language: str, one: str, many: str) -> None:
    words = WORDS[language]
    captions = {count: words.ngettext(one, many, count) for count in (1, 2, 3, 11, 100)}
    assert captions[1] != captions[3]
    if language == "ar":
        assert captions[2] not in {captions[1], captions[3]}
        assert captions[11] != captions[3]
        assert captions[100] != captions[3]
