"""Draws what a payment leaves on paper besides the ticket: the receipt, and the claim slip.

As ``paper``: 1-bit images, in a worker, with a QGuiApplication and ``fonts.load()`` in the process.
"""

from collections.abc import Callable

from kiosk.kit.foot import draw_foot
from kiosk.kit.money import priced, written
from kiosk.kit.paper import spaced, words_in
from kiosk.kit.papers import PaperClaim, PaperReceipt, PaperRow
from kiosk.kit.strip import Strip, in_words, isolate, size
from peripherals.printers.port import MonoImage


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
    strip.ends(in_words(claim.date, claim.language), isolate(claim.time), least)
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
    strip.ends(words("Your number"), isolate(spaced(receipt.code)), body, bold=False, large=title)
    strip.dashes()
    for block in receipt.blocks:
        strip.text(block.service, size("step"), bold=True)
        strip.text(block.government, body)
        for row in block.rows:
            label, amount = row_in(row, receipt.language)
            strip.ends(label, isolate(amount) if amount else words("No fee"), body, bold=False)
    strip.line()
    strip.ends(words("Paid"), isolate(priced(receipt.paid, receipt.language)), title)
    strip.text(_how(receipt, words), body)
    strip.dashes()
    when = f"{in_words(receipt.date, receipt.language)} {isolate(receipt.time)}"
    for name, value in (("Date", when), ("Receipt", isolate(receipt.number)), ("Machine", receipt.kiosk)):
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


def row_in(row: PaperRow, language: str) -> tuple[str, str]:
    """Write for whom is paid, and how much that is; that is empty where it costs nothing."""
    if row.each.minor == 0:
        return f"{isolate(f'{row.count} \u00d7')} {row.label}".rstrip(), ""
    one, total = (written(minor, row.each.exponent, language) for minor in (row.each.minor, row.each.minor * row.count))
    return f"{isolate(f'{row.count} \u00d7 {one}')} {row.label}".rstrip(), total


def _how(receipt: PaperReceipt, words: Callable[..., str]) -> str:
    if receipt.by_hand:
        return words("At the cash desk")
    return words("By card, ending %1").replace("%1", isolate(receipt.card)) if receipt.card else words("By card")
