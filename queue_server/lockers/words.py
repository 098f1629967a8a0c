"""What staff and auditors read of banks of lockers."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "bank-unknown": _("There is no such locker cabinet here, or it was never connected."),
        "bank-order-unknown": _("This cabinet was never told to do that."),
        "bank-order-under-way": _("The cabinet is still connected. Wait for its answer."),
        "compartment-unknown": _("The cabinet has no such door. Scan the label on the door again."),
        "compartment-unusable": _("Look into this compartment first, and say what is in it."),
        "compartment-taken": _("Something lies in this compartment. Take another one."),
        "compartment-empty": _("Nothing should be in this compartment."),
        "bank-busy": _("Another door of this cabinet is open. Shut it first."),
        "bank-silent": _("The cabinet does not answer. Its doors stay shut. Tell a technician."),
        "bank-journal-unknown": _("The cabinet is just starting. Try again in a minute."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done with a bank, or by an order to it."""
    return {
        "bank-described": _("Locker cabinet connected"),
        "compartment-blocked": _("Compartment blocked until staff look"),
        "compartment-unclear": _("Nobody knows what is in a compartment"),
        "compartment-settled": _("Staff looked into a compartment"),
        "order-issued": _("Compartment ordered to open, or settled"),
        "order-accepted": _("Cabinet took the order"),
        "order-turned-down": _("Cabinet kept the door shut"),
        "locker-opened": _("Door opened"),
        "locker-reminded": _("Door open for a while"),
        "locker-overdue": _("Door left open"),
        "locker-shut": _("Door shut"),
        "order-settled": _("Cabinet took what staff found"),
        "order-blocked": _("Something went wrong at the door"),
        "order-given-up": _("No answer expected from the cabinet any more"),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
