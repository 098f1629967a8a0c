"""Help calls: a person at a kiosk calls staff, or staff call for assistance, and somebody goes."""

from queue_server.accounts.permissions import Kind
from queue_server.contract.hall import HelpAnswer, HelpRequest
from queue_server.http import views
from queue_server.http.ask import Ask
from queue_server.http.problems import NotFoundError
from queue_server.queue import commands as c
from queue_server.queue.counters import called_before
from queue_server.queue.events import HelpCalled
from queue_server.values import HelpId, new_id
from queue_server.writer import Answer


async def call_help(ask: Ask) -> HelpAnswer:
    wanted = ask.body(HelpRequest)
    principal = ask.principal
    command = c.CallHelp(
        help=HelpId(new_id()),
        kind=wanted.kind,
        device=principal.device,
        counter=principal.counter,
        # Anybody in the hall presses there, and again.
        once=Kind.KIOSK in principal.kinds,
    )
    answer = await ask.execute(command)
    called = next((event.body.help for event in answer.events if isinstance(event.body, HelpCalled)), None)
    if called is None:
        before = called_before(answer.state, command)
        called = command.help if before is None else before.id
    return _answer(ask, answer, called)


async def take_help(ask: Ask) -> HelpAnswer:
    ident = HelpId(ask.path("help"))
    return _answer(ask, await ask.execute(c.TakeHelp(ident, ask.principal.counter, ask.principal.staff)), ident)


def _answer(ask: Ask, answer: Answer, ident: HelpId) -> HelpAnswer:
    call = answer.state.helps.get(ident)
    if call is None:
        # The answer of a request of another day: help calls end with theirs.
        raise NotFoundError
    return HelpAnswer(views.help_view(call, ask.centre.facts), answer.cursor)
