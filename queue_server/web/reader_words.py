"""What pages say of the reader, scanner and printer of a desk: each step, each part, and each code that went wrong."""

from enum import StrEnum
from typing import Any, Final

import msgspec
from markupsafe import Markup

from queue_server.web.wording import MarkupTranslations

#: Of what page and program say to each other; ``peripherals.serve.app`` has the program's.
VERSION: Final = 1


class DeskFault(StrEnum):
    """What the page finds out by itself; all other codes are the program's, or the server's."""

    #: No such program answers the page: it is not started, or the browser does not let the page ask.
    AWAY = "desk-unreachable"
    #: The program and the page are of releases that do not understand each other.
    VERSION = "desk-version"


class DeskAdvice(msgspec.Struct, frozen=True):
    means: Markup
    do: Markup


def faults(_: MarkupTranslations) -> dict[str, DeskAdvice]:
    """Say of each code what it means and what to do; "" stands for what nobody foresaw."""
    again, technician = _("Try again."), _("Tell a technician.")
    plug = _("See that it is plugged in and switched on.")
    return {
        DeskFault.AWAY: DeskAdvice(_("The reader program on this computer does not answer."), technician),
        DeskFault.VERSION: DeskAdvice(_("The reader program on this computer is of another version."), technician),
        "desk-unpaired": DeskAdvice(
            _("This browser is not paired with the reader of this desk."), _("Ask a technician for a code.")
        ),
        "desk-code-wrong": DeskAdvice(_("That is another code."), _("Compare it and type it again.")),
        "desk-code-expired": DeskAdvice(
            _("No code is waited for: it was used, or its time is over."), _("Ask a technician for a new one.")
        ),
        "desk-rate-limited": DeskAdvice(_("The reader program is asked too often."), again),
        "desk-request": DeskAdvice(_("The reader program did not understand the page."), technician),
        "desk-settings": DeskAdvice(_("The reader program cannot use its settings."), technician),
        "device-not-connected": DeskAdvice(_("It is not connected."), plug),
        "device-busy": DeskAdvice(_("Somebody else uses the reader now."), again),
        "device-timeout": DeskAdvice(_("Nothing came."), again),
        "device-answer-invalid": DeskAdvice(_("It gave an answer that makes no sense."), plug),
        "printer-paper-out": DeskAdvice(_("The printer has no paper."), _("Put in paper.")),
        "printer-cover-open": DeskAdvice(_("The cover of the printer is open."), _("Close it.")),
        "printer-error": DeskAdvice(_("The printer reports a fault."), technician),
        "printer-not-proved": DeskAdvice(
            _("Nobody knows whether it is on paper."), _("Look at the printer before you print again.")
        ),
        "trust-outdated": DeskAdvice(_("The lists of trusted authorities grow old."), technician),
        "trust-invalid": DeskAdvice(_("The lists of trusted authorities cannot be used."), technician),
        "reading-not-accepted": DeskAdvice(
            _("What was read is not of the visit that is here now."), _("Read the document once more.")
        ),
        "people-not-permitted": DeskAdvice(_("This visit is at another counter."), Markup()),
        "": DeskAdvice(_("That did not work."), again),
    }


def words(_: MarkupTranslations) -> dict[str, Markup]:
    """Say what the page says step by step."""
    return {
        "waiting": _("Lay the document on the reader."),
        "again": _("That could not be read. Lay it down once more, the lines with << downwards."),
        "reading": _("The document is being read. Leave it where it is."),
        "back": _("It was taken away too soon. Lay it back: it starts again by itself."),
        "done": _("Read. It is stored for this visit."),
        "asking": _("One moment"),
        "no-visit": _("Nobody is here whose document could be read. Call or choose a visit first."),
    }


def parts(_: MarkupTranslations) -> dict[str, Markup]:
    """Name the parts of a desk."""
    return {
        "reader": _("Document reader"),
        "chip": _("Chip reader"),
        "scanner": _("Code scanner"),
        "printer": _("Printer"),
    }


def states(_: MarkupTranslations) -> dict[str, Markup]:
    """Say how a part is that has no fault."""
    return {"ready": _("ready"), "none": _("none here"), "starting": _("starting")}


def values(_: MarkupTranslations) -> dict[str, Any]:
    """Gather what the dialog of the desk's reader needs."""
    return {
        "desk_version": VERSION,
        "desk_faults": faults(_),
        "desk_words": words(_),
        "desk_parts": parts(_),
        "desk_states": states(_),
    }
