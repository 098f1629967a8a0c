"""Words of the page of appointments, and of what whoever comes with one is told. Pure."""

from markupsafe import Markup

from queue_server.domain.appointments import AppointmentState
from queue_server.framework.words import PageTranslations


def state(_: PageTranslations, one: AppointmentState) -> Markup:
    """Say how an appointment is, in a word or two."""
    return {
        AppointmentState.BOOKED: _("booked"),
        AppointmentState.CHECKED_IN: _("has come"),
        AppointmentState.CANCELLED: _("cancelled"),
        AppointmentState.MISSED: _("did not come"),
        AppointmentState.DISPLACED: _("time taken away"),
        AppointmentState.MOVED: _("moved to another day"),
    }[one]


def done(_: PageTranslations, one: str) -> Markup:
    """Say what the last press has done; nothing where the address says what is none."""
    known = {
        "book-appointment": _("Booked. Print the slip, or read the code out."),
        "move-appointment": _("Moved. Code and link stay the same; print a new slip."),
        "cancel-appointment": _("Cancelled. The time goes to somebody else."),
    }
    return known.get(one, Markup())


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means at this desk, where that is not what it means everywhere."""
    return {
        "appointments-not-offered": _("No appointments are given for this: they take a number when they come."),
        "time-taken": _("Somebody else has just taken this time. Take another one."),
        "hold-over": _("The time was kept for some minutes, and that is over. Take a time again."),
        "contact-invalid": _(
            "The e-mail address or the telephone number is not right. A number begins with + and the country."
        ),
        "body-invalid": _("Something in the form is not as it should be. Look at each field."),
    }


def key_table(_: PageTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    field = _("in the field for services")
    return (
        ("F1", _("All keys"), _("always")),
        ("F2", _("New appointment"), _("always")),
        ("1–9", _("Choose in the list of services"), field),  # noqa: RUF001 - a range is written with a dash
        ("Enter", _("Go to the next free time; take the time with the ring"), _("a service is chosen")),
        ("↑ ↓ ← →", _("Go over days and times"), _("times are shown")),
        ("F4", _("Find an appointment"), _("always")),
        ("F6", _("They are here: issue the ticket"), _("an appointment of today is shown, at reception")),
        ("F3", _("Choose another time"), _("an appointment is shown")),
        ("F7", _("Print the slip"), _("an appointment is shown")),
        ("F10", _("Cancel the appointment"), _("an appointment is shown")),
        ("F9", _("Take the first help call"), _("a help call is there")),
        ("Esc", _("One step back, then to where you came from"), _("always")),
    )
