"""Signing in: who (login and password), then where (a counter that is free). Signing out closes the counter."""

import msgspec
import structlog
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts import staff_store
from queue_server.accounts.agents import agent
from queue_server.accounts.browsers import known_browser, new_browser
from queue_server.accounts.errors import (
    AccountClosedError,
    CounterTakenError,
    CounterUnknownError,
    NoRoleHereError,
    SignInError,
    TooManyTriesError,
)
from queue_server.accounts.model import SERVING, Session, SessionStanding
from queue_server.accounts.sign_in import sign_in
from queue_server.centre.views import Facts
from queue_server.domain.values import CentreId, CounterId, CounterState, StaffId, StepId
from queue_server.framework.access import read_cookie
from queue_server.framework.middleware import note_refusal
from queue_server.framework.problems import NotReadyError
from queue_server.framework.server import SERVER
from queue_server.queue.commands import CloseCounter
from queue_server.queue.refusals import Refusal
from queue_server.vault.keys import Keys
from queue_server.web import forms, staff
from queue_server.web.page_context import DESK, WebContext, session_of, set_session, waiting_of, waits_at
from queue_server.web.view_context import PageReader, name_in
from queue_server.web.waits import too_early

_log = structlog.get_logger("queue_server.web")


class CounterOption(msgspec.Struct, frozen=True):
    """A counter as the page offers it."""

    id: CounterId
    plate: str
    steps: str
    taken: bool


def choices(
    known: Facts, used: dict[CounterId, StaffId], staff: StaffId, reader: PageReader
) -> tuple[CounterOption, ...]:
    """List a centre's counters; one where somebody else is signed in is taken."""
    return tuple(
        CounterOption(
            plate.id, plate.name, _steps(known, plate.skills.steps, reader), used.get(plate.id, staff) != staff
        )
        for plate in known.plates.values()
    )


def _steps(known: Facts, steps: tuple[StepId, ...], reader: PageReader) -> str:
    if not steps:
        return reader.words("Every step")
    names = (name_in(known.steps.get(step, {}), reader.language, step) for step in steps)
    return reader.words(", ").join(names)


class BrowserPlace(msgspec.Struct, frozen=True):
    """Where this browser stands, as far as it is known: its centre, and the counter it was used at last."""

    centre: CentreId
    counter: CounterId | None


def place_of(
    request: web.Request, desk: WebContext, session: Session | None = None, typed: str | None = None
) -> BrowserPlace:
    """Find the place: the centre of the session, of the form, of the address, the one used last, or the first."""
    if not desk.centres:
        raise NotReadyError
    centre, _, counter = read_cookie(request, forms.PLACE).partition("/")
    asked = session.centre if session is not None else typed or request.query.get("centre", centre)
    chosen = CentreId(asked) if asked in desk.centres else next(iter(desk.centres))
    known = counter in desk.centres[chosen].facts.plates and centre == chosen
    return BrowserPlace(chosen, CounterId(counter) if known else None)


def page(
    request: web.Request,
    desk: WebContext,
    place: BrowserPlace,
    language: str,
    *,
    template: str = "sign-in.html",
    **values: object,
) -> web.Response:
    known = desk.centres[place.centre].facts
    reader = desk.reader(language, known.catalogue.centre.zone)
    now = desk.clock()
    plate = None if place.counter is None else known.plates[place.counter]
    context = {
        "centre": place.centre,
        "centre_name": name_in(known.catalogue.centre.name, language, place.centre),
        "zone": reader.clock.zone,
        "now": now // 1000,
        "clock": reader.clock.hhmm(now),
        "today": reader.clock.day(now, "EEEE d MMMM"),
        "plate": None if plate is None else plate.name,
        "plate_steps": "" if plate is None else _steps(known, plate.skills.steps, reader),
        "languages": desk.site.language_names(),
        "idle_minutes": desk.rules.session_idle_s // 60,
        "error": Markup(),
        **values,
    }
    response = web.Response(text=desk.site.render(template, language, context), content_type="text/html")
    forms.set_cookie(response, request, forms.LANGUAGE, language)
    return response


