"""Claim slip and receipt, looked at as pixels."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image

from kiosk.kit import fonts
from kiosk.kit.papers import PaperClaim
from kiosk.kit.slips import draw_claim, draw_receipt
from kiosk.kit.strip import in_words
from kiosk.payment.claim_slip import claim_of
from kiosk.payment.journal_model import Attempt, PaymentOrder, PaymentRow, PaymentStep
from peripherals.money import Amount
from peripherals.printers.port import MonoImage
from queue_server.domain.values import new_id
from tests.kiosk.payment.papers import receipt_of

LINES = ("SMALL TERMINAL", "AMOUNT                     42.00 EUR", "APPROVED")


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    assert qapp is not None
    fonts.load()


def picture(image: MonoImage) -> Image.Image:
    return Image.frombytes("1", (image.width, image.height), bytes(byte ^ 0xFF for byte in image.rows)).convert("L")


def claim(language: str, amount: Amount) -> tuple[Attempt, PaperClaim]:
    rows = (PaymentRow(PaymentStep.CREATED, datetime(2026, 11, 25, 22, 30, tzinfo=UTC)),)
    bill = PaymentOrder(new_id(), ("renewal",), amount, language)
    attempt = Attempt(new_id(), new_id(), bill, "small", "here", rows)
    return attempt, claim_of(attempt, "Consular Support Centre", ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_claim_slip_is_scanned_and_fits(language: str, width: int) -> None:
    _, slip = claim(language, Amount(4200, "EUR"))
    page = picture(draw_claim(slip, width))
    assert [one.text for one in zxingcpp.read_barcodes(page)] == [slip.scanned]
    left, _, right, bottom = page.point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
    assert left >= 18
    assert right <= width - 18
    assert bottom <= page.height - 10


@pytest.mark.parametrize(
    ("amount", "written"),
    [(Amount(4200, "EUR"), "42.00 EUR"), (Amount(4200, "JPY"), "4200 JPY"), (Amount(4200, "KWD"), "4.200 KWD")],
)
def test_a_claim_slip_says_amount_and_time_of_the_centre(amount: Amount, written: str) -> None:
    attempt, slip = claim("en", amount)
    assert str(slip.amount) == written
    assert (slip.date, slip.time) == ("2026-11-26", "07:30")
    assert slip.code.replace("-", "").lower() == attempt.id.replace("-", "")[-12:]


@pytest.mark.parametrize("by_hand", [False, True])
@pytest.mark.parametrize("language", ["en", "ar", "fr"])
@pytest.mark.parametrize("width", [576, 384])
def test_a_receipt_keeps_within_the_paper(width: int, language: str, by_hand: bool) -> None:
    bare = picture(draw_receipt(receipt_of(language, (), by_hand=by_hand), width))
    page = picture(draw_receipt(receipt_of(language, LINES, by_hand=by_hand), width))
    for one in (bare, page):
        left, _, right, _ = one.point(lambda value: 255 - value).getbbox() or (0, 0, 0, 0)
        assert (left >= 10, right <= width - 10) == (True, True)
    assert bare.height + 100 < page.height, "the terminal's part is below ours"


def test_whoever_paid_by_hand_is_told_where() -> None:
    assert draw_receipt(receipt_of("en", (), by_hand=True), 576) != draw_receipt(receipt_of("en", ()), 576)


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_a_receipt_says_which_card_it_was(language: str) -> None:
    plain = draw_receipt(receipt_of(language, ()), 576)
    assert draw_receipt(receipt_of(language, (), card="4402"), 576) not in {
        plain,
        draw_receipt(receipt_of(language, (), card="4403"), 576),
    }
    assert draw_receipt(receipt_of(language, (), card="4402", by_hand=True), 576) == draw_receipt(
        receipt_of(language, (), by_hand=True), 576
    )


def test_a_copy_says_so() -> None:
    first = draw_receipt(receipt_of("en", LINES), 576)
    copy = draw_receipt(receipt_of("en", LINES, copy=True), 576)
    assert copy.height > first.height


def test_a_receipt_of_no_lines_or_of_endless_ones_is_drawn() -> None:
    for lines in ((), ("x" * 5000,), ("",) * 300):
        assert draw_receipt(receipt_of("ar", lines), 384).height > 50


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "Tue 24 Nov 2026"), ("fr", "mar. 24 nov. 2026"), ("ar", "الثلاثاء 24 نوفمبر 2026")],
)
def test_dates_are_written_in_words(language: str, written: str) -> None:
    assert in_words("2026-11-24", language) == written
    assert in_words("no date", language) == "no date"
