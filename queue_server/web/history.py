"""What has happened to a visit today, and who did it: every event as a line, the newest first."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Actor, CallReason, CounterId, DeviceId, VisitId
from queue_server.eventlog.payload import Payload
from queue_server.queue import events as e
from queue_server.queue.state import DayState
from queue_server.web import wording
from queue_server.web.view_context import StaffView
from queue_server.web.wording import ticket


class HistoryEntry(msgspec.Struct, frozen=True):
    """``who`` is empty where it happened by itself; ``undone``: taken back later."""

    at: str
    icon: str
    text: Markup
    who: Markup
    undone: bool = False


class Onlooker(msgspec.Struct, frozen=True):
    """Whose page it is, and the display names of staff."""

    me: Actor = Actor("")
    names: Mapping[Actor, str] = {}


#: Somebody who has done nothing here.
NOBODY: Final = Onlooker()


def actors(state: DayState, visit: VisitId | None) -> frozenset[Actor]:
    """Name all who have acted on a visit, to look for their display names."""
    return frozenset() if visit is None else frozenset(event.actor for event in state.history.get(visit, ()))


def history(look: StaffView, visit: VisitId, onlooker: Onlooker) -> tuple[HistoryEntry, ...]:
    events = look.state.history.get(visit, ())
    undone = {event.body.undoes for event in events if isinstance(event.body, e.Undone)}
    deeds = []
    for event in events:
        icon, say = _SAYINGS[type(event.body)]
        deeds.append(
            HistoryEntry(
                at=look.clock.hhmm(event.at),
                icon=icon,
                text=say(look, event.body, visit, events),
                who=_who(look, event.actor, onlooker),
                undone=event.seq in undone,
            )
        )
    return tuple(reversed(deeds))


def _who(look: StaffView, actor: Actor, onlooker: Onlooker) -> Markup:
    if actor == onlooker.me:
        return look.words("you")
    kind, _, ident = actor.partition("/")
    name = onlooker.names.get(actor) or (look.known.devices.get(DeviceId(ident)) if kind == "device" else None)
    return Markup() if name is None else Markup.escape(name)


type _Saying = Callable[[StaffView, Any, VisitId, Iterable[e.DayEvent]], Markup]


def _plate(look: StaffView, counter: CounterId) -> str:
    return look.plate_of(counter)


def _issued(look: StaffView, _body: e.VisitIssued, *_more: object) -> Markup:
    return look.words("Ticket issued")


def _called(look: StaffView, body: e.VisitCalled, *_more: object) -> Markup:
    _ = look.words
    text = _("Called to counter %(plate)s", plate=_plate(look, body.counter))
    if body.reason is not None:
        return _and(look, text, wording.call_reason(_, body.reason))
    return _and(look, text, wording.call_reason(_, CallReason.LANGUAGE)) if body.rule is e.CallRule.LANGUAGE else text


def _and(look: StaffView, text: Markup, more: Markup) -> Markup:
    return look.words("%(deed)s: %(reason)s", deed=text, reason=more)


def _finished(look: StaffView, body: e.StepFinished, *_more: object) -> Markup:
    return look.words("%(step)s finished, on to %(next)s", step=look.step(body.step), next=look.step(body.next_step))


def _transferred(look: StaffView, body: e.VisitTransferred, *_more: object) -> Markup:
    _, stop = look.words, look.step(body.steps[body.at_step].step)
    if body.for_counter is None:
        text = _("Handed on to %(step)s", step=stop)
    else:
        text = _("Handed on to counter %(plate)s", plate=_plate(look, body.for_counter))
    return _and(look, text, wording.transfer_reason(_, body.reason))


def _parked(look: StaffView, body: e.VisitParked, *_more: object) -> Markup:
    return _and(look, look.words("Parked"), wording.park_reason(look.words, body.reason))


def _stepped_back(look: StaffView, body: e.VisitSteppedBack, *_more: object) -> Markup:
    count = body.minutes
    return look.words.ngettext("Asked for %(count)s min more", "Asked for %(count)s min more", count)


def _reclassified(look: StaffView, body: e.VisitReclassified, *_more: object) -> Markup:
    return _and(look, look.words("Category"), wording.category(look.words, body.category))


def _merged(look: StaffView, body: e.VisitMerged, visit: VisitId, *_more: object) -> Markup:
    other = look.state.visits[body.into if body.visit == visit else body.visit]
    if body.visit == visit:
        return look.words("Goes on with %(code)s", code=ticket(other.code))
    return look.words("Joined by %(code)s", code=ticket(other.code))


def _skipped(look: StaffView, body: e.StopsSkipped, *_more: object) -> Markup:
    _ = look.words
    return _("Cash desk left out: it is paid") if body.left is None else _("From the cash desk: it is paid")


def _undone(look: StaffView, body: e.Undone, visit: VisitId, events: Iterable[e.DayEvent]) -> Markup:
    was = next((event for event in events if event.seq == body.undoes), None)
    if was is None:
        return look.words("Taken back")
    what = _SAYINGS[type(was.body)][1](look, was.body, visit, events)
    return _and(look, look.words("Taken back"), what)


def _plainly(text: str) -> _Saying:
    return lambda look, *_more: look.words(text)


def _(text: str) -> str:
    """Mark a sentence for the translators; it is translated when it is shown."""
    return text


_SAYINGS: Final[dict[type[Payload], tuple[str, _Saying]]] = {
    e.VisitIssued: ("printer", _issued),
    e.VisitCalled: ("call", _called),
    e.VisitRecalled: ("recall", _plainly(_("Called again"))),
    e.VisitStarted: ("play", _plainly(_("Started"))),
    e.StepFinished: ("finish", _finished),
    e.VisitDone: ("okc", _plainly(_("Served to the end"))),
    e.VisitMissed: ("missed", _plainly(_("Nobody came"))),
    e.VisitCancelled: ("xc", _plainly(_("Cancelled"))),
    e.VisitNotServed: ("clock", _plainly(_("The day ended before its turn"))),
    e.VisitTransferred: ("transfer", _transferred),
    e.VisitParked: ("park", _parked),
    e.VisitResumed: ("seat", _plainly(_("Waits again"))),
    e.VisitReinstated: ("seat", _plainly(_("Waits again"))),
    e.VisitHandedBack: ("seat", _plainly(_("Given back to the queue"))),
    e.VisitSteppedBack: ("clock", _stepped_back),
    e.VisitOnTheWay: ("phone", _plainly(_("Said that they come"))),
    e.VisitReclassified: ("pen", _reclassified),
    e.VisitChanged: ("pen", _plainly(_("Party, language or services changed"))),
    e.VisitMerged: ("users", _merged),
    e.VisitNoted: ("pen", _plainly(_("Note written"))),
    e.TicketPrinted: ("printer", _plainly(_("Ticket printed"))),
    e.VisitApplied: ("doc", _plainly(_("Application named"))),
    e.VisitPaid: ("card", _plainly(_("Paid"))),
    e.StopsSkipped: ("card", _skipped),
    e.VisitCarriedOver: ("clock", _plainly(_("Goes on tomorrow"))),
    e.VisitTakenOver: ("clock", _plainly(_("Came over from the day before"))),
    e.Undone: ("undo", _undone),
}
