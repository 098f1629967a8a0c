"""Messages of the checklist of a visit: what its party brings, and what of it is there."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from queue_server.contract.base import Message, Name
from queue_server.contract.feeds import EntityFrame
from queue_server.contract.requirements import StatedItem
from queue_server.domain.requirements import RequirementId, RequirementStatus
from queue_server.domain.values import BandId, ServiceId, StepId, VisitId


class CheckRequirementRequest(StatedItem, frozen=True, kw_only=True):
    """Say what was found of an item."""

    status: RequirementStatus
    """What was found."""


class RevertRequirementRequest(Message, frozen=True):
    """Take back what was said last of an item."""

    seq: Annotated[int, Meta(ge=1)]
    """`seq` of the item, as it was shown."""


class AcceptIncompleteRequest(Message, frozen=True):
    """Let a visit go on to a step that needs a complete list, with what is missing."""

    step: Name
    """Id of the step."""
    missing: Annotated[tuple[StatedItem, ...], Meta(max_length=400)]
    """All that was shown as missing; where something else is, nothing is accepted."""


class ChecklistItemView(Message, frozen=True):
    """One item of a visit as it stands."""

    service: ServiceId
    """Id of the service on whose checklist it stands."""
    requirement: RequirementId
    """Id of the line."""
    band: BandId
    """Id of the age band of the person; `party`: of all of them together."""
    number: int
    """Which person of that age band, from 1."""
    status: RequirementStatus | None = None
    """What staff found; null where nobody has looked."""
    seq: int | None = None
    """The number of the event that says so; null where there is none."""
    at: datetime | None = None
    """When staff said so (UTC); null where nobody has looked."""
    lacking: bool = False
    """At the kiosk they did not say that they have it."""
    is_missing: bool = False
    """Whether it is missing for a step that needs a complete list."""


class ChecklistAnswer(Message, frozen=True):
    """What a visit brings, and what of it is there."""

    visit: VisitId
    """Id of the visit."""
    items: tuple[ChecklistItemView, ...]
    """All that is asked of the party; empty where the centre has no list for what they came for."""
    accepted: tuple[StepId, ...] = ()
    """Ids of the steps to which staff let them go on with what is missing now."""


class ChecklistMark(Message, frozen=True):
    """That something was said of a checklist: as far as ``seq``."""

    seq: int
    """The number of its last event."""


class ChecklistFrame(EntityFrame, frozen=True):
    """A message of what pages watch of checklists."""

    entities: dict[str, ChecklistMark | None]
    """Checklists that changed, by the id of their visit."""
