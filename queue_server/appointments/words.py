"""What staff and auditors read of appointments."""

from typing import Final

from markupsafe import Markup

from queue_server.framework.words import PageTranslations, Vocabulary


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what a refusal means to the person at a page."""
    return {
        "appointment-unknown": _("There is no such appointment here."),
        "appointments-not-offered": _("No appointments are given for this. Take a number at the centre."),
        "time-not-offered": _("This time cannot be chosen. Choose one of those that are shown."),
        "service-closed-today": _("This is closed for today. Choose a time on another day."),
        "time-taken": _("Somebody else has just taken this time. Choose another one."),
        "hold-over": _("The time was kept for some minutes, and that is over. Choose a time again."),
        "appointment-state": _("This appointment has been cancelled, moved or used. Look at it again."),
        "too-late-to-change": _("It is too late to change this here. Ask the centre."),
        "booking-limit": _("There are already as many appointments with this document or contact as one may have."),
        "telephone-needed": _("We call you for this. A telephone number is needed."),
        "waitlist-unknown": _("There is nobody of that name on the waiting list here."),
        "waitlist-invalid": _("Give days that can be booked, and an e-mail address or a telephone number."),
        "offer-over": _("This time is not held for you any more."),
        "day-change-invalid": _("This changes nothing on this day. Check the hours and the counters."),
        "day-change-concerns": _("It now concerns other people than those you were shown. Look at the list again."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done with a day and its appointments."""
    return {
        "appointment-day-opened": _("First appointment asked for on this day"),
        "time-held": _("Time kept while somebody typed"),
        "hold-released": _("Time kept no longer"),
        "appointment-booked": _("Appointment booked"),
        "appointment-rescheduled": _("Appointment moved within the day"),
        "appointment-moved-out": _("Appointment moved to another day"),
        "appointment-moved-in": _("Appointment moved here from another day"),
        "appointment-cancelled": _("Appointment cancelled"),
        "appointment-checked-in": _("Came to the appointment"),
        "appointment-missed": _("Nobody came to the appointment"),
        "appointment-day-changed": _("Staffing of the day changed"),
        "appointment-day-restored": _("Change of the staffing taken back"),
        "appointment-reassigned": _("Another counter serves the appointment"),
        "appointment-displaced": _("Time of the appointment taken away"),
        "waitlist-joined": _("Somebody waits for a free time"),
        "waitlist-offered": _("Free time offered to somebody who waits"),
        "waitlist-offer-lapsed": _("Offered time not taken"),
        "waitlist-served": _("Offered time booked"),
        "waitlist-left": _("Somebody waits for a time no more"),
        "waitlist-ended": _("No time came free for somebody who waited"),
    }


VOCABULARY: Final = Vocabulary(refusals=refusals, deeds=deeds)
