"""Routes of what to bring: the list of a service, and what a visit has of it."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection

from queue_server.centre.errors import RefusedError, VisitUnknownError
from queue_server.centre.refusals import refused_as
from queue_server.centre.submit import centre_of
from queue_server.contract.checklists import (
    AcceptIncompleteRequest,
    ChecklistAnswer,
    CheckRequirementRequest,
    RevertRequirementRequest,
)
from queue_server.contract.requirements import RequirementsAnswer, StatedItem
from queue_server.contract.visits import IssueRequest
from queue_server.domain.requirements import RequiredItem, RequirementId
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import BandId, ServiceId, StepId, VisitId
from queue_server.eventlog.payload import Payload
from queue_server.framework.paging import QueryInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue.refusals import RefusalCode
from queue_server.queue.state import StepPlan, Visit
from queue_server.requirements import decide, party_checklist, store, views
from queue_server.requirements.errors import (
    ChecklistChangedError,
    ChecklistIncompleteError,
    RequirementMarkGoneError,
    RequirementUnknownError,
)
from queue_server.requirements.model import Checklist
from queue_server.requirements.party_checklist import PartyChecklist
from queue_server.requirements.store import CHECKLISTS
from queue_server.writer import Rows

#: People that an address may name.
_MAX_PEOPLE = 20


@refuses(refused_as(RefusalCode.SERVICE_UNKNOWN), QueryInvalidError)
async def requirements(ask: RequestContext) -> RequirementsAnswer:
    """List what to bring for a service, for the party that the address names.

    Raises:
        RefusedError: the centre has no such service.
        QueryInvalidError: ``people`` is none.
    """
    centre, service = centre_of(ask), ServiceId(ask.path("service"))
    if all(one.id != service for one in centre.facts.catalogue.services):
        raise RefusedError(RefusalCode.SERVICE_UNKNOWN, {"service": service})
    day = date.fromisoformat(centre.writer.state.day)
    people = read_people(ask.request.query.get("people", "1"))
    return views.requirements(centre.facts.catalogue, centre.settings.tariff, service, people, day)


def read_people(text: str) -> tuple[Headcount, ...]:
    """Read a party as addresses say it: how many, or ``adult:2,child:1``.

    Raises:
        QueryInvalidError: it is none, or more than twenty.
    """
    parts = text.split(",")
    named = [one.rpartition(":") for one in parts]
    if any(not count.isascii() or not count.isdecimal() or len(count) > 2 for _, _, count in named):  # noqa: PLR2004
        raise QueryInvalidError(name="people")
    people = tuple(Headcount(BandId(band or views.ANYBODY), int(count)) for band, _, count in named)
    bands = [one.band for one in people]
    if len(set(bands)) < len(bands) or not 1 <= sum(one.count for one in people) <= _MAX_PEOPLE:
        raise QueryInvalidError(name="people")
    return people


@refuses(VisitUnknownError)
async def checklist(ask: RequestContext) -> ChecklistAnswer:
    await centre_of(ask).writer.catch_up()
    return views.checklist(await of_visit(ask, await _visit(ask)))


@refuses(VisitUnknownError, RequirementUnknownError)
async def check(ask: RequestContext) -> ChecklistAnswer:
    """Say what was found of an item.

    Raises:
        RequirementUnknownError: it is not asked of this party.
    """
    wanted, visit = ask.body(CheckRequirementRequest), await _visit(ask)
    now = await of_visit(ask, visit)
    item, status, centre = _item(wanted), wanted.status, centre_of(ask).id
    return await _advance(ask, visit, lambda before: decide.check(before, visit.id, centre, now.items, item, status))


@refuses(VisitUnknownError, RequirementMarkGoneError)
async def revert(ask: RequestContext) -> ChecklistAnswer:
    """Take back what was said last of an item.

    Raises:
        RequirementMarkGoneError: something else was said of it since.
    """
    wanted, visit = ask.body(RevertRequirementRequest), await _visit(ask)
    return await _advance(ask, visit, lambda before: decide.revert(before, wanted.seq))


@refuses(VisitUnknownError, ChecklistChangedError)
async def accept(ask: RequestContext) -> ChecklistAnswer:
    """Let a visit go on to a step though something is missing.

    Raises:
        ChecklistChangedError: something else is missing than what was shown.
    """
    wanted, visit = ask.body(AcceptIncompleteRequest), await _visit(ask)
    now = await of_visit(ask, visit)
    shown, step, centre = [_item(one) for one in wanted.missing], StepId(wanted.step), centre_of(ask).id
    return await _advance(ask, visit, lambda before: decide.accept(before, visit.id, centre, step, now.missing, shown))


async def check_complete(ask: RequestContext, visit: Visit, stop: StepPlan) -> None:
    """Refuse that a visit goes to a stop that needs a complete list, until staff let it go with what is missing.

    Raises:
        ChecklistIncompleteError: something is missing.
    """
    if not party_checklist.needs_checklist(centre_of(ask).facts.catalogue, stop.service, stop.step):
        return
    now = await of_visit(ask, visit)
    if now.missing and not decide.is_accepted(now.own, stop.step, now.missing):
        raise ChecklistIncompleteError(step=stop.step, missing=len(now.missing))


def stated_rows(ask: RequestContext, visit: VisitId, wanted: IssueRequest) -> Rows | None:
    """Make what is stored of what people at a kiosk said that they have not; None where nobody asked them."""
    if wanted.lacking is None:
        return None
    centre, at, command, actor = centre_of(ask).id, ask.server.clock(), ask.command, ask.actor
    lacking = tuple(map(_item, wanted.lacking))

    def put(connection: Connection) -> None:
        CHECKLISTS.advance(
            connection,
            visit,
            lambda before: decide.state_lacking(before, visit, centre, lacking),
            at=at,
            command=command,
            actor=actor,
        )

    return put


async def of_visit(ask: RequestContext, visit: Visit) -> PartyChecklist:
    """Read how the checklist of a visit stands."""
    centre = centre_of(ask)
    idents = tuple(party_checklist.tickets(centre.writer.state, visit))
    found = await ask.server.log.run(lambda connection: store.of_visits(connection, idents))
    return party_checklist.party_checklist(centre.facts.catalogue, centre.settings.tariff, visit, found)


async def _advance(
    ask: RequestContext, visit: Visit, decided: Callable[[Checklist | None], tuple[Payload, ...]]
) -> ChecklistAnswer:
    at, command, actor = ask.server.clock(), ask.command, ask.actor

    def work(connection: Connection) -> None:
        CHECKLISTS.advance(connection, visit.id, decided, at=at, command=command, actor=actor)

    await ask.server.log.write_in_turn(CHECKLISTS.stream(visit.id), work)
    return views.checklist(await of_visit(ask, visit))


def _item(wanted: StatedItem) -> RequiredItem:
    return RequiredItem(
        ServiceId(wanted.service), RequirementId(wanted.requirement), BandId(wanted.band), wanted.number
    )


async def _visit(ask: RequestContext) -> Visit:
    """Find the visit of the path, as any server knows it.

    Raises:
        VisitUnknownError: there is none today.
    """
    writer, ident = centre_of(ask).writer, VisitId(ask.path("visit"))
    if ident not in writer.state.visits:
        await writer.catch_up()
    visit = writer.state.visits.get(ident)
    if visit is None:
        raise VisitUnknownError
    return visit
