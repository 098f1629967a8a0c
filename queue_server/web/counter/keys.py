"""The action keys of the counter page: which there are at each stage, which can be pressed, and why not.

From call to finish the keys keep their places; one that cannot be used now stays, with its reason. The rules themselves
are the engine's: a key that is shown ready may still be refused.
"""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import CounterState, Micros, VisitId, VisitState
from queue_server.queue.settings import CentreSettings
from queue_server.queue.state import Counter, Undoable, Visit
from queue_server.web.counter.page import ActionKey, Parked
from queue_server.web.times import Clockface
from queue_server.web.wording import MarkupTranslations, pause_reason, ticket


class Situation(msgspec.Struct, frozen=True):
    """All that decides about the keys.

    ``api`` is the address of the counter's verbs, ``plate`` what its sign says; ``particular`` where there is anybody
    to call out of turn.
    """

    counter: Counter
    visit: Visit | None
    candidate: Visit | None
    after: Markup
    undoable: Undoable | None
    parked: tuple[Parked, ...]
    particular: bool
    settings: CentreSettings
    api: str
    plate: str
    now: Micros

    def of_keys(self) -> tuple[object, ...]:
        """Give all that the keys follow from of what changes of the day, and within a minute."""
        visit, late = self.visit, False
        if visit is not None:
            late = self.now >= missed_from(visit, self.settings)
        return self.counter, visit, self.after, self.undoable, self.parked, self.particular, late

    def of_big_key(self) -> tuple[object, ...]:
        return self.counter, self.visit is None, None if self.candidate is None else self.candidate.code


def missed_from(visit: Visit, settings: CentreSettings) -> int:
    """Instant from which a called visit may be declared missed."""
    return (visit.called_at or 0) + settings.missed_after


def may_miss(visit: Visit, settings: CentreSettings, now: int) -> bool:
    return visit.calls >= settings.missed_min_calls and now >= missed_from(visit, settings)


def _body(visit: VisitId | None) -> str:
    return msgspec.json.encode({"visit": visit} if visit is not None else {}).decode()


def _undo(s: Situation, _: MarkupTranslations, clock: Clockface) -> ActionKey:
    key = ActionKey("undo", "undo", _("Undo"), _("nothing to undo"), "U", "KeyU", ready=False)
    if s.undoable is None:
        return key
    done = s.undoable
    brings = _("brings %(code)s back to you", code=ticket(done.before.code))
    at = clock.hhmm(done.at)
    note = {
        "visit-called": _("the call"),
        "visit-recalled": _("the recall %(time)s", time=at),
        "visit-started": _("start %(time)s", time=at),
        "step-finished": brings,
        "visit-done": brings,
        "visit-missed": brings,
        "visit-transferred": brings,
        "visit-parked": brings,
        "visit-handed-back": brings,
        "visit-resumed": _("parks %(code)s again", code=ticket(done.before.code)),
    }.get(done.type, _("the last action, %(time)s", time=at))
    body = msgspec.json.encode({"seq": done.seq}).decode()
    return msgspec.structs.replace(key, note=note, ready=True, url=f"{s.api}/undo", body=body, slot=f"undo:{done.seq}")


def _missed(s: Situation, visit: Visit, _: MarkupTranslations, clock: Clockface) -> ActionKey:
    slot = f"missed:{visit.id}:{visit.last_seq}"
    key = ActionKey(
        "missed", "missed", _("Missed"), Markup(), "M", "KeyM", url=f"{s.api}/missed", body=_body(visit.id), slot=slot
    )
    if may_miss(visit, s.settings, s.now):
        return msgspec.structs.replace(key, note=_("nobody came"))
    if s.now < missed_from(visit, s.settings):
        note = _("from %(time)s", time=clock.hhmm(missed_from(visit, s.settings)))
    else:
        note = _("recall first")
    return msgspec.structs.replace(key, note=note, ready=False)


