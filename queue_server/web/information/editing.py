"""``/information``: where managers write what people read, all languages side by side."""

from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from aiohttp import web
from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.accounts import staff_store
from queue_server.accounts.model import Session
from queue_server.domain.values import Actor, Micros
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER
from queue_server.information import store, words
from queue_server.information.alarms import broken, over, unreviewed
from queue_server.information.library import CentreInformation, InformationLibrary
from queue_server.information.model import EmergencyContact, InformationPage, PageRevision, TopicKind
from queue_server.information.settings import InformationRules
from queue_server.web import staff
from queue_server.web.information.past import as_it_was, past_versions
from queue_server.web.information.reading import PATH as PUBLIC
from queue_server.web.information.reading import describe_language
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.times import next_minute
from queue_server.web.view_context import PageReader, name_in

PATH: Final = "/information"
#: Empty lines for further people to call.
_FURTHER: Final = 1


class ListedLanguage(msgspec.Struct, frozen=True):
    """How a page stands in one language."""

    tag: str
    state: str


class ListedPage(msgspec.Struct, frozen=True):
    """A line of the list; ``troubles`` say in words what a manager has to look at."""

    topic: str
    title: str
    kind: Markup
    owner: str
    reviewed: str
    languages: tuple[ListedLanguage, ...]
    troubles: tuple[Markup, ...]


async def show_list(request: web.Request) -> web.Response:
    """Show all pages with what ails them."""
    return await _list(request, "information/manage-index.html")


async def show_list_part(request: web.Request) -> web.Response:
    """Show what changes, for a page that is open already."""
    return await _list(request, "information/manage.html")


async def show_editor(request: web.Request) -> web.Response:
    """Show one page to be written, or an empty one."""
    return await _editor(request, "information/edit-index.html")


async def show_editor_part(request: web.Request) -> web.Response:
    """Show the bar anew; what is being written stays."""
    return await _editor(request, "information/edit.html")


async def _list(request: web.Request, template: str) -> web.Response:
    session = await signed_in(request)
    found, reader = await _found(request, session)
    rules = request.app[SERVER].settings[InformationRules]
    asked = request.query.get("done", "")
    done = {"saved": reader.words("Stored. People read it now."), "removed": reader.words("Taken out.")}
    values = {
        "rows": _rows(found, reader, rules.review_days),
        "taken_out": await _taken_out(request, session, found),
        "address": f"{PUBLIC}?centre={session.centre}",
        "done": done.get(asked, Markup()),
        "done_key": asked if asked in done else "",
        "page_template": "information/manage.html",
    }
    return await _draw(request, session, reader, template, values)


async def _editor(request: web.Request, template: str) -> web.Response:
    session = await signed_in(request)
    found, reader = await _found(request, session)
    topic = request.query.get("topic", "")
    past, names = await _past(request, session, topic)
    newest = past[0] if past else None
    revision = _asked(past, request.query.get("version", "")) if "version" in request.query else newest
    if topic and (revision is None or revision.page is None):
        raise NotFoundError
    page = None if revision is None else revision.page
    is_old = revision is not newest
    if page is not None and is_old:
        page = as_it_was(page)
    values = {
        "topic": topic,
        # A page that was taken out is stored as a new one.
        "version": 0 if newest is None or newest.page is None else newest.version,
        "removable": newest is not None and newest.page is not None,
        "number": 0 if revision is None else revision.version,
        "is_old": is_old,
        "past": past_versions(past, names, reader, f"{PATH}/edit", 0 if revision is None else revision.version),
        "editing": page,
        "by": "" if revision is None else names.get(revision.actor, ""),
        "stored_at": "" if revision is None else f"{reader.clock.day(revision.at)} {reader.clock.hhmm(revision.at)}",
        "kinds": [(one.value, words.kind(reader.words, one)) for one in TopicKind],
        "today": found.day.isoformat(),
        "columns": _columns(found, page),
        "contacts": [*(page.contacts if page else ()), *[EmergencyContact({"en": ""}, "")] * _FURTHER],
        "governments": [(one.id, name_in(one.name, reader.language, one.id)) for one in found.setup.governments],
        "services": [(one.id, name_in(one.name, reader.language, one.id)) for one in found.setup.services],
        "placeholders": _placeholders(found, reader),
        "page_template": "information/edit.html",
        "api": f"/api/v1/centres/{session.centre}/information",
    }
    return await _draw(request, session, reader, template, values)


