"""``/info`` and ``/info/<topic>``: what people read before they come, on any phone, without scripts, and on paper.

An address names its centre in ``?centre=``; where a server has one alone it may be left out.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from aiohttp import web
from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date

from queue_server.catalogue.fields import FALLBACK
from queue_server.contract.information import InformationContactView
from queue_server.domain.values import CentreId
from queue_server.framework.server import SERVER
from queue_server.information import rendering, views
from queue_server.information.library import CentreInformation, InformationLibrary
from queue_server.information.model import InformationPage, TopicKind
from queue_server.web.page_context import DESK, WebContext
from queue_server.web.site import choose_language, is_rtl, language_name
from queue_server.web.view_context import name_in

#: Where everybody reads.
PATH: Final = "/info"
#: The picture beside each kind of page.
_ICONS: Final = {
    TopicKind.EMERGENCY: "alert",
    TopicKind.NEXT: "seat",
    TopicKind.HOURS: "clock",
    TopicKind.FEES: "card",
    TopicKind.DIRECTIONS: "pin",
    TopicKind.OTHER: "book",
}


class InformationLink(msgspec.Struct, frozen=True):
    """A page in the list; ``language`` is that of its title."""

    address: str
    icon: str
    title: str
    language: str


class InformationCall(msgspec.Struct, frozen=True):
    """Somebody to call: ``telephone`` is dialled by a tap."""

    name: str
    telephone: str
    shown: str
    hours: str


async def show_list(request: web.Request) -> web.Response:
    """Show all pages of a centre, the numbers for emergencies first."""
    desk = request.app[DESK]
    centre = _centre(request, desk)
    if centre is None:
        return _choose_centre(request, desk)
    found = await request.app[SERVER][InformationLibrary].get(centre)
    language = _language(request, desk, found)
    values = _around(found, language)
    urgent = [one for one in _pages(found) if one.kind is TopicKind.EMERGENCY]
    values |= {
        "links": [_link(found, one, language) for one in _pages(found)],
        "calls": [call for one in urgent for call in _calls(views.contacts(one.contacts), language)],
    }
    return _answer(desk, "information/list.html", language, values)


async def show_page(request: web.Request) -> web.Response:
    """Show one page, in the language asked for where it is written in that, else in another one that it has."""
    desk = request.app[DESK]
    centre = _centre(request, desk)
    if centre is None:
        return _choose_centre(request, desk)
    library = request.app[SERVER][InformationLibrary]
    found = await library.get(centre)
    language = _language(request, desk, found)
    revision = found.page(request.match_info["topic"])
    if revision is None or revision.page is None:
        return _answer(desk, "information/unknown.html", language, _around(found, language), status=404)
    page = revision.page
    written = _written(page, language)
    filling = library.filling(found, written)
    values = _around(found, language)
    values |= {
        "title": page.texts[written].title,
        "text": rendering.html(page.texts[written].text, found.setup, filling),
        "written": written,
        "written_rtl": _rtl(written),
        "written_name": describe_language(written),
        "calls": _calls(views.contacts(page.contacts), language),
        "reviewed": _day(language, page.reviewed),
        "valid_until": _day(language, page.valid_until),
        "is_over": page.is_over(found.day),
    }
    return _answer(desk, "information/page.html", language, values)


def next_address(found: CentreInformation, language: str) -> str | None:
    """Give the address of the page that says what happens next, where there is one: for a ticket."""
    page = next((one for one in _pages(found) if one.kind is TopicKind.NEXT), None)
    return None if page is None else _address(found, language, page.topic)


def _pages(found: CentreInformation) -> list[InformationPage]:
    return [one.page for one in found.pages if one.page is not None]


def _centre(request: web.Request, desk: WebContext) -> CentreId | None:
    wanted = CentreId(request.query.get("centre", ""))
    if wanted in desk.centres:
        return wanted
    return next(iter(desk.centres)) if len(desk.centres) == 1 else None


def _choose_centre(request: web.Request, desk: WebContext) -> web.Response:
    """Ask which centre it is about, where a server has several."""
    language = desk.language(request)
    centres = sorted((str(ident), live.facts.catalogue.centre.name) for ident, live in desk.centres.items())
    values = {
        "centres": [
            (f"{request.path}?{urlencode({'centre': ident, 'lang': language})}", name_in(names, language, ident))
            for ident, names in centres
        ],
        "languages": [(tag, name, f"?lang={tag}") for tag, name in desk.site.language_names()],
        "reading": language,
    }
    return _answer(desk, "information/centres.html", language, values)


def _language(request: web.Request, desk: WebContext, found: CentreInformation) -> str:
    """Choose what somebody reads: what they ask for, else what the browser does; we may have no words in it."""
    offered = _languages(found)
    asked = request.query.get("lang", "")
    if asked in offered:
        return asked
    for part in request.headers.get("Accept-Language", "").split(","):
        tag = part.split(";", maxsplit=1)[0].strip()
        for one in offered:
            if tag.lower() in {one.lower(), one.split("-", maxsplit=1)[0].lower()} or tag.lower().startswith(f"{one}-"):
                return one
    return desk.language(request)


def _languages(found: CentreInformation) -> list[str]:
    """List the languages of a centre, and those that pages are written in beside them."""
    written = (tag for one in _pages(found) for tag in one.texts)
    return list(dict.fromkeys([*found.setup.centre.languages, *written]))


def _written(page: InformationPage, language: str) -> str:
    return next(tag for tag in (language, FALLBACK, *page.texts) if tag in page.texts)


def _around(found: CentreInformation, language: str) -> dict[str, Any]:
    """Gather what every page has: its centre, its languages, the way back."""
    return {
        "centre_name": name_in(found.setup.centre.name, language, found.setup.centre.id),
        "reading": language,
        "languages": [
            (tag, describe_language(tag), f"?{urlencode({'centre': found.setup.centre.id, 'lang': tag})}")
            for tag in _languages(found)
        ],
        "home": _address(found, language),
    }


def _address(found: CentreInformation, language: str, topic: str = "") -> str:
    query = urlencode({"centre": found.setup.centre.id, "lang": language})
    return f"{PATH}/{topic}?{query}" if topic else f"{PATH}?{query}"


def _link(found: CentreInformation, page: InformationPage, language: str) -> InformationLink:
    written = _written(page, language)
    return InformationLink(_address(found, language, page.topic), _ICONS[page.kind], page.texts[written].title, written)


def _calls(contacts: Collection[InformationContactView], language: str) -> list[InformationCall]:
    return [
        InformationCall(
            name_in(one.name, language, one.shown), one.telephone, one.shown, name_in(one.hours, language, "")
        )
        for one in contacts
    ]


def _day(language: str, day: date | None) -> str:
    if day is None:
        return ""
    return format_date(day, "d MMMM y", locale=Locale.parse(choose_language((language,))))


def _rtl(language: str) -> bool:
    try:
        return is_rtl(language)
    except (UnknownLocaleError, ValueError):
        return False


def describe_language(language: str) -> str:
    try:
        return language_name(language)
    except (UnknownLocaleError, ValueError):
        return language


def _answer(
    desk: WebContext, template: str, language: str, values: dict[str, Any], *, status: int = 200
) -> web.Response:
    """Draw a page: our own words in the language where we have it, else in English."""
    text = desk.site.render(template, choose_language((language,)), values)
    return web.Response(status=status, text=text, content_type="text/html")
