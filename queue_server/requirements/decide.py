"""Decides on a checklist. Pure: what is asked of the party comes in as ``wanted``."""

from collections.abc import Collection

from queue_server.domain.requirements import RequiredItem, RequirementStatus
from queue_server.domain.values import CentreId, StepId, VisitId
from queue_server.eventlog.payload import Payload
from queue_server.requirements.errors import (
    ChecklistChangedError,
    RequirementMarkGoneError,
    RequirementUnknownError,
)
from queue_server.requirements.events import (
    ChecklistStated,
    IncompleteAccepted,
    RequirementChecked,
    RequirementReverted,
)
from queue_server.requirements.model import Checklist, mark_of


def state_lacking(
    before: Checklist | None, visit: VisitId, centre: CentreId, lacking: tuple[RequiredItem, ...]
) -> tuple[Payload, ...]:
    """Store what people said at a kiosk, once."""
    if before is not None and before.stated:
        return ()
    return (ChecklistStated(visit, centre, lacking),)


def check(  # noqa: PLR0917 - what is said of what
    before: Checklist | None,
    visit: VisitId,
    centre: CentreId,
    wanted: Collection[RequiredItem],
    item: RequiredItem,
    status: RequirementStatus,
) -> tuple[Payload, ...]:
    """Say what was found of an item; the same again says nothing.

    Raises:
        RequirementUnknownError: it is not asked of this party.
    """
    if item not in wanted:
        raise RequirementUnknownError(requirement=item.requirement)
    known = mark_of(before, item)
    if known is not None and known.status is status:
        return ()
    return (
        RequirementChecked(
            visit=visit,
            centre=centre,
            service=item.service,
            requirement=item.requirement,
            band=item.band,
            number=item.number,
            status=status,
        ),
    )


def revert(before: Checklist | None, checked: int) -> tuple[Payload, ...]:
    """Take back what the event ``checked`` said, while nothing else was said of its item.

    Raises:
        RequirementMarkGoneError: something else stands there.
    """
    mark = None if before is None else next((one for one in before.marks if one.seq == checked), None)
    if before is None or mark is None or mark.before is mark.status:
        raise RequirementMarkGoneError
    return (RequirementReverted(before.visit, checked),)


def accept(  # noqa: PLR0917 - what is accepted of what
    before: Checklist | None,
    visit: VisitId,
    centre: CentreId,
    step: StepId,
    missing: tuple[RequiredItem, ...],
    shown: Collection[RequiredItem],
) -> tuple[Payload, ...]:
    """Let a visit go on to a step with what is ``missing``, which must be what was ``shown``.

    Raises:
        ChecklistChangedError: it is not.
    """
    if set(missing) != set(shown):
        raise ChecklistChangedError
    if not missing or is_accepted(before, step, missing):
        return ()
    return (IncompleteAccepted(visit, centre, step, missing),)


def is_accepted(checklist: Checklist | None, step: StepId, missing: Collection[RequiredItem]) -> bool:
    """Tell whether staff have let the visit go on to a step with all that is missing."""
    accepted = () if checklist is None else checklist.accepted
    return any(one.step == step and set(missing) <= set(one.missing) for one in accepted)
