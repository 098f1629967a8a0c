"""What staff and auditors read of banks of lockers."""

from typing import Final, NamedTuple

from markupsafe import Markup

from queue_server.domain.lockers import BlockReason
from queue_server.framework.words import PageTranslations, Vocabulary


class AlarmText(NamedTuple):
    """What a manager reads of a door."""

    head: Markup
    todo: Markup


def blocked(_: PageTranslations, reason: BlockReason, bank: Markup, door: Markup) -> AlarmText:
    """Say why a compartment is blocked, and what to do."""
    look = _("Look into it, and say what is there.")
    named = {"bank": bank, "door": door}
    return {
        BlockReason.NOT_OPENED: AlarmText(
            _("%(bank)s: door %(door)s is stuck", **named),
            _("Whoever waits there gets their document at the counter. Call a technician."),
        ),
        BlockReason.NOT_SENSED: AlarmText(_("%(bank)s: nobody knows whether door %(door)s is open", **named), look),
        BlockReason.OTHER_DOOR: AlarmText(
            _("%(bank)s: a wrong door opened, at %(door)s", **named),
            _("Look who stands there, and what is missing. Look into it, and say what is there."),
        ),
        BlockReason.FORCED: AlarmText(
            _("%(bank)s: door %(door)s opened though nobody should have it open", **named),
            _("Look who stands there, and what is missing. Look into it, and say what is there."),
        ),
        BlockReason.DIFFERS: AlarmText(_("%(bank)s: something changed behind door %(door)s", **named), look),
        BlockReason.INTERRUPTED: AlarmText(_("%(bank)s: it was cut off while door %(door)s opened", **named), look),
        BlockReason.LEFT_OPEN: AlarmText(
            _("%(bank)s: door %(door)s was left open", **named),
            _("Shut it. Look into it, and say what is there."),
        ),
    }[reason]


def unclear(_: PageTranslations, bank: Markup, count: int) -> AlarmText:
    head = _.ngettext(
        "%(bank)s: nobody knows what is in %(count)s compartment",
        "%(bank)s: nobody knows what is in %(count)s compartments",
        count,
        bank=bank,
    )
    return AlarmText(head, _("Look into each, and say what is there."))


def overdue(_: PageTranslations, bank: Markup, door: Markup) -> AlarmText:
    head = _("%(bank)s: door %(door)s stands open", bank=bank, door=door)
    return AlarmText(head, _("Ask whoever stands there to shut it, or shut it."))


def unanswered(_: PageTranslations, bank: Markup, door: Markup) -> AlarmText:
    head = _("%(bank)s does not answer, and somebody may wait at door %(door)s", bank=bank, door=door)
    return AlarmText(head, _("Go there, and help them at the counter. Then look at its power and its network."))


def since(_: PageTranslations, time: str) -> Markup:
    return _("since %(time)s", time=time)


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
        "bank-copied": _("Two machines say that they are this cabinet. Its doors stay shut. Tell a manager."),
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
