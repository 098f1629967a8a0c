"""One look at the public pages of a centre: its set-up, the reader, the time, and what has been chosen."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from aiohttp import web

from queue_server.catalogue.appointments import AppointmentRules
from queue_server.catalogue.model import Setup, tariff
from queue_server.centre.centres import Centre, Centres
from queue_server.domain.values import Micros, ServiceId
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER, Server
from queue_server.requirements.bring import BringLine, bring_lines
from queue_server.web.booking.choice import BookingChoice, read_choice
from queue_server.web.page_context import DESK, WebContext
from queue_server.web.view_context import PageReader, name_in


class BookingContext(msgspec.Struct, frozen=True):
    """``rules`` are those of the centre's appointments; ``choice`` is what the address says was chosen."""

    request: web.Request
    server: Server
    desk: WebContext
    centre: Centre
    rules: AppointmentRules
    reader: PageReader
    now: Micros
    choice: BookingChoice

    @property
    def setup(self) -> Setup:
        return self.centre.setup.setup

    @property
    def centre_name(self) -> str:
        return name_in(self.setup.centre.name, self.reader.language, self.centre.id)

    def path(self, step: str = "", query: str = "") -> str:
        """Give the address of a step, in this language."""
        place = f"/book/{self.centre.id}" + (f"/{step}" if step else "")
        return f"{place}?" + "&".join(filter(None, (query, urlencode({"lang": self.reader.language}))))

    def bring(self, choice: BookingChoice) -> tuple[BringLine, ...]:
        """List what a party brings."""
        return bring_lines(
            self.centre.facts.catalogue,
            tariff(self.setup),
            choice.services,
            choice.headcounts,
            choice.party_size,
            self.reader.words,
            self.reader.language,
        )

    def service_names(self, services: Sequence[ServiceId]) -> tuple[str, ...]:
        known = {one.id: one.name for one in self.setup.services}
        return tuple(name_in(known.get(one, {}), self.reader.language, one) for one in services)


def context_of(request: web.Request, centre: Centre, choice: BookingChoice | None = None) -> BookingContext:
    """Look at a centre.

    Raises:
        NotFoundError: it gives no appointments.
    """
    desk, server = request.app[DESK], request.app[SERVER]
    rules = centre.setup.setup.appointments
    if rules is None:
        raise NotFoundError
    reader = desk.reader(desk.language(request), centre.setup.setup.centre.zone)
    if choice is None:
        choice = read_choice(lambda name: request.query.getall(name, ()), centre.setup.setup)
    return BookingContext(request, server, desk, centre, rules, reader, server.clock(), choice)


def context_of_path(request: web.Request) -> BookingContext:
    """Look at the centre that the path names.

    Raises:
        NotFoundError: there is none, or it gives no appointments.
    """
    found = {str(one): centre for one, centre in request.app[SERVER][Centres].items()}
    centre = found.get(request.match_info["centre"])
    if centre is None:
        raise NotFoundError
    return context_of(request, centre)


def languages(request: web.Request, desk: WebContext) -> list[tuple[str, str, str]]:
    """List the languages: tag, name, and the address of this same page in it; a form that failed is begun anew."""
    kept = [(name, value) for name, value in request.query.items() if name != "lang"]
    return [
        (tag, name, f"{request.path}?{urlencode([*kept, ('lang', tag)])}") for tag, name in desk.site.language_names()
    ]


def draw(
    request: web.Request,
    reader_language: str,
    template: str,
    *,
    centre_name: str,
    status: int = 200,
    secret: bool = True,
    packed: bool = False,
    **values: Any,
) -> web.Response:
    """Draw a page.

    ``secret``: it is of somebody, and no search engine may keep it. ``packed``: it may be sent compressed, since
    nothing in it is a secret whose length could tell something (BREACH).
    """
    desk = request.app[DESK]
    filled = {
        "centre_name": centre_name,
        "languages": languages(request, desk),
        "secret": secret,
        "script": None,
        **values,
    }
    text = desk.site.render(f"booking/{template}.html", reader_language, filled)
    headers = {"X-Robots-Tag": "noindex, nofollow"} if secret else {}
    response = web.Response(text=text, status=status, content_type="text/html", headers=headers)
    if packed:
        response.enable_compression()
    return response
