"""Routes of forms: which there are, save one, open it, change it, consent no more; and what a visit has of them."""

from queue_server.accounts.errors import TooManyTriesError
from queue_server.catalogue.form_views import form_view
from queue_server.centre.errors import RefusedError, VisitUnknownError
from queue_server.centre.refusals import refused_as
from queue_server.centre.submit import centre_of
from queue_server.contract import forms as m
from queue_server.domain.values import ServiceId, VisitId
from queue_server.forms import errors, filling, opening, store, views
from queue_server.forms.filling import Filler, FormGiven, OpenedForm
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue.refusals import RefusalCode
from queue_server.queue.state import Visit
from queue_server.vault.access import came_with, may_read_notes
from queue_server.vault.errors import NotTheirVisitError

_NOT_TAKEN = (
    errors.FormUnknownError,
    errors.ConsentUnknownError,
    errors.ConsentMissingError,
    errors.FormAnswersError,
)
_NOT_OPENED = (errors.FormNotOpenedError, TooManyTriesError)


def filler_of(ask: RequestContext) -> Filler:
    return Filler(ask.server, centre_of(ask), ask.actor, ask.command, str(ask.actor))


# --- with code and PIN -----------------------------------------------------------------------------------------------


@refuses(refused_as(RefusalCode.SERVICE_UNKNOWN))
async def forms(ask: RequestContext) -> m.FormsAnswer:
    """List the forms for a service.

    Raises:
        RefusedError: the centre has no such service.
    """
    setup, service = centre_of(ask).setup.setup, ServiceId(ask.path("service"))
    if all(one.id != service for one in setup.services):
        raise RefusedError(RefusalCode.SERVICE_UNKNOWN, {"service": service})
    return m.FormsAnswer(tuple(form_view(one) for one in setup.forms if service in one.services))


@refuses(*_NOT_TAKEN, errors.FormPinError, errors.FormAppointmentError, VisitUnknownError)
async def save(ask: RequestContext) -> m.SavedFormAnswer:
    """Save what somebody filled in."""
    wanted, filler = ask.body(m.SaveFormRequest), filler_of(ask)
    visit = None if wanted.visit is None else (await _visit(ask, wanted.visit)).id
    appointment = None
    if wanted.appointment is not None:
        appointment = await filling.appointment_of(filler, wanted.appointment)
    given = FormGiven(
        form=wanted.form,
        answers=wanted.answers,
        consents=wanted.consents,
        language=wanted.language,
        pin=wanted.pin,
        visit=visit,
        appointment=appointment,
    )
    return views.saved_answer(*await filling.save(filler, given))


@refuses(*_NOT_OPENED, VisitUnknownError)
async def open_form(ask: RequestContext) -> m.OpenedFormAnswer:
    """Open what somebody saved."""
    wanted = ask.body(m.OpenFormRequest)
    visit = None if wanted.visit is None else (await _visit(ask, wanted.visit)).id
    return _opened(await opening.open_form(filler_of(ask), wanted.code, wanted.pin, visit))


@refuses(*_NOT_OPENED, *_NOT_TAKEN)
async def change(ask: RequestContext) -> m.OpenedFormAnswer:
    """Put other answers in place of those that were saved."""
    wanted, filler = ask.body(m.ChangeFormRequest), filler_of(ask)
    ident = await opening.prove(filler, wanted.code, wanted.pin)
    return views.opened_answer(*await filling.change(filler, ident, wanted.answers, wanted.consents))


@refuses(*_NOT_OPENED)
async def withdraw(ask: RequestContext) -> m.ConsentWithdrawnAnswer:
    """Wipe what was answered for purposes to which they consent no more."""
    wanted, filler = ask.body(m.WithdrawConsentRequest), filler_of(ask)
    ident = await opening.prove(filler, wanted.code, wanted.pin)
    filled = await filling.withdraw(filler, ident, wanted.purposes)
    return m.ConsentWithdrawnAnswer(filled.consents, filled.answers is None)


# --- for a visit, by staff -------------------------------------------------------------------------------------------


@refuses(VisitUnknownError, NotTheirVisitError)
async def of_visit(ask: RequestContext) -> m.VisitFormsAnswer:
    """List what was filled in for a visit, without what was answered."""
    visits, now = await _theirs(ask), ask.server.clock()
    centre = centre_of(ask).id
    found = await ask.server.log.run(lambda connection: store.of_visits(connection, centre, visits, now))
    return m.VisitFormsAnswer(tuple(map(views.filled_view, found)))


@refuses(VisitUnknownError, NotTheirVisitError, errors.FilledFormUnknownError)
async def read(ask: RequestContext) -> m.OpenedFormAnswer:
    """Read what was answered for a visit. Who looked is stored in the same transaction.

    Raises:
        FilledFormUnknownError: there is no such thing, or it is wiped.
    """
    visits = await _theirs(ask)
    try:
        return _opened(await opening.read_for_visit(filler_of(ask), visits, ask.path("filled")))
    except errors.FormNotOpenedError as error:
        raise errors.FilledFormUnknownError from error


@refuses(VisitUnknownError, NotTheirVisitError, errors.FilledFormUnknownError, *_NOT_TAKEN)
async def answer(ask: RequestContext) -> m.OpenedFormAnswer:
    """Change what was answered for a visit, together with its person.

    Raises:
        FilledFormUnknownError: there is no such thing, or it is wiped.
    """
    wanted, filler = ask.body(m.AnswerVisitFormRequest), filler_of(ask)
    visits, ident = await _theirs(ask), ask.path("filled")
    try:
        filled = await ask.server.log.run(lambda connection: opening.of_visits(filler, connection, visits, ident))
        return views.opened_answer(*await filling.change(filler, filled.id, wanted.answers, wanted.consents))
    except errors.FormNotOpenedError as error:
        raise errors.FilledFormUnknownError from error


def _opened(found: OpenedForm) -> m.OpenedFormAnswer:
    return views.opened_answer(found.filled, found.answers)


async def _theirs(ask: RequestContext) -> tuple[VisitId, ...]:
    """Name the visit of the path and those that were merged into it, for staff who may read what is kept of it.

    Raises:
        VisitUnknownError: there is none today.
        NotTheirVisitError: it is another counter's.
    """
    visit, state = await _visit(ask, ask.path("visit")), centre_of(ask).writer.state
    if not may_read_notes(ask.principal, visit, state):
        raise NotTheirVisitError
    return came_with(state, visit)


async def _visit(ask: RequestContext, ident: str) -> Visit:
    writer, named = centre_of(ask).writer, VisitId(ident)
    if named not in writer.state.visits:
        # Another server may have issued it a moment ago.
        await writer.catch_up()
    visit = writer.state.visits.get(named)
    if visit is None:
        raise VisitUnknownError
    return visit
