"""Finds visits of today by their ticket, whatever has become of them, and says what this counter can do with each."""

import re
from collections.abc import Iterable
from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.domain.values import VisitId, VisitState
from queue_server.queue.state import Visit
from queue_server.web import wording
from queue_server.web.counter.counter_context import CounterLook
from queue_server.web.counter.visit_status import standing

#: Visits that are shown at once: as many as there are digits to choose with.
MAX: Final = 9
_CODE: Final = re.compile(r"([A-Z]?)(\d{0,4})", re.ASCII)
#: From these a visit can be called, whatever its place.
CALLABLE: Final = (VisitState.WAITING, VisitState.PARKED, VisitState.MISSED)
#: In this order where nothing is asked for: what somebody who asks at a counter is most likely about.
_LIKELY: Final = (VisitState.PARKED, VisitState.MISSED, VisitState.WAITING, VisitState.CALLED, VisitState.SERVING)


class FoundVisit(msgspec.Struct, frozen=True):
    """``again`` is the verb that lets the visit wait again, where it does not; ``may_call`` where it can be called."""

    id: VisitId
    code: str
    what: Markup
    standing: Markup
    icon: str
    may_call: bool
    again: str


def matches(code: str, wanted: str) -> bool:
    """Tell whether ``wanted`` may mean this ticket: a letter, digits with or without zeros, or both."""
    parts = _CODE.fullmatch(re.sub(r"[\s-]", "", wanted).upper())
    if parts is None:
        return False
    letter, digits = parts.groups()
    if letter and letter != code[0]:
        return False
    return not digits or code[1:].startswith(digits) or int(code[1:]) == int(digits)


def _exactness(visit: Visit, wanted: str) -> bool:
    digits = re.sub(r"\D", "", wanted)
    return not (digits and int(digits) == int(visit.code[1:]))


def find(look: CounterLook, wanted: str, *, callable_only: bool = False) -> tuple[FoundVisit, ...]:
    """List the visits that match; without anything to match, those that are most likely meant."""
    pool: Iterable[Visit] = look.state.visits.values()
    if callable_only:
        pool = [visit for visit in pool if visit.state in CALLABLE]
    if wanted.strip():
        found = [visit for visit in pool if matches(visit.code, wanted)]
        found.sort(key=lambda visit: (_exactness(visit, wanted), _rank(visit), visit.key))
    else:
        own = {visit.id for visit in look.queue}
        found = [visit for visit in pool if visit.state in _LIKELY]
        found.sort(key=lambda visit: (visit.id not in own, visit.key) if callable_only else (_rank(visit), visit.key))
    return tuple(_found(look, visit) for visit in found[:MAX])


def _rank(visit: Visit) -> int:
    return _LIKELY.index(visit.state) if visit.state in _LIKELY else len(_LIKELY)


def _found(look: CounterLook, visit: Visit) -> FoundVisit:
    icon, words = standing(look, visit)
    again = {VisitState.PARKED: "resume", VisitState.MISSED: "reinstate", VisitState.CANCELLED: "reinstate"}
    return FoundVisit(
        id=visit.id,
        code=visit.code,
        what=Markup("{} \N{MIDDLE DOT} {}").format(look.service(visit), wording.category(look.words, visit.category)),
        standing=words,
        icon=icon,
        may_call=visit.state in CALLABLE,
        again="" if visit.merged_into is not None else again.get(visit.state, ""),
    )
