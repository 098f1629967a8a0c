"""Routes of applications: open one or name one at a visit, look at them, correct where one is."""

from collections.abc import Callable

from sqlalchemy import Connection

from queue_server.applications import store
from queue_server.applications.model import (
    MOVES,
    Application,
    ApplicationMoveError,
    ApplicationOpened,
    ApplicationUnknownError,
    ServiceNotOfVisitError,
    correct,
    read_reference,
)
from queue_server.applications.store import APPLICATIONS
from queue_server.applications.views import application_view
from queue_server.applications.visit_links import rows_of_others
from queue_server.centre.errors import VisitUnknownError
from queue_server.centre.refusals import refused
from queue_server.centre.submit import centre_of, done_before, execute
from queue_server.contract.people import (
    ApplicationAnswer,
    ApplicationsAnswer,
    MoveApplicationRequest,
    OpenApplicationRequest,
)
from queue_server.domain.values import ApplicationId, ServiceId, VisitId, new_id
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue import commands as c
from queue_server.queue.events import VisitApplied
from queue_server.queue.state import Visit
from queue_server.vault.store import Vault
from queue_server.writer import Rows


@refuses(VisitUnknownError, ApplicationUnknownError, ServiceNotOfVisitError, refused(c.NameApplication))
async def open_application(ask: RequestContext) -> ApplicationAnswer:
    """Open an application for a service of the visit, or name one that there is.

    Its stream begins in the commit of the event by which the visit names it, and so does whose document it is for.
    """
    wanted = ask.body(OpenApplicationRequest)
    if (wanted.service is None) == (wanted.reference is None):
        raise BodyInvalidError("Expected either `service` or `reference` - at `$`")
    visit = await _visit(ask)
    if wanted.reference is not None:
        named = await _named(ask, wanted.reference)
        await execute(ask, c.NameApplication(visit.id, named.id), rows_of_others(ask, visit, named.id))
        return ApplicationAnswer(application_view(named))
    application = ApplicationId(new_id())
    answer = await execute(
        ask,
        c.NameApplication(visit.id, application),
        await _opening(ask, visit, application, ServiceId(wanted.service or "")),
    )
    applied = next(
        (event.body.application for event in answer.events if isinstance(event.body, VisitApplied)), application
    )
    return ApplicationAnswer(application_view(await _find(ask, applied)))


@refuses(VisitUnknownError)
async def of_visit(ask: RequestContext) -> ApplicationsAnswer:
    # Another server may have opened one a moment ago.
    await centre_of(ask).writer.catch_up()
    idents, centre = (await _visit(ask)).applications, centre_of(ask).id
    found = await ask.server.log.run(lambda connection: store.some(connection, centre, idents))
    return ApplicationsAnswer(tuple(map(application_view, found)))


@refuses(ApplicationUnknownError)
async def application(ask: RequestContext) -> ApplicationAnswer:
    """Find an application by its id or its reference."""
    asked = ask.path("application")
    reference = read_reference(asked)
    return ApplicationAnswer(
        application_view(await (_find(ask, asked) if reference is None else _named(ask, reference)))
    )


@refuses(ApplicationUnknownError, ApplicationMoveError)
async def move_application(ask: RequestContext) -> ApplicationAnswer:
    """Correct where an application is, for a reason: it moves by itself with what happens to its items.

    Whoever else moves it at the same time is first or second, never both.
    """
    wanted = ask.body(MoveApplicationRequest)
    ident = (await _find(ask, ask.path("application"))).id
    at, command, actor = ask.server.clock(), ask.command, ask.actor

    def work(connection: Connection) -> Application:
        moved = APPLICATIONS.advance(
            connection,
            ident,
            lambda before: correct(_known(before), wanted.state, wanted.reason),
            at=at,
            command=command,
            actor=actor,
        )
        after = _known(moved.after)
        if moved.bodies and not MOVES[after.state]:
            ask.server[Vault].end_application(connection, ident, actor=actor, now=at)
        return after

    return ApplicationAnswer(application_view(await ask.server.log.write_in_turn(APPLICATIONS.stream(ident), work)))


def _known(application: Application | None) -> Application:
    if application is None:
        raise ApplicationUnknownError
    return application


async def _opening(ask: RequestContext, visit: Visit, application: ApplicationId, service: ServiceId) -> Rows | None:
    """Make what begins the stream of a new application; None where this request has begun one before.

    Raises:
        ServiceNotOfVisitError: the visit is not for this service.
    """
    government = next((stop.government for stop in visit.steps if stop.service == service), None)
    if government is None:
        # The services of the visit may have been changed since the request was answered for the first time.
        if await done_before(ask):
            return None
        raise ServiceNotOfVisitError(service=service)
    reference = await ask.server.log.run(lambda connection: store.free_reference(connection, government))
    opened = ApplicationOpened(
        application=application,
        reference=reference,
        centre=centre_of(ask).id,
        government=government,
        service=service,
        visit=visit.id,
    )
    at, held = ask.server.clock(), rows_of_others(ask, visit, application)

    def begin(connection: Connection) -> None:
        APPLICATIONS.advance(connection, application, lambda _: (opened,), at=at, command=ask.command, actor=ask.actor)
        if held is not None:
            held(connection)

    return begin


async def _named(ask: RequestContext, typed: str) -> Application:
    """Find an application by its reference as somebody typed it.

    Raises:
        ApplicationUnknownError: there is none, or a character is wrong.
    """
    reference, centre = read_reference(typed), centre_of(ask).id
    if reference is None:
        raise ApplicationUnknownError
    return await _one(ask, lambda connection: store.by_reference(connection, centre, reference))


async def _find(ask: RequestContext, ident: str) -> Application:
    centre = centre_of(ask).id
    return await _one(ask, lambda connection: store.by_id(connection, centre, ident))


async def _one(ask: RequestContext, find: Callable[[Connection], Application | None]) -> Application:
    return _known(await ask.server.log.run(find))


async def _visit(ask: RequestContext) -> Visit:
    """Find the visit of the path, as any server knows it.

    Raises:
        VisitUnknownError: there is none today.
    """
    writer, ident = centre_of(ask).writer, VisitId(ask.path("visit"))
    visit = writer.state.visits.get(ident)
    if visit is None:
        await writer.catch_up()
        visit = writer.state.visits.get(ident)
    if visit is None:
        raise VisitUnknownError
    return visit
