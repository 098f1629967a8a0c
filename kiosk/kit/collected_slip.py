"""Draws the receipt of a collection: what was taken out of a door, and when. As ``slips``."""

from typing import Final

from kiosk.kit.foot import draw_foot
from kiosk.kit.paper import words_in
from kiosk.kit.papers import PaperCollected
from kiosk.kit.strip import Strip, in_words, isolate, size
from peripherals.printers.port import MonoImage

#: As the screen calls them (``kiosk/ui/ItemWords.qml``).
_KINDS: Final = {
    "passport": "Passport",
    "identity-card": "ID card",
    "residence-permit": "Residence permit",
    "travel-document": "Travel document",
    "birth-certificate": "Birth record",
    "marriage-certificate": "Marriage record",
    "death-certificate": "Death record",
    "court-document": "Paper of a court",
    "diploma": "Diploma",
    "translation": "Translation",
    "photograph": "Photo",
    "form": "Form",
}


def draw_collected(receipt: PaperCollected, width: int) -> MonoImage:
    """Draw it ``width`` dots wide.

    Raises:
        TranslationError: its language has no words here.
    """
    strip = Strip(width, receipt.language)
    words = words_in(receipt.language)
    body, step, title = (size(name) for name in ("body", "step", "title"))
    strip.header(receipt.centre)
    strip.text(words("Receipt"), title, bold=True)
    strip.dashes()
    strip.text(words("You have collected:"), body)
    strip.text(words(_KINDS.get(receipt.kind, "Document")), step, bold=True)
    strip.ends(words("Number on its label"), isolate(receipt.label), body, bold=False)
    when = f"{in_words(receipt.date, receipt.language)} {isolate(receipt.time)}"
    strip.ends(words("Date"), when, body, bold=False)
    strip.dashes()
    strip.text(words("This receipt does not show your name."), body, bold=True)
    draw_foot(strip, receipt.foot, receipt.language, words)
    return strip.image()
