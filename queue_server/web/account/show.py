"""The page of one's own account over HTTP: where one is signed in, and the password."""

from http import HTTPStatus
from typing import Any, Final

from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts import factors, password_change, sign_in_news
from queue_server.accounts import signed_in as sessions_of
from queue_server.accounts.errors import PasswordWeakError, SignInError, TooManyTriesError
from queue_server.accounts.factors import Factor
from queue_server.accounts.model import PROTECTED, Session, SessionId
from queue_server.accounts.sign_in_news import News
from queue_server.accounts.signed_in import SignedIn
from queue_server.accounts.strength import Weakness
from queue_server.catalogue.cache import Catalogues
from queue_server.domain.values import Actor, Micros
from queue_server.framework.middleware import note_refusal
from queue_server.framework.server import SERVER
from queue_server.web import forms, staff
from queue_server.web.account import presenter
from queue_server.web.account.known import browser_of
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.times import next_minute
from queue_server.web.view_context import name_in
from queue_server.web.waits import too_early
from queue_server.web.wording import MarkupTranslations

_PATH: Final = "/account"
#: Of an instant in microseconds, in digits.
_LONGEST: Final = 19


async def show(request: web.Request) -> web.Response:
    """Show somebody their account, or the way to the sign-in."""
    return await draw(request, await signed_in(request), "account/index.html")


async def show_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await draw(request, await signed_in(request), "account/page.html")


async def owner(request: web.Request) -> tuple[Session, dict[str, str]]:
    """Take a form of this page; returns whose it is, and its fields.

    Raises:
        FormForgedError: the form is not of this session.
    """
    session = await signed_in(request)
    return session, await forms.fields(request, session.csrf)


async def accept_password(request: web.Request) -> web.Response:
    """Put a password of somebody's own choice in place of the one they had."""
    session, form = await owner(request)
    desk, server = request.app[DESK], request.app[SERVER]
    words = desk.site.words[desk.language(request)]
    if form.get("new", "") != form.get("again", ""):
        text = words("The new password was typed in two ways. Type it twice alike.")
        return await draw(request, session, "account/index.html", HTTPStatus.CONFLICT, error=text)
    try:
        ended = await password_change.change_password(
            desk.log,
            desk.passwords,
            desk.rules,
            session,
            old=form.get("old", ""),
            new=form.get("new", ""),
            address=request.remote or "",
            browser=browser_of(request, session),
            now=desk.clock(),
        )
    except PasswordWeakError as error:
        text = presenter.weakness(words, Weakness(str(error.placeholders["weakness"])))
        return await draw(request, session, "account/index.html", HTTPStatus.CONFLICT, error=text)
    except TooManyTriesError as error:
        note_refusal(request, error)
        text = too_early(words, int(error.placeholders["retry_after_s"]))
        return await draw(request, session, "account/index.html", HTTPStatus.TOO_MANY_REQUESTS, error=text)
    except SignInError as error:
        note_refusal(request, error)
        text = words("The password that you have now is another one.")
        return await draw(request, session, "account/index.html", HTTPStatus.FORBIDDEN, error=text)
    server.feeds.end(ended)
    raise web.HTTPSeeOther(f"{_PATH}?done=password")


async def end_sessions(request: web.Request) -> web.Response:
    """End one session of one's own, or all but this one."""
    session, form = await owner(request)
    desk, one = request.app[DESK], form.get("session")

    ended = await desk.log.write(
        lambda connection: sessions_of.end(
            connection,
            session.staff,
            actor=Actor(f"staff/{session.staff}"),
            now=desk.clock(),
            one=one,
            but=session.id,
        )
    )
    request.app[SERVER].feeds.end(frozenset(ended))
    raise web.HTTPSeeOther(f"{_PATH}?done=sessions")


async def answer(request: web.Request) -> web.Response:
    """Take the answer that all of it was they themselves: what has happened since the page was drawn stays asked."""
    session, form = await owner(request)
    until = form.get("until", "")
    # Longer than any time is: nobody's page said it.
    shown = Micros(int(until)) if until.isascii() and until.isdecimal() and len(until) < _LONGEST else Micros(0)
    await request.app[DESK].log.write(lambda connection: sign_in_news.answer(connection, session.staff, shown))
    raise web.HTTPSeeOther(f"{_PATH}?done=answered")


async def draw(
    request: web.Request, session: Session, template: str, status: int = HTTPStatus.OK, **values: object
) -> web.Response:
    """Draw the page, or the part of it that changes."""
    desk, now = request.app[DESK], request.app[DESK].clock()
    facts = {centre: live.facts for centre, live in desk.centres.items()}
    here = facts[session.centre].catalogue.centre
    reader = desk.reader(desk.language(request), here.zone)

    def read(connection: Connection) -> tuple[tuple[SignedIn, ...], tuple[Factor, ...], int, tuple[News, ...]]:
        return (
            sessions_of.signed_in(connection, [session.staff], now, desk.rules),
            factors.of(connection, session.staff),
            factors.recovery_left(connection, session.staff),
            sign_in_news.news(connection, session.staff, opened=session.created),
        )

    found, held, left, asked_of = await desk.log.run(read)
    lines = [
        presenter.line(one, facts, reader, now=now, me=SessionId(session.id), home=session.centre) for one in found
    ]
    done, asked = _done(reader.words), request.query.get("done", "")
    shown: dict[str, Any] = {
        "lines": sorted(lines, key=lambda one: not one.here),
        "asked_of": [presenter.news(one, reader, now) for one in asked_of],
        "asked_until": max((one.at for one in asked_of), default=0),
        "login": session.login,
        "factors": [presenter.factor(reader, one, now) for one in held],
        "recovery_left": left,
        "needed": await needed(request, session),
        "factor_error": Markup(),
        "roles": [presenter.role(reader.words, role) for role in sorted(session.roles)],
        "done": done.get(asked, Markup()),
        "done_key": asked if asked in done else "",
        "error": Markup(),
        "news": "",
        "helps": (),
        "back": staff.home(session, desk.rooms),
        "band_do": reader.words("What you see is of before. It is drawn anew when the connection is back."),
        "key_table": key_table(reader.words),
        **staff.values(
            session,
            reader,
            here=_PATH,
            centre_name=name_in(here.name, reader.language, session.centre),
            now=now,
            refresh_at=Micros(next_minute(now)),
            rules=desk.page_rules,
        ),
        **values,
    }
    text = desk.site.render(template, reader.language, shown)
    return web.Response(status=status, text=text, content_type="text/html")


async def needed(request: web.Request, session: Session) -> bool:
    """Tell whether the centre of a session asks its owner for a second factor."""
    stored = await request.app[SERVER][Catalogues].get(session.centre)
    return stored.setup.rules.manager_second_factor and bool(PROTECTED & session.roles)


def _done(_: MarkupTranslations) -> dict[str, Markup]:
    return {
        "password": _("You have a new password. Everywhere else you are signed out."),
        "taken-off": _("Taken off. It opens nothing here any more."),
        "answered": _("Good. You are asked again when something new happens."),
        "sessions": _("Ended. It takes two seconds until that page closes."),
    }


def key_table(_: MarkupTranslations) -> tuple[tuple[str, Markup, Markup], ...]:
    """List all keys: cap, what it does, when."""
    return (
        ("Shift E", _("End all but this one"), _("you are signed in elsewhere")),
        ("?", _("All keys"), _("always")),
    )
