"""The code of a form on paper, looked at as pixels."""

from dataclasses import replace

import pytest
from PIL import Image

from kiosk.kit import fonts
from kiosk.kit.form_slip import draw_form
from kiosk.kit.papers import PaperFoot, PaperForm
from peripherals.printers.port import MonoImage

FOOT = PaperFoot("1 Specimen Square, 1000 Exampleton", (("09:00-17:00",),) * 5 + ((),) * 2)
PAPER = PaperForm("en", "Consular Support Centre", "Renew a passport", "HS4K7KM2QR", "2026-12-28", FOOT)
LANGUAGES = {"en": PAPER.centre, "fr": "Centre d'assistance consulaire", "ar": "مركز الدعم القنصلي"}


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


def picture(image: MonoImage) -> Image.Image:
    return Image.frombytes("1", (image.width, image.height), bytes(byte ^ 0xFF for byte in image.rows)).convert("L")


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits(language: str, width: int) -> None:
    image = draw_form(replace(PAPER, language=language, centre=LANGUAGES[language]), width)
    left, top, right, bottom = picture(image).point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    assert left >= 18
    assert right <= width - 18
    assert top >= 16
    assert bottom <= image.height - 10


def test_another_code_is_another_paper_and_the_words_are_those_of_the_language() -> None:
    drawn = {language: draw_form(replace(PAPER, language=language), 576).rows for language in LANGUAGES}
    drawn["other"] = draw_form(replace(PAPER, code="HS4K7KM2QQ"), 576).rows
    assert len(set(drawn.values())) == len(drawn)
