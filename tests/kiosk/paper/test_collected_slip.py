"""The receipt of a collection, looked at as pixels."""

from dataclasses import replace

import pytest

from kiosk.kit.collected_slip import draw_collected
from kiosk.kit.papers import PaperCollected, PaperFoot
from queue_server.custody.values import ItemKind
from tests.kiosk.paper.pixels import fits

FOOT = PaperFoot("1 Specimen Square, 1000 Exampleton", (("09:00-17:00",),) * 5 + ((),) * 2)
PAPER = PaperCollected("en", "Consular Support Centre", "passport", "D 48 213", "2026-11-27", "10:47", FOOT)
LANGUAGES = {"en": PAPER.centre, "fr": "Centre d'assistance consulaire", "ar": "مركز الدعم القنصلي"}


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_fits_and_is_another_word(language: str, width: int) -> None:
    drawn = {}
    for kind in ItemKind:
        image = draw_collected(replace(PAPER, language=language, centre=LANGUAGES[language], kind=kind), width)
        fits(image)
        drawn[kind] = image.rows
    assert len(set(drawn.values())) == len(drawn)


def test_the_words_are_those_of_the_language() -> None:
    drawn = {language: draw_collected(replace(PAPER, language=language), 576).rows for language in LANGUAGES}
    assert len(set(drawn.values())) == len(LANGUAGES)
