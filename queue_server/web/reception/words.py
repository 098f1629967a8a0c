"""Words of the reception page: what becomes of a ticket, and what each refusal means to the person at the desk."""

from markupsafe import Markup

from queue_server.domain.values import VisitState
from queue_server.framework.parts import KeyLine
from queue_server.queue.state import Visit
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations, ticket


def state(look: StaffView, visit: Visit) -> Markup:  # noqa: PLR0911 - one a state
    """Say where a visit stands, in a few words."""
    _ = look.words
    plate = "" if visit.counter is None else look.plate_of(visit.counter)
    match visit.state:
        case VisitState.WAITING:
            return _("waits for %(step)s", step=look.step(visit.step.step))
        case VisitState.CALLED:
            return _("called to counter %(plate)s", plate=plate)
        case VisitState.SERVING:
            return _("at counter %(plate)s", plate=plate)
        case VisitState.PARKED:
            return _("parked")
        case VisitState.MISSED:
            return _("did not come")
        case VisitState.DONE:
            return _("served to the end")
        case VisitState.CANCELLED:
            into = None if visit.merged_into is None else look.state.visits.get(visit.merged_into)
            return _("cancelled") if into is None else _("goes on with %(code)s", code=ticket(into.code))
        case VisitState.NOT_SERVED:
            return _("not served before the end of the day")


def refusals(_: MarkupTranslations) -> dict[str, Markup]:
    """Say what a refusal means at this desk, where that is not what it means everywhere (``staff.refusals``)."""
    return {
        "visit-unknown": _("This ticket is not in today's queue."),
        "visit-at-counter": _("Somebody at a counter has called this ticket. Ask them."),
        "counter-not-silent": _("Somebody is signed in at that counter. Ask them, or a manager."),
        "service-unknown": _("This service is not offered any more. Load the page again."),
        "series-unavailable": _("There are no numbers left for reception today. Tell a manager."),
        "series-exhausted": _("There are no numbers left for reception today. Tell a manager."),
        "body-invalid": _("Something in the form is not as it should be. Look at each field."),
        "idempotency-key-reused": _(
            "This form was sent before with other words. Look in the list whether the ticket is there."
        ),
    }


def key_table(_: MarkupTranslations, brought: tuple[KeyLine, ...]) -> tuple[KeyLine, ...]:
    """List all keys: cap, what it does, when; ``brought`` are those of the parts of rooms."""
    return (
        ("F1", _("All keys"), _("always")),
        ("F2", _("New ticket"), _("always")),
        ("1–9", _("Choose in the list of services"), _("in the field for services")),  # noqa: RUF001 - a range is written with a dash
        ("↑ ↓", _("Move in the list"), _("in the field for services")),
        ("⌫", _("One step back; take out the last service"), _("in the empty field for services")),
        ("Enter", _("Issue the ticket"), _("a service is chosen")),
        ("F4", _("Find a ticket"), _("always")),
        ("Shift F4", _("How long?"), _("always")),
        *brought,
        ("F7", _("Print the ticket that is shown"), _("a ticket is shown")),
        ("F9", _("Take the first help call"), _("a help call is there")),
        ("F10", _("Go to the first who asks for priority"), _("somebody asks for it")),
        ("Esc", _("Leave a dialog"), _("in a dialog")),
    )
