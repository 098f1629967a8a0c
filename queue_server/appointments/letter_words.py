"""What people read of their appointment in letters and short messages.

They do not say what somebody comes for: that is on the page behind the link.
"""

from markupsafe import Markup

from queue_server.domain.appointments import RemoteChannel
from queue_server.framework.words import PageTranslations
from queue_server.notices.values import NotificationKind as Kind


def subject(_: PageTranslations, kind: Kind, day: str, clock: str) -> Markup:
    """Head a letter; it may be seen on a locked telephone."""
    match kind:
        case Kind.APPOINTMENT_MOVED:
            return _("Your new time: %(day)s, %(clock)s", day=day, clock=clock)
        case Kind.APPOINTMENT_CANCELLED:
            return _("Cancelled: %(day)s, %(clock)s", day=day, clock=clock)
        case Kind.APPOINTMENT_DISPLACED:
            return _("Please choose another time: %(day)s, %(clock)s is gone", day=day, clock=clock)
        case Kind.APPOINTMENT_REMINDER:
            return _("Do not forget: %(day)s, %(clock)s", day=day, clock=clock)
        case Kind.APPOINTMENT_OFFERED:
            return _("Free for you: %(day)s, %(clock)s", day=day, clock=clock)
        case _booked:
            return _("Your appointment: %(day)s, %(clock)s", day=day, clock=clock)


def lead(_: PageTranslations, kind: Kind) -> Markup:
    """Say what is new."""
    match kind:
        case Kind.APPOINTMENT_MOVED:
            return _("Your appointment has another time now.")
        case Kind.APPOINTMENT_CANCELLED:
            return _("Your appointment is cancelled.")
        case Kind.APPOINTMENT_DISPLACED:
            return _("Your time is gone. We are sorry.")
        case Kind.APPOINTMENT_REMINDER:
            return _("Your appointment is soon.")
        case Kind.APPOINTMENT_OFFERED:
            return _("A time is free for you.")
        case _booked:
            return _("Your appointment is booked.")


def gone(_: PageTranslations, kind: Kind) -> Markup:
    """Say what to do where there is no time any more."""
    if kind is Kind.APPOINTMENT_DISPLACED:
        return _("The centre cannot keep this time. Choose another one; your code stays the same.")
    return _("There is nothing more to do. The time goes to somebody else.")


def when(_: PageTranslations, day: str, clock: str, zone: str) -> Markup:
    return _("When: %(day)s, %(clock)s (%(zone)s)", day=day, clock=clock, zone=zone)


def where(_: PageTranslations, centre: str) -> Markup:
    return _("Where: %(centre)s", centre=centre)


def remote(_: PageTranslations, channel: RemoteChannel) -> Markup:
    if channel is RemoteChannel.VIDEO:
        return _("By video: you need not come to the centre. The way to it is on the page of your appointment.")
    return _("By telephone: we call you on the number that you gave. You need not come to the centre.")


def party(_: PageTranslations, size: int) -> Markup:
    return _.ngettext("For %(count)s person", "For %(count)s people", size)


def code(_: PageTranslations, shown: str) -> Markup:
    return _("Your code: %(code)s", code=shown)


def at_kiosk(_: PageTranslations, clock: str) -> Markup:
    return _("Show this code at a kiosk from %(time)s on.", time=clock)


def document(_: PageTranslations) -> Markup:
    return _("Bring the document that you named when you booked.")


def bring(_: PageTranslations) -> Markup:
    """Head what they bring."""
    return _("What you bring")


def bring_there(_: PageTranslations, link: str) -> Markup:
    """Say where it stands, in a letter that does not say what for."""
    return _("What to bring is listed here: %(link)s", link=link)


def bring_button(_: PageTranslations) -> Markup:
    return _("See what to bring")


def change(_: PageTranslations, link: str) -> Markup:
    return _("Change or cancel: %(link)s", link=link)


def choose(_: PageTranslations, link: str) -> Markup:
    return _("Choose another time: %(link)s", link=link)


def change_button(_: PageTranslations) -> Markup:
    return _("Change or cancel")


def choose_button(_: PageTranslations) -> Markup:
    return _("Choose another time")


def picture(_: PageTranslations) -> Markup:
    """Say what the picture is to whoever cannot see it."""
    return _("The code for the kiosk")


def link_warning(_: PageTranslations) -> Markup:
    return _("Keep the link to yourself: whoever has it can change or cancel your time.")


def no_reminders(_: PageTranslations, link: str) -> Markup:
    return _("If you want no reminders: %(link)s", link=link)


def no_reminders_button(_: PageTranslations) -> Markup:
    return _("No more reminders")


def automatic(_: PageTranslations) -> Markup:
    return _("A machine has sent this message. Nobody reads an answer to it.")


def never_asked(_: PageTranslations) -> Markup:
    return _("In messages we never ask for money or for a password.")


# --- an offer to whoever waits ----------------------------------------------------------------------------------------


def held_until(_: PageTranslations, until: str) -> Markup:
    return _("It is held for you until %(time)s. Then it goes to the next, and you wait on.", time=until)


def take(_: PageTranslations, link: str) -> Markup:
    return _("Take it, or leave the list: %(link)s", link=link)


def take_button(_: PageTranslations) -> Markup:
    return _("Look at this time")


def offer_warning(_: PageTranslations) -> Markup:
    return _("Keep the link to yourself: whoever has it can take your time.")


# --- in calendars -----------------------------------------------------------------------------------------------------


def calendar_summary(_: PageTranslations) -> Markup:
    return _("Appointment")


def calendar_text(_: PageTranslations, *, is_remote: bool) -> Markup:
    if is_remote:
        return _("You need not come. Look here what to do, change or cancel:")
    return _("Show the code at a kiosk. Change or cancel here:")


# --- on a telephone ---------------------------------------------------------------------------------------------------


def short(_: PageTranslations, kind: Kind, centre: str, day: str, clock: str) -> Markup:
    match kind:
        case Kind.APPOINTMENT_MOVED:
            return _("%(centre)s: your new time is %(day)s, %(clock)s.", centre=centre, day=day, clock=clock)
        case Kind.APPOINTMENT_CANCELLED:
            return _(
                "%(centre)s: your appointment of %(day)s, %(clock)s is cancelled.", centre=centre, day=day, clock=clock
            )
        case Kind.APPOINTMENT_DISPLACED:
            return _(
                "%(centre)s: your time %(day)s, %(clock)s is gone, we are sorry. Choose another one.",
                centre=centre,
                day=day,
                clock=clock,
            )
        case Kind.APPOINTMENT_REMINDER:
            return _("%(centre)s: do not forget %(day)s, %(clock)s.", centre=centre, day=day, clock=clock)
        case Kind.APPOINTMENT_OFFERED:
            return _("%(centre)s: %(day)s, %(clock)s is free for you.", centre=centre, day=day, clock=clock)
        case _booked:
            return _("%(centre)s: your appointment is %(day)s, %(clock)s.", centre=centre, day=day, clock=clock)
