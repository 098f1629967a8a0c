"""What staff, managers and auditors read of the day of a centre and of its record."""

from typing import Final

from markupsafe import Markup

from queue_server.centre.conditions import DATABASE_REPLACED, WITNESS_SILENT
from queue_server.framework.words import ConditionText, PageTranslations, Vocabulary

_MINUTE: Final = 60


def refusals(_: PageTranslations) -> dict[str, Markup]:
    """Say what each refusal of the queue means to the person at a page."""
    return {
        "counter-busy": _("Somebody is at this counter already."),
        "counter-free": _("Nobody is at this counter any more."),
        "counter-not-open": _("This counter is not open."),
        "counter-unknown": _("This counter is not set up any more."),
        "visit-unknown": _("This visit is not in today's queue."),
        "visit-not-here": _("This visit is not at your counter any more."),
        "visit-not-called": _("This visit is not called any more."),
        "visit-not-started": _("This visit has not been started."),
        "visit-being-served": _("This visit is being served already."),
        "visit-ended": _("This visit is over."),
        "visit-at-counter": _("This visit is at a counter."),
        "visit-missed": _("This visit was missed. Let it wait again first."),
        "visit-not-missed": _("This visit was neither missed nor cancelled."),
        "visit-not-parked": _("This visit is not parked any more."),
        "visit-not-waiting": _("This visit does not wait for a call now."),
        "more-time-not-offered": _("So much time cannot be given."),
        "more-time-used": _("This visit has had more time as often as it can have."),
        "visit-merged": _("Its party goes on with another ticket."),
        "service-unknown": _("This service is not offered any more."),
        "service-begun": _("A service that was begun cannot be left out."),
        "step-unknown": _("This step is not offered any more."),
        "plan-empty": _("Nothing would be left to do. Finish or cancel the visit instead."),
        "plan-too-long": _("The visit has too many steps."),
        "transfer-target": _("Choose a step or a counter."),
        "transfer-to-itself": _("The visit is at this counter."),
        "merge-with-itself": _("This is the same ticket."),
        "appointment-unproved": _("An appointment has to be proved; it cannot be set."),
        "check-in-refused": _("With this appointment nobody comes in now: look at its day, time and centre."),
        "party-size": _("So many people are too many for one ticket."),
        "code-taken": _("Another ticket has this number today."),
        "counter-not-silent": _("Somebody is at that counter again."),
        "skills-not-set-up": _("This counter is not set up for that."),
        "notes-full": _("This visit has as many notes as it can have."),
        "applications-full": _("This visit has as many applications as it can have."),
        "notices-full": _("So many announcements are shown already. End one first."),
        "missed-too-early": _("It is too early to say that nobody came."),
        "undo-nothing": _("There is nothing to undo."),
        "undo-not-yours": _("Another counter did this."),
        "undo-too-late": _("It is too late to undo this."),
        "day-closed": _("This day is closed. The page loads the new one by itself."),
        "day-not-open": _("The day has not begun."),
        "help-unknown": _("This help call is not there any more."),
    }


def deeds(_: PageTranslations) -> dict[str, Markup]:
    """Say what was done to a visit, at a counter, or to the day."""
    return {
        "day-opened": _("The day was opened"),
        "day-closed": _("The day was closed and signed"),
        "day-abandoned": _("The day was given up: it had been opened by mistake"),
        "day-reopened": _("The day was opened again"),
        "visit-issued": _("Ticket issued"),
        "visit-called": _("Called"),
        "visit-recalled": _("Called again"),
        "visit-started": _("Began to serve"),
        "step-finished": _("Finished a step"),
        "visit-done": _("Served to the end"),
        "visit-missed": _("Marked as missed"),
        "visit-cancelled": _("Visit cancelled"),
        "visit-not-served": _("Not served before the day ended"),
        "visit-transferred": _("Transferred"),
        "visit-parked": _("Put aside"),
        "visit-resumed": _("Taken back from aside"),
        "visit-reinstated": _("Let wait again"),
        "visit-stepped-back": _("Asked for more time"),
        "visit-on-the-way": _("Said that they come"),
        "visit-reclassified": _("Category changed"),
        "visit-changed": _("Services, party or language changed"),
        "visit-merged": _("Goes on with another ticket"),
        "visit-noted": _("Note written"),
        "ticket-printed": _("Ticket printed"),
        "visit-applied": _("Application named at the visit"),
        "visit-paid": _("Fee of the visit settled"),
        "stops-skipped": _("Stop left out: it is paid"),
        "visit-handed-back": _("Given back to the queue"),
        "visit-carried-over": _("Taken over into the next day"),
        "visit-taken-over": _("Taken over from the day before"),
        "undone": _("Took the last action back"),
        "counter-opened": _("Counter opened"),
        "counter-closed": _("Counter closed"),
        "counter-paused": _("Counter paused"),
        "help-called": _("Staff called for help"),
        "help-taken": _("Help call taken"),
        "help-withdrawn": _("Help call ended by itself"),
        "notice-shown": _("Notice shown"),
        "notice-ended": _("Notice ended"),
        "intake-changed": _("Issuing of tickets stopped or begun again"),
        "service-closed": _("Service closed for the day"),
        "service-reopened": _("Service given again that was closed for the day"),
        "configuration-changed": _("Set-up changed"),
    }


def _replaced(_: PageTranslations, streams: int) -> ConditionText:
    del streams
    return ConditionText(
        _("The server's database is an older copy"),
        _("Kiosks tell it again what they gave and took since; what counters did since is lost."),
    )


def _silent(_: PageTranslations, seconds: int) -> ConditionText:
    head = _.ngettext(
        "The second machine has not kept the log's signature for %(count)s minute",
        "The second machine has not kept the log's signature for %(count)s minutes",
        max(1, seconds // _MINUTE),
    )
    return ConditionText(
        head, _("Work goes on. Call a technician: until it is back nobody outside can prove what was recorded.")
    )


VOCABULARY: Final = Vocabulary(
    refusals=refusals, deeds=deeds, conditions={DATABASE_REPLACED.code: _replaced, WITNESS_SILENT.code: _silent}
)
