"""``/w/<token>``: what is offered to somebody who waits.

Looking changes nothing: only a form that is sent takes it, lets it go, or leaves.
"""

from contextlib import suppress
from datetime import date
from http import HTTPStatus
from typing import NamedTuple

import msgspec
from aiohttp import web
from babel.dates import format_date
from markupsafe import Markup

from queue_server.appointments import waitlist, waitlist_store
from queue_server.appointments.booking import Booker
from queue_server.appointments.errors import (
    BookingLimitError,
    HoldOverError,
    OfferOverError,
    TimeNotOfferedError,
    TimeTakenError,
)
from queue_server.appointments.link import token_of
from queue_server.appointments.waitlist_link import WAITLIST_PATH, waiting_of
from queue_server.appointments.waitlist_model import WaitlistEntry
from queue_server.centre.centres import Centres
from queue_server.contract.base import DocumentNumber, People
from queue_server.domain.appointments import LINK_PATH, WaitlistState
from queue_server.framework.problems import NotFoundError
from queue_server.framework.server import SERVER
from queue_server.web import forms
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.booking.context import BookingContext, context_of, draw
from queue_server.web.booking.public_booker import public_booker
from queue_server.web.booking.show_booked import unknown
from queue_server.web.booking.time_table import said
from queue_server.web.wording import party


class WaitingPerson(NamedTuple):
    """Somebody who waits, to whom a link leads."""

    here: BookingContext
    token: str
    entry: WaitlistEntry

    @property
    def query(self) -> str:
        return f"?lang={self.here.reader.language}"

    def path(self, verb: str = "") -> str:
        return f"{WAITLIST_PATH}{self.token}{verb}{self.query}"

    def booker(self, command: str) -> Booker:
        return public_booker(self.here.server, self.here.centre, command)


async def show(request: web.Request) -> web.Response:
    """Show how somebody stands to whoever has their link."""
    found = await _find(request)
    return unknown(request) if found is None else _draw(found)


async def take(request: web.Request) -> web.Response:
    """Book what is offered."""
    found = await _find(request)
    if found is None:
        return unknown(request)
    form, _ = await forms.public_fields(request), found.here.reader.words
    document = None
    if found.here.rules.confirm_document:
        document = "".join(form.get("document", "").split()).upper()
        try:
            msgspec.convert(document, DocumentNumber)
        except msgspec.ValidationError:
            error = _("Type the number as it stands in the document: letters and digits.")
            return _draw(found, error, status=HTTPStatus.UNPROCESSABLE_ENTITY, document_wrong=True)
    try:
        one = await waitlist.take(found.booker(""), found.entry.id, document)
    except BookingLimitError:
        error = _("There are as many appointments with this document or address as there may be.")
        return _draw(found, error, status=HTTPStatus.CONFLICT)
    except (OfferOverError, HoldOverError, TimeTakenError, TimeNotOfferedError):
        again = await _find(request)
        error = _("This time is not held for you any more. You wait on, and we tell you of the next one.")
        return unknown(request) if again is None else _draw(again, error, status=HTTPStatus.CONFLICT)
    raise web.HTTPSeeOther(f"{LINK_PATH}{token_of(found.here.server, one.id)}{found.query}")


async def decline(request: web.Request) -> web.Response:
    """Let what is offered go to the next, and wait on."""
    found = await _find(request)
    if found is None:
        return unknown(request)
    await forms.public_fields(request)
    offer = found.entry.offer(found.here.now)
    if offer is not None:
        with suppress(OfferOverError):
            await waitlist.decline(found.booker(f"decline/{offer.hold}"), found.entry.id)
    raise web.HTTPSeeOther(found.path())


async def leave(request: web.Request) -> web.Response:
    """Wait no more."""
    found = await _find(request)
    if found is None:
        return unknown(request)
    await forms.public_fields(request)
    with suppress(OfferOverError):
        await waitlist.leave(found.booker(f"leave/{found.entry.id}"), found.entry.id)
    raise web.HTTPSeeOther(found.path())


async def _find(request: web.Request) -> WaitingPerson | None:
    """Find who waits. A link that no server of this house has made is not even looked for."""
    server, token = request.app[SERVER], request.match_info["token"]
    ident = waiting_of(server, token)
    entry = None if ident is None else await server.log.run(lambda connection: waitlist_store.by_id(connection, ident))
    centre = None if entry is None else server[Centres].get(entry.centre)
    if entry is None or centre is None:
        return None
    people = tuple(People(one.band, one.count) for one in entry.people)
    try:
        here = context_of(request, centre, BookingChoice(entry.services, entry.party_size, people))
    except NotFoundError:
        return None
    return WaitingPerson(here, token, entry)


def _draw(
    found: WaitingPerson, error: Markup | str = "", *, status: int = 200, document_wrong: bool = False
) -> web.Response:
    here, entry = found.here, found.entry
    _, offer = here.reader.words, entry.offer(here.now)
    waits = entry.state in {WaitlistState.WAITING, WaitlistState.OFFERED}
    if offer is not None:
        headline, sentence = (
            _("This time is free for you"),
            _("It is held for you until %(time)s. Then it goes to the next.", time=said(here.reader, offer.until)),
        )
    elif waits:
        headline, sentence = (
            _("You are on the waiting list"),
            _("When a time becomes free, whoever has waited longest is told first. We write to you then."),
        )
    elif entry.state is WaitlistState.SERVED:
        headline, sentence = _("You have a time"), _("You wait for no other one.")
    else:
        headline, sentence = _("You are not on the waiting list any more"), _("There is nothing more to do.")
    return draw(
        here.request,
        here.reader.language,
        "waiting",
        centre_name=here.centre_name,
        status=status,
        headline=headline,
        sentence=sentence,
        error=error,
        services=_(", ").join(here.service_names(entry.services)),
        party=party(_, entry.party_size),
        said=said(here.reader, offer.at) if offer is not None else "",
        days=_days(here, entry) if waits else "",
        document_wrong=document_wrong,
        document=offer is not None and here.rules.confirm_document,
        take=found.path("/take") if offer is not None else "",
        decline=found.path("/decline") if offer is not None else "",
        leave=found.path("/leave") if waits else "",
        booked=f"{LINK_PATH}{token_of(here.server, entry.appointment)}{found.query}" if entry.appointment else "",
        again="" if waits or entry.appointment else here.path(),
    )


def _days(here: BookingContext, entry: WaitlistEntry) -> Markup:
    """Say on which days they can come."""
    first, last = (
        format_date(date.fromisoformat(day), "EEE d MMMM", locale=here.reader.clock.locale)
        for day in (entry.first_day, entry.last_day)
    )
    return Markup.escape(first) if first == last else here.reader.words("%(first)s to %(last)s", first=first, last=last)
