"""Draws what a payment leaves on paper besides the ticket: the receipt, and the claim slip.

As ``paper``: 1-bit images, in a worker, with a QGuiApplication and ``fonts.load()`` in the process.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.kit.foot import NO_FOOT, PaperFoot, draw_foot
from kiosk.kit.paper import spaced, words_in
from kiosk.kit.strip import Strip, apart, in_words, size
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
class PaperBlock:
    """A service that was paid; ``rows`` are for whom, and how much that is, none where that goes without saying.

    An amount is empty for those who pay nothing.
    """

    service: str
    government: str
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperReceipt:
    """A receipt in the person's language, with ``lines`` as the terminal composed them, masked, below.

    ``code`` is the ticket's, ``paid`` the amount as people write it, with its currency; ``date`` (ISO 8601) and
    ``time`` are the centre's. ``number`` is what staff find the payment by. ``by_hand``: the cash desk took the money;
    else ``card`` are the last four digits of the card's number, empty where the terminal did not say them.
    ``copy``: it was printed before.
    """

    language: str
    centre: str
    lines: tuple[str, ...]
    code: str
    blocks: tuple[PaperBlock, ...]
    paid: str
    date: str
    time: str
    number: str
    kiosk: str
    by_hand: bool = False
    card: str = ""
    copy: bool = False
    foot: PaperFoot = NO_FOOT


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
    strip.ends(in_words(claim.date, claim.language), apart(claim.time), least)
    return strip.image()


def draw_receipt(receipt: PaperReceipt, width: int) -> MonoImage:
    """Draw a receipt ``width`` dots wide; a copy says at both ends that it is one.

    Raises:
        TranslationError: its language has no words here.
    """
    strip = Strip(width, receipt.language)
    words = words_in(receipt.language)
    body, title = size("body"), size("title")
    strip.header(receipt.centre)
    strip.text(words("COPY") if receipt.copy else words("Receipt"), title, bold=True)
    strip.ends(words("Your number"), apart(spaced(receipt.code)), body, bold=False, large=title)
    strip.dashes()
    for block in receipt.blocks:
        strip.text(block.service, size("step"), bold=True)
        strip.text(block.government, body)
        for label, amount in block.rows:
            strip.ends(label, apart(amount) if amount else words("No fee"), body, bold=False)
    strip.line()
    strip.ends(words("Paid"), apart(receipt.paid), title)
    strip.text(_how(receipt, words), body)
    strip.dashes()
    when = f"{in_words(receipt.date, receipt.language)} {apart(receipt.time)}"
    for name, value in (("Date", when), ("Receipt", apart(receipt.number)), ("Machine", receipt.kiosk)):
        strip.ends(words(name), value, body, bold=False)
    strip.text(words("Keep this receipt. You need it if money is given back."), body, bold=True)
    draw_foot(strip, receipt.foot, receipt.language, words)
    if receipt.lines:
        strip.dashes()
        strip.text(words("From the card terminal:"), body)
        strip.lines(receipt.lines, size("min"))
    if receipt.copy:
        strip.dashes()
        strip.text(words("COPY"), size("step"), bold=True)
    return strip.image()


def _how(receipt: PaperReceipt, words: Callable[..., str]) -> str:
    if receipt.by_hand:
        return words("At the cash desk")
    return words("By card, ending %1").replace("%1", apart(receipt.card)) if receipt.card else words("By card")
