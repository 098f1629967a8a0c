"""The buttons of what managers may do at a counter that is not theirs. Pure, and remembered.

They follow from the counter and whom it has alone, and one event changes one counter of twenty: with the others a page
would be busy for most of its drawing.
"""

from functools import lru_cache
from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.domain.values import CounterState, PauseReason, VisitId
from queue_server.queue.state import Counter
from queue_server.web import wording
from queue_server.web.manager.page import ActionButton
from queue_server.web.wording import MarkupTranslations, ticket

_NONE: Final = Markup()
_REMEMBERED: Final = 4096


class CounterMoment(msgspec.Struct, frozen=True):
    """A counter as its buttons need it; ``api`` is the address of its centre, ``visit`` and ``code`` whom it has."""

    api: str
    counter: Counter
    visit: VisitId | None = None
    code: str = ""


@lru_cache(_REMEMBERED)
def acts(_: MarkupTranslations, here: CounterMoment) -> tuple[ActionButton, ...]:
    """List all that can be done at a counter; what cannot be done now says why."""
    state = here.counter.state
    closed = _("is closed") if state is CounterState.CLOSED else _NONE
    paused = _("is paused") if state is CounterState.PAUSED else _NONE
    why = _busy(_, here) or closed or paused
    pauses = (
        _act(
            here,
            "pause",
            _("Pause: %(reason)s", reason=wording.pause_reason(_, reason)),
            why=why,
            body={"reason": reason.value},
        )
        for reason in PauseReason
    )
    going_on = _NONE if state is CounterState.PAUSED else _("is not paused")
    return (
        hand_back(_, here),
        *pauses,
        _act(here, "open", _("Let it go on"), why=going_on),
        close(_, here),
    )


def hand_back(_: MarkupTranslations, here: CounterMoment) -> ActionButton:
    if here.visit is None:
        return _act(here, "hand-back", _("Hand back"), why=_("nobody is there"))
    return _act(here, "hand-back", _("Hand back %(code)s", code=ticket(here.code)), body={"visit": here.visit})


def close(_: MarkupTranslations, here: CounterMoment) -> ActionButton:
    closed = _("is closed") if here.counter.state is CounterState.CLOSED else _NONE
    return _act(here, "close", _("Close the counter"), why=_busy(_, here) or closed)


def _busy(_: MarkupTranslations, here: CounterMoment) -> Markup:
    return _NONE if here.visit is None else _("hand back %(code)s first", code=ticket(here.code))


def _act(
    here: CounterMoment, verb: str, label: Markup, *, why: Markup = _NONE, body: dict[str, str] | None = None
) -> ActionButton:
    """Offer a verb of the API; ``why`` says why it is not possible now."""
    counter, reason = here.counter, "" if body is None else body.get("reason", "")
    return ActionButton(
        act=f"{verb}-{counter.id}-{reason}" if reason else f"{verb}-{counter.id}",
        label=label,
        url=f"{here.api}/counters/{counter.id}/{verb}",
        slot=f"{verb}:{counter.id}:{reason}:{counter.since}",
        body=msgspec.json.encode(body or {}).decode(),
        ready=not why,
        note=why,
    )
