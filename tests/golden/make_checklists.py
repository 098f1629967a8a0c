"""Writes a golden stream of a checklist: ``python -m tests.golden.make_checklists NAME``.

As with those of the queue: under a new name when an event gets a new version, and never again for an old one.
"""

import sys

from queue_server.domain.requirements import RequiredItem, RequirementId, RequirementStatus
from queue_server.domain.tariff import PARTY
from queue_server.domain.values import BandId, CentreId, ServiceId, StepId, VisitId
from queue_server.requirements import decide
from queue_server.requirements.store import CHECKLISTS
from tests.golden.stored import ROOT, Deed, played, write

VISIT, CENTRE = VisitId("01a21000-0000-7000-8000-0000000000c1"), CentreId("harbour")
SERVICE = ServiceId("uto-passport-renewal")
PHOTO = RequiredItem(SERVICE, RequirementId("photo"), BandId("adult"), 1)
FORM = RequiredItem(SERVICE, RequirementId("form"), BandId("child"), 2)
FEE = RequiredItem(SERVICE, RequirementId("fee"), PARTY, 1)
WANTED = (PHOTO, FORM)


def _check(item: RequiredItem, status: RequirementStatus) -> Deed:
    return lambda before: decide.check(before, VISIT, CENTRE, WANTED, item, status)


DEEDS: tuple[Deed, ...] = (
    lambda before: decide.state_lacking(before, VISIT, CENTRE, (FORM, FEE)),
    _check(PHOTO, RequirementStatus.DIFFERS),
    _check(FORM, RequirementStatus.MISSING),
    _check(FORM, RequirementStatus.WILL_BRING),
    _check(PHOTO, RequirementStatus.SEEN),
    lambda before: decide.revert(before, 5),
    lambda before: decide.accept(before, VISIT, CENTRE, StepId("submission"), WANTED, WANTED),
)


if __name__ == "__main__":
    bodies, found = played(CHECKLISTS, DEEDS)
    write(ROOT / "requirements" / sys.argv[1], bodies, found, "key-{}#0a0b0c0d", "staff/s1")
