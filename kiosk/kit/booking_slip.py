"""Draws day and time of an appointment, for somebody who comes on another day. As ``slips``."""

from kiosk.kit.foot import draw_foot
from kiosk.kit.information_strip import draw_line
from kiosk.kit.paper import words_in
from kiosk.kit.papers import PaperBooking
from kiosk.kit.strip import Strip, in_words, isolate, size
from peripherals.printers.port import MonoImage


def draw_booking(slip: PaperBooking, width: int) -> MonoImage:
    """Draw it ``width`` dots wide.

    Raises:
        TranslationError: its language has no words here.
    """
    strip = Strip(width, slip.language)
    words = words_in(slip.language)
    body, step, title = (size(name) for name in ("body", "step", "title"))
    strip.header(slip.centre)
    strip.text(words("Your appointment"), title, bold=True)
    strip.text(in_words(slip.day, slip.language), step, bold=True)
    strip.text(isolate(slip.clock), title, bold=True)
    if slip.code:
        strip.ends(words("Code"), isolate(slip.code), step, large=title)
    strip.dashes()
    if slip.url:
        strip.qr(slip.url, words("Scan this with a phone to change it. Show it to the kiosk when you come."), body)
    strip.text(words("This is not a ticket. You get your number when you come."), body, bold=True)
    if slip.bring:
        strip.dashes()
        for line in slip.bring:
            draw_line(strip, line, words)
    draw_foot(strip, slip.foot, slip.language, words)
    return strip.image()
