"""What staff and leads do on these pages: each deed leads back to its page, or answers the script of a counter."""

import uuid
from typing import Final

from aiohttp import web

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centre, Centres
from queue_server.centre.errors import RefusedError
from queue_server.contract.base import Message
from queue_server.domain.values import PauseReason
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.request_context import read_body, receive
from queue_server.framework.server import SERVER
from queue_server.queue.commands import PauseCounter
from queue_server.queue.refusals import Refusal
from queue_server.team.desk import StaffDesk, teams_of
from queue_server.team.errors import BreakUnknownError
from queue_server.team.teams import TeamId
from queue_server.web import forms
from queue_server.web.page_context import signed_in

#: As what frames of a centre say that staff were written to: counters look whether it is for them.
MENTION: Final = "staff-messages"


class ReadMessageRequest(Message, frozen=True):
    """Somebody has read a message."""

    message: str


class BreakRequest(Message, frozen=True):
    """Somebody takes the break of the plan that begins then (microseconds), or leaves it out."""

    starts_at: int
    take: bool


async def write_note(request: web.Request) -> web.Response:
    """Put what somebody notes for themself in place of what they had noted."""
    session, centre, desk = await _place(request)
    form = await forms.fields(request, session.csrf)
    await desk.write_note(centre, session, form.get("text", ""))
    raise web.HTTPSeeOther("/my-day?done=noted")


async def confirm_message(request: web.Request) -> web.Response:
    """Write down that somebody has read a message."""
    session, centre, desk = await _place(request)
    forms.check_script(request, session)
    asked = read_body(await receive(request), ReadMessageRequest)
    await desk.confirm(centre, session, asked.message)
    return web.json_response({})


async def say_of_break(request: web.Request) -> web.Response:
    """Begin a break that is due: the counter calls nobody any more; or leave it out.

    Raises:
        BreakUnknownError: none is due then for this person, or they are at no counter.
        RefusedError: the counter cannot pause now; nothing is written down.
    """
    session, centre, desk = await _place(request)
    forms.check_script(request, session)
    asked = read_body(await receive(request), BreakRequest)
    planned = await desk.due_break(centre, session, asked.starts_at)
    if session.counter is None:
        raise BreakUnknownError
    if asked.take:
        answer = await centre.execute(PauseCounter(session.counter, PauseReason.BREAK), session)
        if isinstance(answer, Refusal):
            raise RefusedError(answer.code, answer.placeholders)
    await desk.say_of_break(centre, session, planned, is_taken=asked.take)
    return web.json_response({})


async def send_message(request: web.Request) -> web.Response:
    """Write to the counters of a team, or to all."""
    session, centre, desk = await _place(request)
    form = await forms.fields(request, session.csrf)
    team = form.get("team", "")
    if team and team not in {one.id for one in teams_of(centre)}:
        raise BodyInvalidError("Expected a team of this centre")
    await desk.send(centre, session, _message_id(form), form.get("text", ""), TeamId(team) if team else None)
    centre.fan_out.notify_counters(MENTION)
    raise web.HTTPSeeOther("/team?done=sent")


async def take_message_back(request: web.Request) -> web.Response:
    """Take a message back."""
    session, centre, desk = await _place(request)
    form = await forms.fields(request, session.csrf)
    await desk.take_back(centre, session, _message_id(form))
    centre.fan_out.notify_counters(MENTION)
    raise web.HTTPSeeOther("/team?done=taken-back")


def _message_id(form: dict[str, str]) -> str:
    try:
        return str(uuid.UUID(form.get("message", "")))
    except ValueError as error:
        raise BodyInvalidError("Expected the id of a message") from error


async def _place(request: web.Request) -> tuple[Session, Centre, StaffDesk]:
    session, server = await signed_in(request), request.app[SERVER]
    return session, server[Centres].find(session.centre), server[StaffDesk]
