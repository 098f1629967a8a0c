"""The documents behind a figure: their labels and times, and nobody's name. Over HTTP, and pure until then."""

from datetime import date

import msgspec
from aiohttp import web
from markupsafe import Markup

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centres
from queue_server.custody import labels
from queue_server.custody.values import ItemKind
from queue_server.domain.values import HOUR, GovernmentId, Micros
from queue_server.framework.server import SERVER
from queue_server.web import times, wording
from queue_server.web.custody import words
from queue_server.web.custody.custody_query import CustodyQuery, CustodyView
from queue_server.web.custody.documents_query import DocumentMove, DocumentsQuery, read
from queue_server.web.custody.documents_reading import ROWS, DocumentLine, DocumentLines, documents
from queue_server.web.custody.figures_part import hours
from queue_server.web.custody.item_rows import moment
from queue_server.web.figures import figures_words, show
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations


class DocumentListRow(msgspec.Struct, frozen=True):
    """A document of the list; ``url`` is where the custody desk shows it."""

    label: str
    url: str
    what: Markup
    government: str
    came: Markup
    went: Markup
    hours: Markup
    state: Markup


class DocumentListPage(msgspec.Struct, frozen=True):
    """The documents behind a number: ``lead`` says which."""

    now: Micros
    refresh_at: Micros
    query: str
    head: Markup
    lead: Markup
    rows: tuple[DocumentListRow, ...]
    back: str
    older: str
    newer: str


async def show_documents(request: web.Request) -> web.Response:
    """Show the documents behind a number, or the way to the sign-in."""
    return await _draw(request, await signed_in(request), "custody/documents-index.html")


async def show_documents_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _draw(request, await signed_in(request), "custody/documents.html")


async def _draw(request: web.Request, session: Session, template: str) -> web.Response:
    desk, asked = request.app[DESK], read(request.query)
    look, rule = desk.view(request, session), request.app[SERVER][Centres][session.centre].rule
    today = date.fromisoformat(rule.day_at(look.now))
    found = await desk.log.run(lambda connection: documents(connection, session.centre, asked, rule, today))
    page = documents_page(look, found, asked, today)
    return show.answer(request, session, look, template, {"page": page, "page_template": "custody/documents.html"})


def documents_page(look: StaffView, found: DocumentLines, asked: DocumentsQuery, today: date) -> DocumentListPage:
    """List a piece of them, and say which number they stand behind."""
    _ = look.words
    end = asked.skip + len(found.lines)
    said = [figures_words.period_name(_, look.clock, asked.of.period(today)), move_name(_, asked.move)]
    if asked.government:
        said.append(Markup.escape(look.government_name(GovernmentId(asked.government))))
    if asked.kind:
        said.append(words.kind(_, ItemKind(asked.kind)))
    return DocumentListPage(
        now=look.now,
        refresh_at=Micros(times.next_minute(look.now)),
        query=asked.written(),
        head=_.ngettext(
            "%(count)s document", "%(count)s documents", found.total, count=figures_words.number(found.total)
        ),
        lead=Markup(" \N{MIDDLE DOT} ").join(said),
        rows=tuple(_row(look, one) for one in found.lines),
        back=f"{asked.of.address()}#documents",
        older=asked.address(skip=end) if end < found.total else "",
        newer=asked.address(skip=max(0, asked.skip - ROWS)) if asked.skip else "",
    )


def move_name(_: MarkupTranslations, move: DocumentMove) -> Markup:
    """Say what happened to a document."""
    return {
        DocumentMove.HANDED_IN: _("Came in"),
        DocumentMove.GIVEN_BACK: _("Given back"),
        DocumentMove.HANDED_OVER: _("Handed over"),
    }[move]


def _row(look: StaffView, one: DocumentLine) -> DocumentListRow:
    until = one.ended_at
    return DocumentListRow(
        label=labels.shown(one.label),
        url=CustodyQuery(CustodyView.ITEM, item=one.id).address(),
        what=words.kind(look.words, one.kind),
        government=look.government_name(GovernmentId(one.government)),
        came=moment(look, one.received_at),
        went=Markup.escape(wording.NOTHING) if until is None else moment(look, until),
        hours=hours(look.words, ((look.now if until is None else until) - one.received_at) / HOUR),
        state=words.state(look.words, one.state),
    )