def _with_visit(s: Situation, visit: Visit, _: MarkupTranslations, clock: Clockface) -> tuple[ActionKey, ...]:
    body = _body(visit.id)
    call_next = ActionKey("call-next", "call", _("Call next"), _("finish first"), "Space", "Space", ready=False)
    undo = _undo(s, _, clock)
    aside = (
        ActionKey("transfer", "transfer", _("Transfer"), _("other step"), "T", "KeyT", dialog="transfer"),
        ActionKey("park", "park", _("Park"), _("for a while"), "P", "KeyP", dialog="park"),
    )
    slot = f"{visit.id}:{visit.last_seq}"
    if visit.state is VisitState.CALLED:
        again = visit.calls - 1
        note = _.ngettext("%(count)s so far", "%(count)s so far", again) if again else _("none so far")
        return (
            ActionKey(
                "start",
                "play",
                _("Start"),
                _("the person is here"),
                "Enter",
                "Enter",
                primary=True,
                url=f"{s.api}/start",
                body=body,
                slot=f"start:{slot}",
            ),
            msgspec.structs.replace(call_next, note=_("start first")),
            ActionKey(
                "recall",
                "recall",
                _("Recall"),
                note,
                "R",
                "KeyR",
                url=f"{s.api}/recall",
                body=body,
                slot=f"recall:{slot}",
            ),
            *aside,
            _missed(s, visit, _, clock),
            undo,
        )
    started = _("has started")
    return (
        ActionKey(
            "finish",
            "finish",
            _("Finish and hand on"),
            s.after,
            "F",
            "KeyF",
            primary=True,
            url=f"{s.api}/finish",
            body=body,
            slot=f"finish:{slot}",
        ),
        call_next,
        ActionKey("recall", "recall", _("Recall"), started, "R", "KeyR", ready=False),
        *aside,
        ActionKey("missed", "missed", _("Missed"), started, "M", "KeyM", ready=False),
        undo,
    )


def action_keys(s: Situation, _: MarkupTranslations, clock: Clockface) -> tuple[ActionKey, ...]:
    """Lay out the row of keys at the foot of the work area."""
    if s.visit is not None:
        return _with_visit(s, s.visit, _, clock)
    undo = _undo(s, _, clock)
    if s.counter.state is CounterState.CLOSED:
        return (undo,) if undo.ready else ()
    close = ActionKey(
        "close",
        "lock",
        _("Close"),
        _("nobody is called then"),
        "Shift C",
        "KeyC",
        shift=True,
        url=f"{s.api}/close",
        slot=f"close:{s.counter.since}",
    )
    if s.counter.state is CounterState.PAUSED:
        return (close, undo)
    pause = ActionKey("pause", "pause", _("Pause"), _("with a reason"), "Shift P", "KeyP", shift=True, dialog="pause")
    return (_particular(s, _), pause, _undo_key(s, _), close, undo)


def _particular(s: Situation, _: MarkupTranslations) -> ActionKey:
    note = _("out of turn") if s.particular else _("nobody to call")
    return ActionKey(
        "particular", "search", _("Call a visit"), note, "G", "KeyG", ready=s.particular, dialog="particular"
    )


def _undo_key(s: Situation, _: MarkupTranslations) -> ActionKey:
    key = ActionKey("take-back", "play", _("Take back"), _("nobody is parked"), "K", "KeyK", ready=False)
    if not s.parked:
        return key
    first = s.parked[0]
    note = Markup("{} {}").format(ticket(first.code), first.until or first.reason)
    return msgspec.structs.replace(key, note=note, ready=True, dialog="parked")


def big_key(s: Situation, _: MarkupTranslations) -> ActionKey | None:
    """Choose the one filled key beside the heading while nobody is at the counter."""
    if s.visit is not None:
        return None
    since = s.counter.since
    if s.counter.state is CounterState.CLOSED:
        return ActionKey(
            "open",
            "open",
            _("Open the counter"),
            _("counter %(plate)s", plate=s.plate),
            "O",
            "KeyO",
            primary=True,
            url=f"{s.api}/open",
            slot=f"open:{since}",
        )
    if s.counter.state is CounterState.PAUSED:
        note = (
            _("the pause ends")
            if s.counter.pause is None
            else _("the pause (%(reason)s) ends", reason=pause_reason(_, s.counter.pause))
        )
        return ActionKey(
            "open",
            "play",
            _("Go on"),
            note,
            "Shift P",
            "KeyP",
            shift=True,
            primary=True,
            url=f"{s.api}/open",
            slot=f"open:{since}",
        )
    if s.candidate is None:
        return ActionKey(
            "call-next", "call", _("Call next"), _("nobody waits for you"), "Space", "Space", primary=True, ready=False
        )
    note = _("%(code)s to counter %(plate)s", code=ticket(s.candidate.code), plate=s.plate)
    return ActionKey(
        "call-next",
        "call",
        _("Call next"),
        note,
        "Space",
        "Space",
        primary=True,
        url=f"{s.api}/call-next",
        slot=f"call-next:{since}",
    )
