"""The events of ``checklist/<visit>``: what a party has with it, and what is missing. Pure.

A person is named by age band and number alone, a thing by the line of the catalogue. Whatever is said in words lies in
the vault as a note on the visit.
"""

from typing import Final

from queue_server.domain.requirements import RequiredItem, RequirementId, RequirementStatus
from queue_server.domain.values import BandId, CentreId, ServiceId, StepId, VisitId
from queue_server.eventlog.codec import Codec
from queue_server.eventlog.payload import Payload


class ChecklistStated(Payload, frozen=True):
    """At a kiosk somebody touched what they have: ``lacking`` is what they did not touch of what they were asked."""

    type = "checklist-stated"
    visit: VisitId
    centre: CentreId
    lacking: tuple[RequiredItem, ...]


class RequirementChecked(Payload, frozen=True):
    """Staff looked at one item."""

    type = "requirement-checked"
    visit: VisitId
    centre: CentreId
    service: ServiceId
    requirement: RequirementId
    band: BandId
    number: int
    status: RequirementStatus


class RequirementReverted(Payload, frozen=True):
    """What staff said last of one item is taken back: it is as it was before."""

    type = "requirement-reverted"
    visit: VisitId
    checked: int


class IncompleteAccepted(Payload, frozen=True):
    """Staff let a visit go on to a step that needs a complete list, though these items are missing."""

    type = "incomplete-accepted"
    visit: VisitId
    centre: CentreId
    step: StepId
    missing: tuple[RequiredItem, ...]


#: What the fields mean.
MEANINGS: Final = {
    "band": "The age band of the person whose item it is; `party`: of all of them together.",
    "centre": "The centre.",
    "checked": "The number of the event that is taken back.",
    "lacking": "What they did not say that they have.",
    "missing": "What was missing then.",
    "number": "Which person of that age band, from 1.",
    "requirement": "The line of the checklist.",
    "service": "The service on whose checklist it stands.",
    "status": "What staff found.",
    "step": "The step that needs a complete list.",
    "visit": "The visit.",
}

CODEC: Final = Codec((ChecklistStated, RequirementChecked, RequirementReverted, IncompleteAccepted))
