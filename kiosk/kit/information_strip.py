"""Draws a page of information on a strip: what people read at the kiosk, to take along. As ``slips``."""

from collections.abc import Callable
from typing import Final

from kiosk.kit.paper import words_in
from kiosk.kit.papers import PaperInformation, PaperLine
from kiosk.kit.strip import Strip, in_words, isolate, size
from peripherals.printers.port import MonoImage

#: Which form of a thing people bring.
_FORMS: Final = {
    "original": "The original",
    "copy": "A copy is enough",
    "either": "The original or a copy",
    "translated": "With a translation",
}


def draw_information(page: PaperInformation, width: int) -> MonoImage:
    """Draw it ``width`` dots wide.

    Raises:
        TranslationError: its language has no words here.
    """
    strip = Strip(width, page.language)
    words = words_in(page.language)
    strip.header(page.centre)
    strip.text(page.title, size("title"), bold=True)
    strip.dashes()
    for line in page.lines:
        draw_line(strip, line, words)
    strip.dashes()
    body = size("body")
    strip.ends(words("Looked through"), in_words(page.reviewed, page.language), body, bold=False)
    strip.ends(words("Date"), f"{in_words(page.date, page.language)} {isolate(page.time)}", body, bold=False)
    return strip.image()


def draw_line(strip: Strip, line: PaperLine, words: Callable[..., str]) -> None:
    """Write a piece of a page."""
    body, step = size("body"), size("step")
    match line.kind:
        case "heading" if line.value == "bring":
            strip.text(words("What to bring"), step, bold=True)
        case "heading":
            strip.text(line.text, step, bold=True)
        case "item" if line.value:
            strip.text(f"{line.value} {line.text}", body)
            for one in line.note.split():
                strip.text(words(_FORMS[one]), body)
        case "row":
            first, *rest = line.value.split("\n")
            strip.ends(line.text, first, body, bold=False)
            for amount in rest:
                strip.ends("", amount, body, bold=False)
        case "contact":
            strip.text(line.text, body, bold=True)
            # A number is dialled from paper.
            strip.text(isolate(line.value), size("title"), bold=True)
            if line.note:
                strip.text(line.note, body)
        case _:
            strip.text(line.text, body)
