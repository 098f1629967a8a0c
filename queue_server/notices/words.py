"""What people read: whoever is told, in letters and short messages; staff, managers and auditors of the rest.

Letters never say what is ready, nor from which authority it comes.
"""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary
from queue_server.notices.values import NotificationKind as Kind


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "contact-invalid": _("This is no e-mail address, or no telephone number with the code of its country."),
        "contact-not-wanted": _("This document has left for good. Nobody is told of it any more."),
        "contact-unknown": _("Nobody knows how they are told. Write it down first."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done to tell somebody."""
    return {
        "notification-queued": _("Somebody is to be told"),
        "notification-sent": _("Message sent"),
        "notification-refused": _("Message not delivered in one way"),
        "notification-dropped": _("Message not sent any more"),
        "notification-retried": _("Message tried again"),
    }


# --- to whoever is told -----------------------------------------------------------------------------------------------


def subject(_: PageTranslations, kind: Kind, label: str) -> Markup:
    """Head a letter; it may be seen on a locked telephone."""
    if kind is Kind.ITEM_EXPIRING:
        return _("Please collect soon: %(number)s", number=label)
    if kind is Kind.ITEM_REMINDER:
        return _("Still ready for you: %(number)s", number=label)
    return _("Ready for you: %(number)s", number=label)


def lead(_: PageTranslations, kind: Kind) -> Markup:
    """Say what is new."""
    if kind is Kind.ITEM_EXPIRING:
        return _("Soon you can no longer collect what is ready for you.")
    if kind is Kind.ITEM_REMINDER:
        return _("What is ready for you has not been collected yet.")
    return _("What you are waiting for is ready. You can collect it.")


def number(_: PageTranslations, label: str) -> Markup:
    return _("Your number: %(number)s. It is on your receipt.", number=label)


def where(_: PageTranslations, centre: str) -> Markup:
    return _("Where: %(centre)s", centre=centre)


def opening(_: PageTranslations) -> Markup:
    return _("Open:")


def always_open(_: PageTranslations) -> Markup:
    return _("every day, day and night")


def closed_on_holidays(_: PageTranslations) -> Markup:
    return _("Closed on public holidays.")


def until(_: PageTranslations, day: str) -> Markup:
    return _("The last day: %(day)s. After that it goes back.", day=day)


def how(_: PageTranslations) -> Markup:
    return _("Bring your identity document. Go to a kiosk in the centre, or ask the staff.")


def code(_: PageTranslations, digits: str) -> Markup:
    return _("Without a document, type this code: %(code)s", code=digits)


def code_rule(_: PageTranslations, day: str) -> Markup:
    return _("It works once, until %(day)s. Show it to nobody else.", day=day)


def automatic(_: PageTranslations) -> Markup:
    return _("A machine has sent this message. Nobody reads an answer to it.")


def never_asked(_: PageTranslations) -> Markup:
    return _("In messages we never ask for money or for a password.")


def short(_: PageTranslations, kind: Kind, centre: str, label: str, day: str) -> Markup:
    """Say the same on a telephone."""
    if kind is Kind.ITEM_READY:
        return _(
            "%(centre)s: ready for you, number %(number)s. Bring your identity document. Last day: %(day)s.",
            centre=centre,
            number=label,
            day=day,
        )
    return _(
        "%(centre)s: still ready for you, number %(number)s. Bring your identity document. Last day: %(day)s.",
        centre=centre,
        number=label,
        day=day,
    )


def short_code(_: PageTranslations, digits: str) -> Markup:
    return _("Or type this code: %(code)s. It works once.", code=digits)


# --- to managers ------------------------------------------------------------------------------------------------------


def undeliverable(_: PageTranslations, count: int) -> Markup:
    return _.ngettext("%(count)s message could not be delivered", "%(count)s messages could not be delivered", count)


def undeliverable_todo(_: PageTranslations, labels: Markup) -> Markup:
    return _(
        "Nobody has told whoever waits for %(labels)s. Call them, or write down a better address and try again.",
        labels=labels,
    )


def and_more(_: PageTranslations, labels: Markup, count: int) -> Markup:
    return _.ngettext("%(labels)s and %(count)s more", "%(labels)s and %(count)s more", count, labels=labels)


def try_again(_: PageTranslations) -> Markup:
    return _("Try again")


def told_otherwise(_: PageTranslations) -> Markup:
    return _("We tell them ourselves")


def late(_: PageTranslations, count: int) -> Markup:
    return _.ngettext("%(count)s message waits to be sent", "%(count)s messages wait to be sent", count)


def late_todo(_: PageTranslations) -> Markup:
    return _("Nothing is lost: they go as soon as they can. Call a technician: the mail server or the gateway is away.")


def since(_: PageTranslations, time: Markup) -> Markup:
    return _("since %(time)s", time=time)


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
