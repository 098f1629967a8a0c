"""Draws the papers of a visit (``strip``): the ticket, and a technician's test slip; and has the words of all."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QTranslator

from kiosk.kit.errors import TranslationError
from kiosk.kit.foot import draw_foot
from kiosk.kit.money import priced
from kiosk.kit.papers import PaperTest, PaperTicket, PaperWait
from kiosk.kit.strip import Strip, in_words, isolate, size
from kiosk.kit.translations import compile_folder
from peripherals.printers.port import MonoImage

WORDS = Path(__file__).parent / "words"


def languages() -> frozenset[str]:
    """Codes of the languages that tickets can be drawn in."""
    return frozenset(file.stem.rpartition("_")[2] for file in WORDS.glob("paper_*.ts"))


def spaced(code: str) -> str:
    """Write a code as people read it: ``B 042``."""
    return f"{code[:1]} {code[1:]}"


def draw_ticket(ticket: PaperTicket, width: int) -> MonoImage:
    """Draw a ticket ``width`` dots wide; its height follows from what it says.

    Raises:
        TranslationError: the ticket's language has no words here.
    """
    paper = Strip(width, ticket.language)
    words = words_in(ticket.language)
    body, step, least = (size(name) for name in ("body", "step", "min"))
    paper.header(ticket.centre)
    paper.text(words("Your number"), step)
    paper.code(spaced(ticket.code))
    if ticket.people > 1:
        paper.text(words("%n people, one number", ticket.people), step, bold=True)
    if ticket.booked:
        paper.text(words("Appointment %1").replace("%1", isolate(ticket.booked)), step, bold=True)
    if ticket.wait is not None:
        _draw_wait(paper, ticket.wait, words)
    if ticket.ahead is not None:
        before = words("%n numbers before you", ticket.ahead) if ticket.ahead else words("Nobody is before you")
        paper.text(before, step, bold=True)
    if ticket.paid is not None:
        paper.boxed(words("%1 is paid").replace("%1", isolate(priced(ticket.paid, ticket.language))), step)
    elif ticket.owed:
        paper.boxed(_owed(ticket, words), step)
    if ticket.stops:
        paper.dashes()
        paper.text(words("Your steps"), body)
        paper.stops(ticket.stops)
    paper.dashes()
    paper.qr(ticket.url, words("Scan this with a phone to see your place."), body)
    paper.text(words("Keep this ticket. It does not show your name."), body, bold=True)
    paper.ends(in_words(ticket.date, ticket.language), isolate(ticket.time), least)
    draw_foot(paper, ticket.foot, ticket.language, words)
    return paper.image()


def _owed(ticket: PaperTicket, words: Callable[..., str]) -> str:
    sums = " + ".join(isolate(priced(one, ticket.language)) for one in ticket.owed)
    where = words("%1 to pay: %2").replace("%2", isolate(ticket.desk))
    return (where if ticket.desk else words("%1 to pay at the counter")).replace("%1", sums)


def _draw_wait(paper: Strip, wait: PaperWait, words: Callable[..., str]) -> None:
    step = size("step")
    if wait.shut:
        paper.text(words("We may not reach you before closing. Please ask staff."), step, bold=True)
        return
    about = words("About %1 to %n minutes", wait.high).replace("%1", str(wait.low))
    paper.text(about if wait.low else words("Up to %n minutes", wait.high), step, bold=True)
    if wait.latest:
        paper.text(words("At the latest %1").replace("%1", isolate(wait.latest)), step)


def draw_test(slip: PaperTest, width: int) -> MonoImage:
    """Draw a slip by which a technician sees that every dot across the paper prints, and a code to scan.

    It is for technicians, in English, and cannot be taken for a ticket: it has no number.
    """
    paper = Strip(width, "en")
    paper.header("Test slip - no ticket")
    paper.text(slip.kiosk, size("step"), bold=True)
    paper.ruler()
    paper.qr("https://test.invalid/no-ticket", "Hold this before the scanner to try it.", size("body"))
    paper.ends(slip.time, f"{width} dots", size("min"))
    return paper.image()


def words_in(language: str) -> Callable[..., str]:
    """Give what says a text of these papers in a language.

    Raises:
        TranslationError: there are no words in it.
    """
    translator = _translator(language)

    def say(source: str, number: int = -1) -> str:
        found = translator.translate("Paper", source, None, number) or source
        return found.replace("%n", str(number))

    return say


@cache
def _translator(language: str) -> QTranslator:
    """Load the words of one language, beside whatever language the screen speaks at that moment."""
    compile_folder(WORDS, "paper")
    translator = QTranslator()
    file = WORDS / f"paper_{language}.qm"
    if not translator.load(str(file)):
        raise TranslationError(file=file.name, reason="cannot be loaded")
    return translator
