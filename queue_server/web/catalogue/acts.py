"""What an administrator does with versions of the set-up: puts one in force again, and withdraws what was planned."""

from datetime import date
from http import HTTPStatus

from aiohttp import web

from queue_server.accounts.model import Session
from queue_server.catalogue import planning, store
from queue_server.catalogue.errors import CatalogueError
from queue_server.domain.values import Actor
from queue_server.web import forms
from queue_server.web.account.proof import refusal_of
from queue_server.web.catalogue import show
from queue_server.web.catalogue.catalogue_query import PATH, CatalogueQuery
from queue_server.web.catalogue.refusals import refusal
from queue_server.web.page_context import DESK, signed_in


async def undo(request: web.Request) -> web.Response:
    """Put an earlier version in force again, over the one that was in force when the page was drawn."""
    session, form = await owner(request)
    query = CatalogueQuery.of({"version": form.get("version", "")})
    over = CatalogueQuery.of({"version": form.get("over", "")}).version
    if (response := await unproved(request, session, form, query)) is not None:
        return response
    desk = request.app[DESK]
    try:
        await desk.log.write(
            lambda connection: store.undo(
                connection, session.centre, query.version, over=over, actor=actor_of(session), at=desk.clock()
            )
        )
    except CatalogueError as error:
        return await refuse(request, session, query, error)
    raise web.HTTPSeeOther(f"{PATH}?done=put-back")


async def withdraw(request: web.Request) -> web.Response:
    """Let what was planned for a day not count after all."""
    session, form = await owner(request)
    query = CatalogueQuery.of({"from": form.get("day", "")})
    if query.view == "plan":
        try:
            await request.app[DESK].log.write(
                lambda connection: planning.withdraw(
                    connection,
                    session.centre,
                    date.fromisoformat(query.day),
                    actor=actor_of(session),
                    at=request.app[DESK].clock(),
                )
            )
        except CatalogueError as error:
            return await refuse(request, session, CatalogueQuery(), error)
    raise web.HTTPSeeOther(f"{PATH}?done=withdrawn")


async def owner(request: web.Request) -> tuple[Session, dict[str, str]]:
    """Take a form of these pages; returns whose it is, and its fields.

    Raises:
        FormForgedError: the form is not of this session.
    """
    session = await signed_in(request)
    return session, await forms.fields(request, session.csrf)


def actor_of(session: Session) -> Actor:
    return Actor(f"staff/{session.staff}")


async def unproved(
    request: web.Request, session: Session, form: dict[str, str], query: CatalogueQuery
) -> web.Response | None:
    """Draw the page once more for who did not say their password; None where it is right."""
    refused = await refusal_of(request, session, form.get("password", ""))
    if refused is None:
        return None
    template = "catalogue/index.html"
    return await show.draw(request, session, template, query=query, refused=refused.text, status=refused.status)


async def refuse(request: web.Request, session: Session, query: CatalogueQuery, error: CatalogueError) -> web.Response:
    """Draw the page once more, with why it was not done."""
    words = request.app[DESK].site.words[request.app[DESK].language(request)]
    text = refusal(words, error)
    template, status = "catalogue/index.html", HTTPStatus.CONFLICT
    return await show.draw(request, session, template, query=query, refused=text, status=status)
