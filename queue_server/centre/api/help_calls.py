"""Help calls: a person at a kiosk calls staff, or staff call for assistance; somebody goes, or needs not."""

from queue_server.centre import views
from queue_server.centre.refusals import refused
from queue_server.centre.submit import centre_of, execute
from queue_server.contract.hall import HelpAnswer, HelpRequest
from queue_server.domain.values import HelpId, Language, new_id
from queue_server.framework.permissions import PrincipalKind
from queue_server.framework.problems import NotFoundError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue import commands as c
from queue_server.queue.events import HelpCalled
from queue_server.writer import CommandResult


@refuses(refused(c.CallHelp))
async def call_help(ask: RequestContext) -> HelpAnswer:
    wanted = ask.body(HelpRequest)
    principal = ask.principal
    command = c.CallHelp(
        help=HelpId(wanted.id or new_id()),
        kind=wanted.kind,
        device=principal.device,
        counter=principal.counter,
        # One person stands there, and another one later.
        once=PrincipalKind.KIOSK in principal.kinds,
        language=None if wanted.language is None else Language(wanted.language),
        about=wanted.about,
    )
    answer = await execute(ask, command)
    # A request that is repeated without an id of its own is answered with the call that it made.
    called = (event.body.help for event in answer.events if isinstance(event.body, HelpCalled))
    return _answer(ask, answer, next(called, command.help))


@refuses(refused(c.WithdrawHelp))
async def withdraw_help(ask: RequestContext) -> HelpAnswer:
    ident, device = HelpId(ask.path("help")), ask.principal.device
    if device is None:
        raise NotFoundError
    return _answer(ask, await execute(ask, c.WithdrawHelp(ident, device)), ident)


@refuses(refused(c.TakeHelp))
async def accept_help(ask: RequestContext) -> HelpAnswer:
    ident = HelpId(ask.path("help"))
    return _answer(ask, await execute(ask, c.TakeHelp(ident, ask.principal.counter, ask.principal.staff)), ident)


def _answer(ask: RequestContext, answer: CommandResult, ident: HelpId) -> HelpAnswer:
    call = answer.state.helps.get(ident)
    if call is None:
        # The answer of a request of another day: help calls end with theirs.
        raise NotFoundError
    return HelpAnswer(views.help_view(call, centre_of(ask).facts), answer.cursor)
