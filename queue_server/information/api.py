"""Routes: what people read, and what managers write."""

from http import HTTPStatus

import msgspec
from aiohttp import ETag, web
from sqlalchemy import Connection

from queue_server.accounts import staff_store
from queue_server.catalogue.cache import Catalogues
from queue_server.centre.submit import centre_of
from queue_server.contract import information as m
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.information import markdown, placeholders, rendering, store, views
from queue_server.information.errors import (
    InformationConflictError,
    InformationInvalidError,
    InformationMarkdownError,
    InformationPlaceholderError,
    InformationReferenceError,
    InformationTelephoneError,
    InformationUnknownError,
)
from queue_server.information.library import InformationLibrary
from queue_server.information.model import InformationPage


async def read(ask: RequestContext) -> web.Response:
    """Answer all pages, or 304 to a client that holds them already (RFC 9110, section 13.1.2)."""
    encoded = await ask.server[InformationLibrary].encoded(centre_of(ask).id)
    held = ask.request.if_none_match or ()
    if any(tag.value in {encoded.etag, "*"} for tag in held):
        answer = web.Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        answer = web.Response(body=encoded.body, content_type="application/json")
    answer.etag = ETag(encoded.etag)
    # They may be kept, and are asked about each time.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


async def pages(ask: RequestContext) -> m.InformationPagesAnswer:
    """Answer all pages as they are stored."""
    centre = centre_of(ask).id

    def work(connection: Connection) -> m.InformationPagesAnswer:
        found = store.pages(connection, centre)
        names = staff_store.names(connection, {one.actor for one in found})
        return m.InformationPagesAnswer(tuple(views.page(one, names) for one in found))

    return await ask.server.log.run(work)


@refuses(InformationUnknownError)
async def history(ask: RequestContext) -> m.InformationHistoryAnswer:
    """Answer who changed a page, the newest first."""
    centre, topic = centre_of(ask).id, ask.path("topic")

    def work(connection: Connection) -> m.InformationHistoryAnswer:
        found = store.history(connection, centre, topic)
        if not found:
            raise InformationUnknownError(topic=topic[:64])
        names = staff_store.names(connection, {one.actor for one in found})
        return m.InformationHistoryAnswer(tuple(views.revision(one, names) for one in found))

    return await ask.server.log.run(work)


@refuses(
    InformationInvalidError,
    InformationMarkdownError,
    InformationPlaceholderError,
    InformationTelephoneError,
    InformationReferenceError,
    InformationConflictError,
)
async def save(ask: RequestContext) -> m.InformationPageAnswer:
    """Store a page in place of the version that was opened."""
    wanted, centre = ask.body(m.SaveInformationRequest), centre_of(ask).id
    raw = msgspec.to_builtins(wanted) | {"topic": ask.path("topic")}
    for name in ("version", "confirmed"):
        del raw[name]
    setup = (await ask.server[Catalogues].get(centre)).setup
    page = store.checked(store.convert(raw, InformationPage), setup)

    def work(connection: Connection) -> m.InformationPageAnswer:
        stored = store.save(
            connection,
            centre,
            page,
            wanted.version,
            confirmed=wanted.confirmed,
            actor=ask.actor,
            now=ask.server.clock(),
        )
        return views.page(stored, staff_store.names(connection, {stored.actor}))

    return await ask.server.log.write(work)


@refuses(InformationUnknownError, InformationConflictError)
async def remove(ask: RequestContext) -> m.InformationRemovedAnswer:
    """Take a page out."""
    wanted, centre, topic = ask.body(m.RemoveInformationRequest), centre_of(ask).id, ask.path("topic")
    gone = await ask.server.log.write(
        lambda connection: store.remove(
            connection, centre, topic[:64], wanted.version, actor=ask.actor, now=ask.server.clock()
        )
    )
    return m.InformationRemovedAnswer(gone.topic, gone.version)


@refuses(InformationInvalidError, InformationMarkdownError, InformationPlaceholderError)
async def preview(ask: RequestContext) -> m.InformationPreviewAnswer:
    """Show what people would read of a text; nothing is stored."""
    wanted, library = ask.body(m.PreviewInformationRequest), ask.server[InformationLibrary]
    found = await library.get(centre_of(ask).id)
    markdown.check(wanted.text, wanted.language)
    placeholders.check(wanted.text, wanted.language, found.setup)
    filling = library.filling(found, wanted.language)
    return m.InformationPreviewAnswer(
        str(rendering.html(wanted.text, found.setup, filling)), rendering.blocks(wanted.text, found.setup, filling)
    )
