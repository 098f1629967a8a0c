"""The checklist of a party: what it is asked for by the catalogue, and what was found of that. Pure.

Tickets that were merged go on as one visit: what was said of any of them holds for it.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from queue_server.contract.catalogue import ServicesAnswer
from queue_server.contract.requirements import RequirementView
from queue_server.domain.requirements import RequiredItem, RequirementId, RequirementStatus, items, joined, outstanding
from queue_server.domain.tariff import ANYONE, Headcount, Tariff
from queue_server.domain.values import ServiceId, StepId, VisitId
from queue_server.queue.state import DayState, Visit
from queue_server.requirements.model import Checklist, Mark

#: Lines that stand on every list: id of the line and the line itself, with its service.
ListedLine = tuple[ServiceId, RequirementView]


class PartyChecklist(msgspec.Struct, frozen=True):
    """``lines`` as the catalogue has them, ``people`` by age band, ``items`` what is asked of them.

    ``marks`` are what staff found, ``lacking`` what people did not say that they have; ``missing`` is what is not
    there as it has to be. ``stated``: people were asked at a kiosk. ``own`` is what was said of the visit itself.
    """

    visit: VisitId
    lines: tuple[ListedLine, ...]
    people: tuple[Headcount, ...]
    items: tuple[RequiredItem, ...]
    marks: dict[RequiredItem, Mark]
    lacking: frozenset[RequiredItem]
    missing: tuple[RequiredItem, ...]
    stated: bool
    own: Checklist | None

    @property
    def found(self) -> dict[RequiredItem, RequirementStatus]:
        return {item: mark.status for item, mark in self.marks.items()}


def lines_of(catalogue: ServicesAnswer, services: Iterable[ServiceId]) -> tuple[ListedLine, ...]:
    """Give what is asked for some services, in their order."""
    lists = {service: one.lines for one in catalogue.checklists for service in one.services}
    return joined(services, lists)


def counted(tariff: Tariff, people: Sequence[Headcount], size: int) -> tuple[Headcount, ...]:
    """Count a party by the bands of the centre; of whom nobody counted by age are ``size``."""
    return tariff.counted(people or (Headcount(ANYONE, size),))


def party_checklist(
    catalogue: ServicesAnswer, tariff: Tariff, visit: Visit, found: Sequence[Checklist]
) -> PartyChecklist:
    """Say how the checklist of a visit stands; ``found`` is what was said of it and of those that it goes on for."""
    lines = lines_of(catalogue, visit.services)
    people = counted(tariff, visit.people, visit.party_size)
    wanted = items(lines, people)
    marks: dict[RequiredItem, Mark] = {}
    for checklist in reversed(found):
        marks |= {one.item: one for one in checklist.marks if one.item in wanted}
    own = next((one for one in found if one.visit == visit.id), None)
    return PartyChecklist(
        visit=visit.id,
        lines=lines,
        people=people,
        items=wanted,
        marks=marks,
        lacking=frozenset(item for one in found for item in one.lacking),
        missing=outstanding(wanted, {item: one.status for item, one in marks.items()}, conditional(lines)),
        stated=any(one.stated for one in found),
        own=own,
    )


def conditional(lines: Iterable[ListedLine]) -> frozenset[tuple[ServiceId, RequirementId]]:
    """Name the lines that are not for everybody."""
    return frozenset((service, line.id) for service, line in lines if line.only)


def tickets(state: DayState, visit: Visit) -> Iterator[VisitId]:
    """Give a visit and the tickets that were merged into it, those of them too that others were merged into."""
    found = [visit.id]
    for ticket in found:
        yield ticket
        found += (one.id for one in state.visits.values() if one.merged_into == ticket and one.id not in found)


def needs_checklist(catalogue: ServicesAnswer, service: ServiceId, step: StepId) -> bool:
    """Tell whether the list of a service has to be complete at one of its steps."""
    known = next((one for one in catalogue.services if one.id == service), None)
    return known is not None and any(one.id == step and one.needs_checklist for one in known.steps)
