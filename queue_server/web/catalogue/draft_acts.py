"""What an administrator does with the draft: takes parts out, moves them, puts it in force, plans it, drops it."""

import asyncio
from datetime import date

from aiohttp import web

from queue_server.catalogue import drafts, editing, toml
from queue_server.catalogue.checking import check_types
from queue_server.catalogue.errors import CatalogueDraftChangedError, CatalogueError
from queue_server.catalogue.schema import sections
from queue_server.framework.problems import NotFoundError
from queue_server.web.catalogue.acts import actor_of, owner, refuse, unproved
from queue_server.web.catalogue.catalogue_query import PATH, CatalogueQuery
from queue_server.web.catalogue.edit import EditedPart, read_text, store_draft
from queue_server.web.catalogue.opening import OPENING
from queue_server.web.page_context import DESK


async def arrange(request: web.Request) -> web.Response:
    """Take a part out of the draft, or move it before or behind its neighbour."""
    session, form = await owner(request)
    edited = EditedPart.of(form)
    there = await request.app[DESK].log.run(lambda connection: read_text(connection, session.centre))
    query = CatalogueQuery(section=edited.section)
    try:
        text = await asyncio.to_thread(_arranged, there.text, edited, form.get("act", ""))
        await store_draft(request, session, form, text)
    except CatalogueError as error:
        return await refuse(request, session, query, error)
    raise web.HTTPSeeOther(f"{query.href}&done=saved")


def _arranged(text: str, edited: EditedPart, act: str) -> str:
    if edited.as_text or not sections()[edited.section].many:
        # It has no parts, or is changed as a whole.
        raise NotFoundError
    count = len(editing.raw(text).get(edited.section) or ())
    number = count if edited.number is None else edited.number
    if number >= count:
        raise NotFoundError
    if act == "remove":
        after = editing.remove(text, edited.section, number)
        check_types(edited.section, editing.raw(after).get(edited.section))
        return after
    to = number - 1 if act == "up" else number + 1
    return editing.move(text, edited.section, number, min(max(to, 0), count - 1))


async def put_in_force(request: web.Request) -> web.Response:
    """Let the draft count at once, or from a service day to come."""
    session, form = await owner(request)
    desk, query = request.app[DESK], CatalogueQuery("draft", opening=form.get("to") == "opening")
    if (response := await unproved(request, session, form, query)) is not None:
        return response
    there = await desk.log.run(lambda connection: read_text(connection, session.centre))
    revision, at = form.get("revision", ""), desk.clock()
    over = CatalogueQuery.of({"version": form.get("over", "")}).version
    day = CatalogueQuery.of({"from": form.get("day", "")}).day if form.get("when") == "day" else ""
    try:
        if there.draft is None:
            raise CatalogueDraftChangedError(centre=session.centre)
        setup = await asyncio.to_thread(toml.parse, there.text)
        if setup.centre.id != session.centre:
            raise CatalogueDraftChangedError(centre=session.centre)
        if form.get("when") == "day":
            from_day = date.fromisoformat(day) if day else date.min
            await desk.log.write(
                lambda connection: drafts.plan(
                    connection,
                    setup,
                    there.text,
                    revision=revision,
                    from_day=from_day,
                    actor=actor_of(session),
                    at=at,
                )
            )
        else:
            await desk.log.write(
                lambda connection: drafts.put_in_force(
                    connection, setup, there.text, revision=revision, over=over, actor=actor_of(session), at=at
                )
            )
    except CatalogueError as error:
        return await refuse(request, session, query, error)
    raise web.HTTPSeeOther(OPENING if query.opening else f"{PATH}?done={'planned' if day else 'put-back'}")


async def drop(request: web.Request) -> web.Response:
    """Throw the draft away."""
    session, form = await owner(request)
    try:
        await request.app[DESK].log.write(
            lambda connection: drafts.drop(connection, session.centre, revision=form.get("revision", ""))
        )
    except CatalogueError as error:
        return await refuse(request, session, CatalogueQuery(), error)
    raise web.HTTPSeeOther(f"{PATH}?done=dropped")