async def show_sign_in(request: web.Request) -> web.Response:
    """Ask who; somebody who is signed in already goes on to their page."""
    desk = request.app[DESK]
    session, waiting = await session_of(request), await waiting_of(request)
    if session is not None:
        raise web.HTTPSeeOther(staff.home(session, request.app[SERVER].rooms))
    # At a locked desk somebody else may sign in.
    if waiting is not None and (waiting.standing is not SessionStanding.LOCKED or request.path == "/"):
        raise web.HTTPSeeOther(waits_at(waiting))
    return _ask_who(request, desk, Markup(), "")


def _ask_who(
    request: web.Request, desk: WebContext, error: Markup, login: str, *, centre: str | None = None, status: int = 200
) -> web.Response:
    language, place = desk.language(request), place_of(request, desk, typed=centre)
    token = forms.form_token(request)
    centres = [
        (centre, name_in(live.facts.catalogue.centre.name, language, centre)) for centre, live in desk.centres.items()
    ]
    response = page(request, desk, place, language, step="who", csrf=token, centres=centres, login=login, error=error)
    response.set_status(status)
    forms.set_cookie(response, request, forms.FORM, token)
    return response


async def accept_sign_in(request: web.Request) -> web.Response:
    """Check who; the session that begins has no counter yet."""
    desk = request.app[DESK]
    words = desk.site.words[desk.language(request)]
    form = await forms.fields(request, read_cookie(request, forms.FORM) or None)
    login, centre = form.get("login", "").strip()[:64], CentreId(form.get("centre", ""))
    keys, kept = request.app[SERVER][Keys].rings["sessions"], read_cookie(request, forms.BROWSER + centre)
    try:
        session, cookie = await sign_in(
            desk.log,
            desk.passwords,
            desk.rules,
            login=login,
            password=form.get("password", ""),
            centre=centre,
            counter=None,
            address=request.remote or "",
            browser=known_browser(keys, centre, kept),
            agent=agent(request.headers.get("User-Agent", "")),
            now=desk.clock(),
        )
    except TooManyTriesError as error:
        note_refusal(request, error)
        text = too_early(words, int(error.placeholders["retry_after_s"]))
        return _ask_who(request, desk, text, login, centre=centre, status=429)
    except AccountClosedError as error:
        note_refusal(request, error)
        text = words("This account is closed. Ask your manager.")
        return _ask_who(request, desk, text, login, centre=centre, status=403)
    except NoRoleHereError as error:
        note_refusal(request, error)
        text = _elsewhere(desk, desk.language(request), str(error.placeholders["centres"]))
        return _ask_who(request, desk, text, login, centre=centre, status=403)
    except SignInError as error:
        note_refusal(request, error)
        text = words("Staff name or password is wrong.")
        return _ask_who(request, desk, text, login, centre=centre, status=403)
    before = await waiting_of(request)
    if before is not None:
        await leave(request, before)
    standing = await desk.log.run(
        lambda connection: staff_store.session_by_cookie(connection, cookie, desk.clock(), desk.rules)
    )
    if standing is not None and standing.standing is not SessionStanding.OPEN:
        response = web.HTTPSeeOther(waits_at(standing))
        set_session(response, request, cookie)
        raise response
    response = web.HTTPSeeOther(staff.home(session, request.app[SERVER].rooms))
    opened(request, response, session, cookie)
    raise response


def opened(request: web.Request, response: web.StreamResponse, session: Session, cookie: str) -> None:
    """Give the browser a session that is open; from now on it is known at the centre."""
    _log.info("signed-in", staff=session.staff, centre=session.centre, proof=session.proof)
    set_session(response, request, cookie)
    keys, kept = request.app[SERVER][Keys].rings["sessions"], read_cookie(request, forms.BROWSER + session.centre)
    if known_browser(keys, session.centre, kept) is None:
        kept = new_browser(keys.key, session.centre)
    forms.set_cookie(response, request, forms.BROWSER + session.centre, kept)


def _elsewhere(desk: WebContext, language: str, centres: str) -> Markup:
    """Say that there is nothing to do at this centre for somebody, and where there is."""
    words = desk.site.words[language]
    names = [
        name_in(live.facts.catalogue.centre.name, language, centre)
        for centre, live in desk.centres.items()
        if centre in centres.split(",")
    ]
    if not names:
        return words("You have no role at any centre. Ask your manager.")
    return words("You have no role at this centre. Choose one of yours: %(centres)s.", centres=words(", ").join(names))


