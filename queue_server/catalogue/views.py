"""The catalogue as messages of the API. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from queue_server.catalogue.checklists import ChecklistDefinition
from queue_server.catalogue.fees import minor
from queue_server.catalogue.form_views import form_view
from queue_server.catalogue.hours import is_open, openings
from queue_server.catalogue.model import CounterDefinition as CounterPart
from queue_server.catalogue.model import ServiceDefinition, ServiceGroup, ServiceKind, Setup, Stored, day_rule
from queue_server.contract.catalogue import (
    BandView,
    CentreView,
    FeeView,
    GovernmentView,
    GroupView,
    KindView,
    Opening,
    ServicesAnswer,
    ServiceView,
    SkillsView,
    StepView,
)
from queue_server.contract.requirements import RequirementView, ServiceChecklist
from queue_server.domain.values import ServiceId, StepId, to_micros


def centre(stored: Stored, now: datetime) -> CentreView:
    one = stored.setup.centre
    rule = day_rule(stored.setup)
    return CentreView(
        id=one.id,
        name=one.name,
        zone=one.zone,
        languages=one.languages,
        day_start=rule.start,
        day=date.fromisoformat(rule.day_at(to_micros(now))),
        open_now=is_open(stored.setup, now),
        version=stored.version,
        openings=tuple(Opening(*one) for one in openings(stored.setup, now)),
        address=one.address,
        week=stored.setup.hours.week,
    )


def services_answer(stored: Stored, now: datetime, used: Mapping[ServiceId, int] | None = None) -> ServicesAnswer:
    """Say all that a kiosk needs to go on without the server; ``used``: how often each service was, the days before."""
    setup = stored.setup
    tickets = used or {}
    grouped = {one.id: one.group or one.id for one in setup.kinds}
    groups = Counter[str]()
    for service in setup.services:
        groups[grouped[service.kind]] += tickets.get(service.id, 0)
    # A kind without a group is one of its own.
    offered: list[ServiceGroup | ServiceKind] = [*setup.groups, *(one for one in setup.kinds if one.group is None)]
    governments = {one.id: one.government for one in setup.services}
    steps = {
        one.id: StepView(one.id, one.name, one.place, one.takes_fees, one.needs_checklist, one.remote)
        for one in setup.steps
    }
    return ServicesAnswer(
        version=stored.version,
        centre=centre(stored, now),
        governments=tuple(GovernmentView(one.id, one.name) for one in setup.governments),
        kinds=tuple(KindView(one.id, one.name, one.icon, grouped[one.id]) for one in setup.kinds),
        groups=tuple(GroupView(one.id, one.name, one.icon) for one in _most_used(offered, groups)),
        services=tuple(
            ServiceView(one.id, one.government, one.kind, one.name, _stops(one, steps))
            for one in _most_used(setup.services, tickets)
        ),
        fees=tuple(
            FeeView(
                service=fee.service,
                government=governments[fee.service],
                amount=minor(fee),
                currency=fee.currency,
                valid_from=fee.valid_from,
                valid_until=fee.valid_until,
                waivable=fee.waivable,
                per=fee.per,
                bands=fee.bands,
            )
            for fee in setup.fees
        ),
        pay_offline=setup.rules.pay_offline,
        bands=_bands(setup),
        kiosk_party=min(setup.rules.kiosk_party, setup.rules.max_party),
        kiosk_services=setup.rules.kiosk_services,
        appointments=setup.appointments is not None,
        checklists=tuple(map(_checklist, setup.checklists)),
        kiosk_checklist=setup.rules.kiosk_checklist,
        forms=tuple(map(form_view, setup.forms)),
    )


def _stops(service: ServiceDefinition, steps: Mapping[StepId, StepView]) -> tuple[StepView, ...]:
    """Show the stops of a service; what one of them needs for this service alone among it."""
    return tuple(
        replace(steps[step], needs_checklist=True) if step in service.checklist_steps else steps[step]
        for step in service.steps
    )


def _checklist(checklist: ChecklistDefinition) -> ServiceChecklist:
    return ServiceChecklist(
        services=checklist.services,
        owner=checklist.owner,
        reviewed=checklist.reviewed,
        lines=tuple(
            RequirementView(
                id=one.id,
                kind=one.kind,
                name=one.name,
                note=one.note,
                form=one.form,
                translated=one.translated,
                per=one.per,
                bands=one.bands,
                only=one.only,
            )
            for one in checklist.lines
        ),
    )


def _bands(setup: Setup) -> tuple[BandView, ...]:
    """Say of each band how old its people are at most: until the next begins."""
    ages = sorted(band.from_age for band in setup.bands)
    ends = {age: following - 1 for age, following in pairwise(ages)}
    return tuple(BandView(band.id, band.name, band.from_age, ends.get(band.from_age)) for band in setup.bands)


def _most_used[T: ServiceGroup | ServiceKind | ServiceDefinition](
    parts: Iterable[T], used: Mapping[Any, int]
) -> list[T]:
    """Order by use, and else leave the order of the catalogue."""
    return sorted(parts, key=lambda one: -used.get(one.id, 0))


def skills(counter: CounterPart) -> SkillsView:
    return SkillsView(counter.steps, counter.services, counter.governments, counter.languages)