async def _past(
    request: web.Request, session: Session, topic: str
) -> tuple[tuple[PageRevision, ...], dict[Actor, str]]:
    """Read what became of a page, and who they were that stored it."""

    def read(connection: Connection) -> tuple[tuple[PageRevision, ...], dict[Actor, str]]:
        found = store.history(connection, session.centre, topic)
        return found, dict(staff_store.names(connection, {one.actor for one in found}))

    return await request.app[DESK].log.run(read) if topic else ((), {})


async def _taken_out(request: web.Request, session: Session, found: CentreInformation) -> list[tuple[str, str]]:
    """Name the pages that were taken out, with where their last version stands."""
    there = {one.topic for one in found.pages}
    known = await request.app[DESK].log.run(lambda connection: store.versions(connection, session.centre))
    return [
        (topic, f"{PATH}/edit?{urlencode({'topic': topic, 'version': number - 1})}")
        for topic, number in known
        if topic not in there
    ]


def _asked(past: tuple[PageRevision, ...], version: str) -> PageRevision | None:
    return next((one for one in past if str(one.version) == version), None)


async def _found(request: web.Request, session: Session) -> tuple[CentreInformation, PageReader]:
    desk = request.app[DESK]
    found = await request.app[SERVER][InformationLibrary].get(session.centre)
    return found, desk.reader(desk.language(request), found.setup.centre.zone)


def _languages(found: CentreInformation, page: InformationPage | None) -> list[str]:
    return list(dict.fromkeys(["en", *found.setup.centre.languages, *(page.texts if page else ())]))


def _columns(found: CentreInformation, page: InformationPage | None) -> list[dict[str, Any]]:
    texts = {} if page is None else page.texts
    return [
        {
            "tag": tag,
            "name": describe_language(tag),
            "text": texts.get(tag),
            "missing": page is not None and tag not in texts,
        }
        for tag in _languages(found, page)
    ]


def _placeholders(found: CentreInformation, reader: PageReader) -> list[tuple[str, Markup]]:
    _, service = reader.words, found.setup.services[0].id
    listed = next((one.services[0] for one in found.setup.checklists), "")
    return [
        ("{{fees}}", _("all fees")),
        (f"{{{{fees:{found.setup.governments[0].id}}}}}", _("the fees of one government")),
        (f"{{{{fee:{service}}}}}", _("what one service costs")),
        ("{{hours}}", _("the opening hours")),
        (f"{{{{steps:{service}}}}}", _("the stops of a service")),
        *([(f"{{{{requirements:{listed}}}}}", _("what to bring for a service"))] if listed else []),
        ("{{centre}}", _("the name of the centre")),
        ("{{address}}", _("its address")),
    ]


def _rows(found: CentreInformation, reader: PageReader, review_days: int) -> list[ListedPage]:
    _ = reader.words
    told = (
        ({one.page.topic for one in over(found)}, _("over")),
        ({one.page.topic for one in unreviewed(found, review_days)}, _("not reviewed for long")),
        ({one.page.topic for one in broken(found)}, _("names what is not there")),
    )
    rows = []
    for revision in found.pages:
        page = revision.page
        if page is None:
            continue
        languages = tuple(
            ListedLanguage(tag, "missing" if tag not in page.texts else "stale" if page.texts[tag].stale else "good")
            for tag in _languages(found, page)
        )
        rows.append(
            ListedPage(
                page.topic,
                name_in({tag: one.title for tag, one in page.texts.items()}, reader.language, page.topic),
                words.kind(_, page.kind),
                page.owner,
                page.reviewed.isoformat(),
                languages,
                tuple(word for topics, word in told if page.topic in topics),
            )
        )
    return rows


async def _draw(
    request: web.Request, session: Session, reader: PageReader, template: str, values: dict[str, Any]
) -> web.Response:
    desk, now = request.app[DESK], request.app[DESK].clock()
    here = desk.centres[session.centre].facts.catalogue.centre
    shown = {
        "news": "",
        "helps": (),
        "band_do": reader.words("What you type stays here. Store it when the connection is back."),
        "key_table": (
            ("Ctrl Enter", reader.words("Store the page"), reader.words("while it is written")),
            ("?", reader.words("All keys"), reader.words("always")),
        ),
        **staff.values(
            session,
            reader,
            here=PATH,
            centre_name=name_in(here.name, reader.language, session.centre),
            now=now,
            refresh_at=Micros(next_minute(now)),
            rules=desk.page_rules,
        ),
        **values,
    }
    return web.Response(text=desk.site.render(template, reader.language, shown), content_type="text/html")
