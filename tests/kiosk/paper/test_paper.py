"""What comes out of the printer, looked at as pixels."""

import base64
import concurrent.futures
from dataclasses import replace
from itertools import pairwise

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.kit.errors import TranslationError
from kiosk.kit.paper import draw_ticket, spaced
from kiosk.kit.papers import PaperTicket, PrintedStop
from peripherals.money import Amount
from peripherals.printers.port import MonoImage
from tests.kiosk.paper.pixels import picture

URL = "https://queue.demo.example/t/" + base64.urlsafe_b64encode(bytes(range(32))).rstrip(b"=").decode()
ENGLISH = PaperTicket(
    language="en",
    centre="Consular Support Centre",
    code="B042",
    stops=(
        PrintedStop("Check your papers", "Wait in area B"),
        PrintedStop("Photo, fingerprints", "Room 2"),
        PrintedStop("Collect your receipt"),
    ),
    url=URL,
    date="2026-11-24",
    time="10:47",
    ahead=6,
)
ARABIC = PaperTicket(
    language="ar",
    centre="مركز الدعم القنصلي",
    code="B042",
    stops=(PrintedStop("فحص الأوراق", "انتظر في المنطقة B"), PrintedStop("استلام الإيصال", "الشباك 9")),
    url=URL,
    date="2026-11-24",
    time="10:47",
    ahead=2,
)
FRENCH = PaperTicket(
    language="fr",
    centre="Centre d'assistance consulaire",
    code="B042",
    stops=(PrintedStop("Vérification des papiers", "Attendez en zone B"), PrintedStop("Retrait du reçu", "Guichet 9")),
    url=URL,
    date="2026-11-24",
    time="10:47",
    ahead=1,
)


def ink(image: MonoImage) -> int:
    return sum(byte.bit_count() for byte in image.rows)


@pytest.mark.parametrize("width", [576, 512, 384])
@pytest.mark.parametrize("ticket", [ENGLISH, ARABIC, FRENCH], ids=["en", "ar", "fr"])
def test_the_code_for_phones_is_read_from_the_paper(ticket: PaperTicket, width: int) -> None:
    image = draw_ticket(ticket, width)
    assert image.width == width
    found = zxingcpp.read_barcodes(picture(image))
    assert [(one.format.name, one.text) for one in found] == [("QRCode", URL)]


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("ticket", [ENGLISH, ARABIC, FRENCH], ids=["en", "ar", "fr"])
def test_the_margins_stay_white_and_nothing_is_cut_off(ticket: PaperTicket, width: int) -> None:
    page = picture(draw_ticket(ticket, width))
    left, top, right, bottom = page.point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    assert left >= 18
    assert right <= width - 18
    assert top >= 16
    assert page.height - 60 < bottom <= page.height - 10


def test_what_is_not_known_is_left_out() -> None:
    with_place = draw_ticket(ENGLISH, 576)
    without = draw_ticket(PaperTicket("en", ENGLISH.centre, "B042", ENGLISH.stops, URL, "2026-11-24", "10:47"), 576)
    assert without.height < with_place.height


def test_the_fee_is_on_the_paper_paid_or_not() -> None:
    euros, dinars = Amount(8250, "EUR"), Amount(18_250, "KWD")
    owed = replace(ENGLISH, owed=(euros,))
    drawn = [
        draw_ticket(one, 576)
        for one in (ENGLISH, owed, replace(owed, desk="Cash desk"), replace(owed, owed=(euros, dinars)))
    ]
    assert len({image.rows for image in drawn}) == len(drawn)
    assert drawn[1].height > drawn[0].height
    paid = replace(ENGLISH, paid=euros)
    assert draw_ticket(replace(paid, owed=(euros,)), 576) == draw_ticket(paid, 576)


def test_arabic_begins_on_the_right() -> None:
    def steps(ticket: PaperTicket) -> tuple[int, int]:
        page = picture(draw_ticket(ticket, 576))
        halves = page.crop((20, 0, 76, page.height)), page.crop((500, 0, 556, page.height))
        left, right = (sum(half.histogram()[:128]) for half in halves)
        return left, right

    left, right = steps(ENGLISH)
    assert left > right
    left, right = steps(ARABIC)
    assert right > left


def test_the_plural_is_that_of_the_language() -> None:
    drawn = {
        ahead: draw_ticket(
            PaperTicket("ar", ARABIC.centre, "B042", ARABIC.stops, URL, "2026-11-24", "10:47", ahead), 576
        ).rows
        for ahead in (0, 1, 2, 3, 11, 100)
    }
    assert all(one != other for one, other in pairwise(drawn.values()))


def test_a_long_code_shrinks_to_the_paper() -> None:
    assert spaced("B1042") == "B 1042"
    page = picture(draw_ticket(PaperTicket("en", "C", "B1042", (), URL, "2026-11-24", "10:47"), 384))
    box = page.point(lambda value: 255 - value).getbbox()
    assert box is not None
    assert box[0] >= 18
    assert box[2] <= 366


def test_a_language_without_words_is_an_error() -> None:
    with pytest.raises(TranslationError):
        draw_ticket(PaperTicket("xx", "C", "B042", (), URL, "2026-11-24", "10:47"), 576)


def test_it_draws_the_same_in_a_worker() -> None:
    here = draw_ticket(ARABIC, 576)
    with concurrent.futures.ThreadPoolExecutor(1) as worker:
        assert worker.submit(draw_ticket, ARABIC, 576).result() == here


@given(
    words=st.lists(st.text(max_size=80), min_size=3, max_size=3),
    stops=st.integers(0, 5),
    ahead=st.none() | st.integers(0, 10_000),
    width=st.sampled_from([384, 512, 576]),
    language=st.sampled_from(["en", "ar", "fr"]),
)
@settings(max_examples=40, deadline=None)
def test_any_words_fit(words: list[str], stops: int, ahead: int | None, width: int, language: str) -> None:
    ticket = PaperTicket(
        language=language,
        centre=words[0],
        code="B9999",
        stops=(PrintedStop(words[1], words[2]),) * stops,
        url=URL,
        date="2026-11-24",
        time="10:47",
        ahead=ahead,
    )
    image = draw_ticket(ticket, width)
    assert ink(image) > 1000
    box = picture(image).point(lambda value: 255 - value).getbbox()
    assert box is not None
    assert box[2] <= width - 10
