"""Draws what a payment leaves on paper besides the ticket: the receipt as the terminal composed it, and the claim slip.

As ``paper``: 1-bit images, in a worker, with a QGuiApplication and ``fonts.load()`` in the process.
"""

from dataclasses import dataclass

from kiosk.kit.paper import Strip, size, words_in
from peripherals.printers.port import MonoImage


@dataclass(frozen=True, slots=True)
class PaperClaim:
    """What a person takes to staff when only they can settle a payment.

    ``code`` is the short form of the attempt's id, ``scanned`` what the QR code holds, ``amount`` written as people
    write it; ``date`` and ``time`` are the centre's. Nothing of a card or a person is on it.
    """

    language: str
    centre: str
    code: str
    scanned: str
    amount: str
    date: str
    time: str


@dataclass(frozen=True, slots=True)
class PaperReceipt:
    """A receipt: ``lines`` as the terminal composed them, masked. ``copy``: it was printed before."""

    language: str
    centre: str
    lines: tuple[str, ...]
    copy: bool = False


def draw_claim(claim: PaperClaim, width: int) -> MonoImage:
    """Draw a claim slip ``width`` dots wide.

    Raises:
        TranslationError: its language has no words here.
    """
    strip = Strip(width, claim.language)
    words = words_in(claim.language)
    body, step, least = (size(name) for name in ("body", "step", "min"))
    strip.header(claim.centre)
    strip.text(words("Payment not settled"), step, bold=True)
    strip.code(claim.code)
    strip.text(f"{words('Amount')}: {claim.amount}", step)
    strip.dashes()
    strip.text(words("Show this to staff. They find out what became of your payment."), body, bold=True)
    strip.qr(claim.scanned, words("Staff scan this."), body)
    strip.text(words("This is no ticket and no receipt."), body)
    strip.ends(claim.date, claim.time, least)
    return strip.image()


def draw_receipt(receipt: PaperReceipt, width: int) -> MonoImage:
    """Draw a receipt ``width`` dots wide; a copy says at both ends that it is one.

    Raises:
        TranslationError: its language has no words here.
    """
    strip = Strip(width, receipt.language)
    words = words_in(receipt.language)
    strip.header(receipt.centre)
    strip.text(words("COPY") if receipt.copy else words("Receipt"), size("step"), bold=True)
    strip.dashes()
    strip.lines(receipt.lines, size("body"))
    if receipt.copy:
        strip.dashes()
        strip.text(words("COPY"), size("step"), bold=True)
    return strip.image()
