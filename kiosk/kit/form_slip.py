"""Draws the code by which somebody opens their form again. As ``slips``."""

from kiosk.kit.foot import draw_foot
from kiosk.kit.paper import words_in
from kiosk.kit.papers import PaperForm
from kiosk.kit.strip import Strip, in_words, isolate, size
from peripherals.printers.port import MonoImage
from queue_server.domain.forms import FormCode, shown_form_code


def draw_form(slip: PaperForm, width: int) -> MonoImage:
    """Draw it ``width`` dots wide.

    Raises:
        TranslationError: its language has no words here.
    """
    strip = Strip(width, slip.language)
    words = words_in(slip.language)
    body, step, title = (size(name) for name in ("body", "step", "title"))
    strip.header(slip.centre)
    strip.text(words("Your form"), title, bold=True)
    strip.text(slip.title, step, bold=True)
    strip.dashes()
    strip.text(words("Code"), body)
    strip.text(isolate(shown_form_code(FormCode(slip.code))), title, bold=True)
    strip.text(words("With this code and your PIN you open it again: here, at home, or with staff."), body)
    strip.ends(words("Kept until"), in_words(slip.until, slip.language), body, bold=False)
    strip.dashes()
    strip.text(words("Your PIN is not on this paper. Nobody can tell it to you."), body, bold=True)
    draw_foot(strip, slip.foot, slip.language, words)
    return strip.image()
