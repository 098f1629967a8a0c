"""What somebody says on the page of their ticket: the address alone proves that it is theirs, as for looking at it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from aiohttp import web

from queue_server.centre.centres import Centres
from queue_server.domain.values import Actor, VisitId
from queue_server.eventlog.port import IdempotencyMismatchError
from queue_server.framework.server import SERVER
from queue_server.queue.commands import Command, SayOnTheWay, StepBack
from queue_server.web import forms
from queue_server.web.page_context import DESK
from queue_server.web.ticket import find, language_of, unknown

type _Made = Callable[[VisitId], Command]

_PUBLIC: Final = Actor("public")
_MAX_DIGITS: Final = 9


async def ask_more_time(request: web.Request) -> web.Response:
    """Step back by the minutes of the form; what is refused changes nothing, and the page says how it stands."""
    form = await forms.public_fields(request)
    minutes = _number(form.get("minutes", ""))
    return await _say(request, "more-time", form, f"{minutes} minutes", lambda visit: StepBack(visit, minutes))


async def say_coming(request: web.Request) -> web.Response:
    """Say that one comes, or is back."""
    form = await forms.public_fields(request)
    return await _say(request, "coming", form, "coming", SayOnTheWay)


async def _say(request: web.Request, verb: str, form: dict[str, str], fingerprint: str, command: _Made) -> web.Response:
    desk, token = request.app[DESK], request.match_info["token"]
    found = find(desk, token)
    if found is None:
        return unknown(request, desk)
    live, visit = found
    # One press on one drawing of the page is one command, however often it is sent.
    key = f"ticket-{verb}/{visit.id}/{_number(form.get('seq', ''))}"
    writer = request.app[SERVER][Centres][live.state.centre].writer
    # Pressed on an old page for another time: what was said first holds.
    with suppress(IdempotencyMismatchError):
        await writer.execute(command(visit.id), key=key, fingerprint=fingerprint, actor=_PUBLIC)
    raise web.HTTPSeeOther(f"/t/{token}?lang={language_of(request, visit)}")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else 0
