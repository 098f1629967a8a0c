"""What to bring as messages of the API. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from queue_server.contract.catalogue import ServicesAnswer
from queue_server.contract.checklists import ChecklistAnswer, ChecklistItemView
from queue_server.contract.requirements import PersonRequirements, RequirementFee, RequirementsAnswer
from queue_server.domain.requirements import RequirementId, items
from queue_server.domain.tariff import ANYONE, Headcount, Price, Tariff, of_party
from queue_server.domain.values import BandId, ServiceId, to_datetime
from queue_server.requirements.decide import is_accepted
from queue_server.requirements.party_checklist import PartyChecklist, lines_of

#: As whom addresses count people whose age nobody asked.
ANYBODY: Final = ANYONE


def requirements(
    catalogue: ServicesAnswer, tariff: Tariff, service: ServiceId, people: Sequence[Headcount], day: date
) -> RequirementsAnswer:
    """Say what a party brings for a service on a day."""
    lines, party = lines_of(catalogue, (service,)), tariff.counted(people)
    listed = next((one for one in catalogue.checklists if service in one.services), None)
    whose: dict[tuple[BandId, int], list[RequirementId]] = {}
    for item in items(lines, party):
        whose.setdefault((item.band, item.number), []).append(item.requirement)
    return RequirementsAnswer(
        service=service,
        lines=tuple(line for _, line in lines),
        people=tuple(PersonRequirements(band, number, tuple(own)) for (band, number), own in whose.items()),
        fees=tuple(RequirementFee(one.amount, one.currency) for one in prices(tariff, (service,), party, day)),
        owner={} if listed is None else listed.owner,
        reviewed=None if listed is None else listed.reviewed,
    )


def prices(tariff: Tariff, services: Sequence[ServiceId], people: Sequence[Headcount], day: date) -> tuple[Price, ...]:
    """Say what a party pays for services on a day, in each currency that may be paid."""
    return tariff.prices(of_party(services, people), day)


def checklist(now: PartyChecklist) -> ChecklistAnswer:
    """Say how the checklist of a visit stands."""
    missing, accepted = set(now.missing), () if now.own is None else now.own.accepted
    found = []
    for item in now.items:
        mark = now.marks.get(item)
        found.append(
            ChecklistItemView(
                service=item.service,
                requirement=item.requirement,
                band=item.band,
                number=item.number,
                status=None if mark is None else mark.status,
                seq=None if mark is None else mark.seq,
                at=None if mark is None else to_datetime(mark.at),
                lacking=item in now.lacking,
                is_missing=item in missing,
            )
        )
    return ChecklistAnswer(
        visit=now.visit,
        items=tuple(found),
        accepted=tuple(one.step for one in accepted if is_accepted(now.own, one.step, now.missing)),
    )
