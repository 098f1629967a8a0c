"""A checklist as its stream leaves it: what was said and found of each item. Pure."""

import msgspec

from queue_server.domain.requirements import RequiredItem, RequirementStatus
from queue_server.domain.values import CentreId, Micros, StepId, VisitId
from queue_server.eventlog.payload import Payload, UnknownEventError
from queue_server.requirements.events import (
    ChecklistStated,
    IncompleteAccepted,
    RequirementChecked,
    RequirementReverted,
)


class Mark(msgspec.Struct, frozen=True):
    """What staff found of an item, at ``at`` by the event ``seq``; ``before`` is what stood there, if anything."""

    item: RequiredItem
    status: RequirementStatus
    seq: int
    at: Micros
    before: RequirementStatus | None = None


class Acceptance(msgspec.Struct, frozen=True):
    """With what missing a visit may go on to a step."""

    step: StepId
    missing: tuple[RequiredItem, ...]


class Checklist(msgspec.Struct, frozen=True):
    """All of a visit; ``lacking`` is what its people did not say that they have, ``stated`` whether they were asked."""

    visit: VisitId
    centre: CentreId
    changed_at: Micros
    seq: int
    marks: tuple[Mark, ...] = ()
    stated: bool = False
    lacking: tuple[RequiredItem, ...] = ()
    accepted: tuple[Acceptance, ...] = ()

    @property
    def found(self) -> dict[RequiredItem, RequirementStatus]:
        return {one.item: one.status for one in self.marks}


def mark_of(checklist: Checklist | None, item: RequiredItem) -> Mark | None:
    return None if checklist is None else next((one for one in checklist.marks if one.item == item), None)


def evolve(before: Checklist | None, body: Payload, seq: int, at: Micros) -> Checklist:
    """Fold one event into a checklist; any of them but one that takes back may be the first.

    Raises:
        UnknownEventError: it does not belong here.
    """
    if before is None:
        if not isinstance(body, (ChecklistStated, RequirementChecked, IncompleteAccepted)):
            raise UnknownEventError(type=body.type, v=body.v)
        before = Checklist(body.visit, body.centre, at, 0)
    now = msgspec.structs.replace(before, changed_at=at, seq=seq)
    match body:
        case ChecklistStated():
            return msgspec.structs.replace(now, stated=True, lacking=body.lacking)
        case RequirementChecked():
            item = RequiredItem(body.service, body.requirement, body.band, body.number)
            known = mark_of(before, item)
            return _marked(now, item, Mark(item, body.status, seq, at, None if known is None else known.status))
        case RequirementReverted():
            wrong = next((one for one in before.marks if one.seq == body.checked), None)
            if wrong is None:
                raise UnknownEventError(type=body.type, v=body.v)
            # What was taken back cannot be taken back again: no more than one step leads back.
            back = None if wrong.before is None else Mark(wrong.item, wrong.before, seq, at, wrong.before)
            return _marked(now, wrong.item, back)
        case IncompleteAccepted():
            others = tuple(one for one in before.accepted if one.step != body.step)
            return msgspec.structs.replace(now, accepted=(*others, Acceptance(body.step, body.missing)))
        case _:
            raise UnknownEventError(type=body.type, v=body.v)


def _marked(checklist: Checklist, item: RequiredItem, mark: Mark | None) -> Checklist:
    others = tuple(one for one in checklist.marks if one.item != item)
    return msgspec.structs.replace(checklist, marks=others if mark is None else (*others, mark))
