"""A page of information on paper, looked at as pixels."""

from dataclasses import replace

import pytest

from kiosk.kit.information_strip import draw_information
from kiosk.kit.papers import PaperInformation, PaperLine
from tests.kiosk.paper.pixels import fits

LINES = (
    PaperLine("contact", "Emergency line of the centre", "+44 20 7946 0958", "Day and night"),
    PaperLine("heading", "What it costs"),
    PaperLine("row", "Renew a passport", "Adults: EUR 82.50\nChildren: EUR 41.25"),
    PaperLine("row", "Emergency money", "free of charge"),
    PaperLine("paragraph", "What is not in the list is free of charge. You can pay by card or in cash."),
    PaperLine("item", "Bring both photos.", "1."),
    PaperLine("item", "They must be alike."),
    PaperLine("heading", "Renew a passport", "bring"),
    PaperLine("item", "Your old passport", "[  ]", "original translated"),
)
PAPER = PaperInformation("en", "Consular Support Centre", "Fees", LINES, "2026-11-02", "2026-11-27", "10:47")
LANGUAGES = {"en": "Fees", "fr": "Tarifs", "ar": "الرسوم"}


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_on_every_paper(language: str, width: int) -> None:
    image = draw_information(replace(PAPER, language=language, title=LANGUAGES[language]), width)
    fits(image)


def test_every_line_takes_its_room_and_the_words_are_those_of_the_language() -> None:
    whole = draw_information(PAPER, 576)
    for number in range(len(LINES)):
        left_out = draw_information(replace(PAPER, lines=LINES[:number] + LINES[number + 1 :]), 576)
        assert left_out.height < whole.height
    drawn = {draw_information(replace(PAPER, language=one), 576).rows for one in LANGUAGES}
    assert len(drawn) == len(LANGUAGES)
