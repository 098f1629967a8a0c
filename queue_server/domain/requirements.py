"""What people bring, thing by thing and person by person. Pure; server and kiosks list by it.

A requirement is one line of a checklist. What a party is asked for are items: a line that each person needs is one item
for every person of its age bands, one that a party needs together is one item.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final, Literal, NewType, Protocol

import msgspec

from queue_server.domain.tariff import PARTY, Headcount
from queue_server.domain.values import BandId, ServiceId

#: A line of a checklist, as its catalogue names it.
RequirementId = NewType("RequirementId", str)
#: What a service costs: every list has it where the tariff charges, and no catalogue writes it down.
FEE_LINE: Final = RequirementId("fee")


class RequirementKind(StrEnum):
    """What a line of a checklist is."""

    DOCUMENT = "document"
    PHOTO = "photo"
    FORM = "form"
    TRANSLATION = "translation"
    FEE = "fee"
    #: Somebody who has to come.
    PERSON = "person"


class RequiredForm(StrEnum):
    """Whether the original of a document is wanted, or a copy."""

    ORIGINAL = "original"
    COPY = "copy"
    EITHER = "either"


class RequirementStatus(StrEnum):
    """What staff found of one item."""

    SEEN = "seen"
    #: It is there, and not as it has to be.
    DIFFERS = "differs"
    MISSING = "missing"
    WILL_BRING = "will-bring"


class RequiredItem(msgspec.Struct, frozen=True, order=True):
    """One line for one person: the ``number``-th (from 1) of an age ``band``, or the party (``PARTY``, 1)."""

    service: ServiceId
    requirement: RequirementId
    band: BandId
    number: int


class ChecklistLine(Protocol):
    """What a line says of who needs it: each person of ``bands`` (empty: of any), or the party once."""

    @property
    def id(self) -> RequirementId: ...
    @property
    def per(self) -> Literal["person", "party"]: ...
    @property
    def bands(self) -> tuple[BandId, ...]: ...


def joined[L: ChecklistLine](
    services: Iterable[ServiceId], lines: Mapping[ServiceId, Sequence[L]]
) -> tuple[tuple[ServiceId, L], ...]:
    """Put the lists of services one behind the other; a line that is wanted for two of them alike stands there once."""
    found: list[tuple[ServiceId, L]] = []
    for service in dict.fromkeys(services):
        known = [line for _, line in found]
        found += ((service, line) for line in lines.get(service, ()) if line not in known)
    return tuple(found)


def items(lines: Iterable[tuple[ServiceId, ChecklistLine]], people: Iterable[Headcount]) -> tuple[RequiredItem, ...]:
    """List what a party of ``people``, each age band once, is asked for: line by line, in each person by person."""
    party = tuple(people)
    return tuple(
        RequiredItem(service, line.id, band, number) for service, line in lines for band, number in _whose(line, party)
    )


def _whose(line: ChecklistLine, party: tuple[Headcount, ...]) -> Iterable[tuple[BandId, int]]:
    if line.per == "party":
        # What is for people of certain ages is asked of no party without any.
        if not line.bands or any(one.band in line.bands and one.count > 0 for one in party):
            yield PARTY, 1
        return
    for one in party:
        if not line.bands or one.band in line.bands:
            yield from ((one.band, number) for number in range(1, one.count + 1))


def outstanding(
    wanted: Iterable[RequiredItem],
    found: Mapping[RequiredItem, RequirementStatus],
    conditional: Collection[tuple[ServiceId, RequirementId]] = (),
) -> tuple[RequiredItem, ...]:
    """Give what is not there as it has to be.

    A ``conditional`` line may not be for this party: of it is only what somebody found to differ or to be missing.
    """
    seen = RequirementStatus.SEEN
    return tuple(
        one
        for one in wanted
        if found.get(one, seen if (one.service, one.requirement) in conditional else None) is not seen
    )
