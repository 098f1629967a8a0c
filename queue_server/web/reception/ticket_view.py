"""The ticket in the hand: what it is, where it stands, and what can be done with it here."""

import msgspec
from markupsafe import Markup

from queue_server.centre.views import place, visit_view
from queue_server.contract.visits import VisitStepView
from queue_server.domain.values import ServiceId, VisitState
from queue_server.queue.state import Visit
from queue_server.web import wording
from queue_server.web.reception import page, words
from queue_server.web.reception.page import Press
from queue_server.web.view_context import PageReader, StaffView, Tag

#: States in which a party can go together with another one.
JOINABLE = frozenset({VisitState.WAITING, VisitState.PARKED, VisitState.MISSED, VisitState.CALLED, VisitState.SERVING})
_RUNNING = JOINABLE


class Data(msgspec.Struct, frozen=True):
    """What the dialogs need of the visit."""

    id: str
    code: str
    services: tuple[ServiceId, ...]
    party_size: int
    language: str
    category: str
    state: str


def shown(look: StaffView, visit: Visit, person: PageReader) -> page.TicketView:
    """Show a ticket; ``person`` reads the language in which something is said to them."""
    before = place(look.state, visit)
    view = visit_view(visit, before)
    data = Data(
        visit.id, visit.code, visit.services, visit.party_size, visit.language, visit.category.value, visit.state.value
    )
    return page.TicketView(
        visit=visit.id,
        code=visit.code,
        state=visit.state.value,
        head=words.state(look, visit),
        foot=_foot(look, visit),
        services=tuple(service_name(look, service) for service in visit.services),
        governments=_governments(look, visit),
        tags=_tags(look, visit),
        sentence=_sentence(look, visit, before),
        say=read_aloud(visit, person, look, before),
        say_language=person.language,
        write=_write(look, visit),
        stops=tuple(_stop(look, step) for step in view.steps),
        acts=acts(look, visit),
        notes=len(visit.notes),
        data=msgspec.json.encode(data).decode(),
    )


def service_name(look: StaffView, service: ServiceId) -> str:
    known = look.services.get(service)
    return service if known is None else look.name(known.name, known.id)


def _governments(look: StaffView, visit: Visit) -> Markup:
    governments = dict.fromkeys(plan.government for plan in visit.steps)
    return look.words(", ").join(look.government(one) for one in governments)


def _foot(look: StaffView, visit: Visit) -> Markup:
    _, time = look.words, look.clock.hhmm(visit.issued_at)
    name = None if visit.device is None else look.known.devices.get(visit.device)
    return _("issued %(time)s", time=time) if name is None else _("issued %(time)s, %(place)s", time=time, place=name)


def _tags(look: StaffView, visit: Visit) -> tuple[Tag, ...]:
    wish = (Tag(look.words("Asks for priority"), "help"),) if visit.asks_priority else ()
    return (*wish, *look.tags(visit))


def _sentence(look: StaffView, visit: Visit, before: int | None) -> Markup:
    if before is None:
        return Markup()
    ahead = look.words.ngettext("%(count)s number before this one.", "%(count)s numbers before this one.", before)
    return Markup("{} {}").format(look.why(visit), ahead)


def read_aloud(visit: Visit, person: PageReader, look: StaffView, before: int | None) -> Markup:
    """Word what to read out to the person, in their language."""
    _, code = person.words, wording.ticket(visit.code)
    plate = "" if visit.counter is None else look.plate_of(visit.counter)
    match visit.state:
        case VisitState.WAITING:
            ahead = _.ngettext("%(count)s number before you.", "%(count)s numbers before you.", before or 0)
            call = _("Your number is %(code)s. Watch the boards: they show it.", code=code)
            return Markup("{} {}").format(call, ahead)
        case VisitState.CALLED | VisitState.SERVING:
            return _("Your number is %(code)s. Please go to counter %(plate)s.", code=code, plate=plate)
        case _other:
            return Markup()


def _write(look: StaffView, visit: Visit) -> Markup:
    if visit.state is not VisitState.WAITING:
        return Markup()
    return look.words(
        "No printer? Write %(code)s and %(time)s on paper, large.",
        code=wording.ticket(visit.code),
        time=look.clock.hhmm(visit.issued_at),
    )


def _stop(look: StaffView, step: VisitStepView) -> page.TicketStopView:
    _ = look.words
    note = {
        "done": _("done"),
        "now": _("now"),
        "next": Markup(),
        "skipped": _("not needed"),
    }[step.state]
    return page.TicketStopView(look.step(step.id), wording.step_icon(step.id), step.state, note)


def acts(look: StaffView, visit: Visit) -> tuple[Press, ...]:
    """List what can be done with the visit as it is; the engine has the last word."""
    _, state = look.words, visit.state
    base = f"/api/v1/centres/{look.state.centre}/visits/{visit.id}"
    slot = f"{visit.id}:{visit.last_seq}"
    made = [Press("print", "printer", _("Print"), link=f"/reception/paper/{visit.id}")]
    if state in (VisitState.MISSED, VisitState.CANCELLED) and visit.merged_into is None:
        made.append(Press("reinstate", "undo", _("Let wait again"), f"{base}/reinstate", slot=f"reinstate:{slot}"))
    if state is VisitState.PARKED:
        made.append(Press("resume", "play", _("Let wait again"), f"{base}/resume", slot=f"resume:{slot}"))
    if state in _RUNNING:
        made += [
            Press("change", "pen", _("Change"), dialog="change"),
            Press("category", "tag", _("Category"), dialog="category"),
            Press("merge", "users", _("Join a family"), dialog="merge"),
            Press("seal", "stamp", _("Check a seal"), dialog="seal"),
            Press("forms", "pen", _("Forms"), link=f"/visit-forms?visit={visit.id}"),
        ]
    if state in (VisitState.CALLED, VisitState.SERVING) and visit.counter is not None:
        counter = f"/api/v1/centres/{look.state.centre}/counters/{visit.counter}/hand-back"
        body = msgspec.json.encode({"visit": visit.id}).decode()
        made.append(Press("hand-back", "recall", _("Back to the queue"), counter, body, f"hand-back:{slot}"))
    made.append(Press("notes", "doc", _("Notes"), dialog="noting"))
    if state in (VisitState.WAITING, VisitState.PARKED, VisitState.MISSED, VisitState.CALLED):
        made.append(Press("cancel", "x", _("Cancel"), dialog="cancel"))
    return tuple(made)
