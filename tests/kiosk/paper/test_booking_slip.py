"""Day and time of an appointment on paper, looked at as pixels."""

from dataclasses import replace

import pytest
import zxingcpp

from kiosk.kit.booking_slip import draw_booking
from kiosk.kit.paper import draw_ticket
from kiosk.kit.papers import PaperBooking, PaperFoot, PaperLine, PaperTicket, PrintedStop
from tests.kiosk.paper.pixels import fits, picture

FOOT = PaperFoot("1 Specimen Square, 1000 Exampleton", (("09:00-17:00",),) * 5 + ((),) * 2)
LINK = "https://queue.example/b/" + "A" * 43
PAPER = PaperBooking("en", "Consular Support Centre", "2026-12-03", "10:30", LINK, FOOT)
LANGUAGES = {"en": PAPER.centre, "fr": "Centre d'assistance consulaire", "ar": "مركز الدعم القنصلي"}


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_and_its_picture_leads_to_the_appointment(language: str, width: int) -> None:
    image = draw_booking(replace(PAPER, language=language, centre=LANGUAGES[language]), width)
    fits(image)
    assert [one.text for one in zxingcpp.read_barcodes(picture(image))] == [LINK]


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_that_was_booked_here_has_its_code_and_what_to_bring(language: str, width: int) -> None:
    paper = replace(PAPER, language=language, centre=LANGUAGES[language])
    heading, *lines = (
        PaperLine("heading", "Passport renewal", "bring"),
        PaperLine("item", "Old passport", "[  ]", "original translated"),
        PaperLine("paragraph", "Also where it has expired."),
        PaperLine("item", "One photo", "[  ]"),
    )
    plain, coded = draw_booking(paper, width), draw_booking(replace(paper, code="HS4K 7KM2"), width)
    listed = draw_booking(replace(paper, code="HS4K 7KM2", bring=(heading, *lines)), width)
    assert plain.height < coded.height < listed.height
    left, _, right, bottom = picture(listed).point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    assert left >= 18
    assert right <= width - 18
    assert bottom <= listed.height - 10
    assert [one.text for one in zxingcpp.read_barcodes(picture(listed))] == [LINK]


def test_without_a_link_it_has_no_picture_and_the_words_are_those_of_the_language() -> None:
    plain = {language: draw_booking(replace(PAPER, language=language, url=""), 576) for language in LANGUAGES}
    assert len({image.rows for image in plain.values()}) == len(LANGUAGES)
    assert zxingcpp.read_barcodes(picture(plain["en"])) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_says_the_time_of_its_appointment(language: str) -> None:
    ticket = PaperTicket(
        language=language,
        centre=LANGUAGES[language],
        code="A128",
        stops=(PrintedStop("Papers", "Area B"),),
        url="https://queue.example/t/" + "A" * 43,
        date="2026-11-24",
        time="10:55",
    )
    plain, booked = draw_ticket(ticket, 576), draw_ticket(replace(ticket, booked="11:00"), 576)
    assert booked.height > plain.height