async def show_counters(request: web.Request) -> web.Response:
    """Ask where; somebody who does not serve at counters goes on to their own page."""
    session = await session_of(request)
    if session is None:
        raise web.HTTPSeeOther("/sign-in")
    if not session.roles & SERVING:
        raise web.HTTPSeeOther(staff.home(session, request.app[SERVER].rooms))
    return await _ask_where(request, request.app[DESK], session, Markup())


async def _ask_where(
    request: web.Request, desk: WebContext, session: Session, error: Markup, status: int = 200
) -> web.Response:
    language, place = desk.language(request), place_of(request, desk, session)
    live = desk.centres[session.centre]
    reader = desk.reader(language, live.facts.catalogue.centre.zone)
    used = await desk.log.run(
        lambda connection: staff_store.counters_in_use(connection, session.centre, desk.clock(), desk.rules)
    )
    offered = choices(live.facts, used, session.staff, reader)
    free = [one.id for one in offered if not one.taken]
    chosen = place.counter if place.counter in free else next(iter(free), None)
    response = page(
        request,
        desk,
        place,
        language,
        step="where",
        csrf=session.csrf,
        counters=offered,
        free=free,
        chosen=chosen,
        staff_name=session.name,
        links=staff.navigation(session, reader, staff.CHOOSE_COUNTER),
        error=error,
    )
    response.set_status(status)
    return response


async def bind_counter(request: web.Request) -> web.Response:
    """Bind the session to a counter, by a new one: a cookie never changes what it stands for."""
    desk, session = request.app[DESK], await session_of(request)
    if session is None:
        raise web.HTTPSeeOther("/sign-in")
    words = desk.site.words[desk.language(request)]
    form = await forms.fields(request, session.csrf)
    if not session.roles & SERVING:
        return await _ask_where(request, desk, session, words("Your role does not serve at counters."), 403)
    counter = CounterId(form.get("counter", ""))

    def move(connection: Connection) -> tuple[Session, str] | None:
        return staff_store.move_session(connection, session, counter, now=desk.clock(), rules=desk.rules)

    try:
        moved = await desk.log.write(move)
    except CounterTakenError:
        text = words("Somebody has just signed in at this counter. Choose another one.")
        return await _ask_where(request, desk, session, text, 409)
    except CounterUnknownError:
        return await _ask_where(request, desk, session, words("This counter is not set up any more."), 409)
    request.app[SERVER].identities.invalidate(frozenset({session.id}))
    if moved is None:
        raise web.HTTPSeeOther("/sign-in")
    _log.info("took-counter", staff=session.staff, centre=session.centre, counter=counter)
    response = web.HTTPSeeOther("/counter")
    set_session(response, request, moved[1])
    forms.set_cookie(response, request, forms.PLACE, f"{session.centre}/{counter}")
    raise response


async def sign_out(request: web.Request) -> web.Response:
    """End the session and close its counter; while somebody is there it cannot be left, and the page says so."""
    desk, session = request.app[DESK], await session_of(request) or await waiting_of(request)
    if session is None:
        raise web.HTTPSeeOther("/sign-in")
    await forms.fields(request, session.csrf)
    if not await _close_counter(desk, session):
        raise web.HTTPSeeOther("/counter")
    await leave(request, session)
    response = web.HTTPSeeOther("/sign-in")
    set_session(response, request, None)
    raise response


async def _close_counter(desk: WebContext, session: Session) -> bool:
    """Close the counter of a session; false where somebody is there."""
    if session.counter is None:
        return True
    live = desk.centres[session.centre]
    counter = live.state.counters.get(session.counter)
    if counter is None or counter.state is CounterState.CLOSED:
        return True
    return not isinstance(await live.execute(CloseCounter(session.counter), session), Refusal)


async def leave(request: web.Request, session: Session) -> None:
    """End a session. A visit that is at its counter stays there, and can be handed back."""
    desk = request.app[DESK]
    await _close_counter(desk, session)
    await desk.log.write(lambda connection: staff_store.end_session(connection, session.id))
    # Its pages close with the next look for what has ended: the one that leaves is still open.
    request.app[SERVER].identities.invalidate(frozenset({session.id}))
    _log.info("signed-out", staff=session.staff, centre=session.centre, counter=session.counter)
