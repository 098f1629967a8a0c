"""Where a ticket is whose number somebody types: no more than boards show everybody (docs/decisions/0015).

A number proves nothing: whoever has seen a ticket can type it. So the answer is made from what hangs in the hall, and
what does not hang there has one answer, whether the number was never given, has ended, is put aside or was missed.
"""

from queue_server.accounts import attempt_store
from queue_server.accounts.errors import TooManyTriesError
from queue_server.accounts.model import AccountRules
from queue_server.centre import views
from queue_server.centre.submit import centre_of
from queue_server.contract.visits import CodeAnswer
from queue_server.domain.values import DeviceId, TicketCode, VisitState
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue import state as q

NOT_SHOWN = CodeAnswer("not-shown")


def status_of(state: q.DayState, known: views.Facts, code: TicketCode) -> CodeAnswer:
    """Say what boards and the displays over the counters show of a code, or that it is among those who wait. Pure."""
    for call in views.board_calls(state, known):
        if call.active and call.code == code:
            return CodeAnswer("called", call.counter)
    for counter in views.board_counters(state, known):
        if counter.code == code:
            return CodeAnswer("called" if counter.called else "serving", counter.name)
    ident = state.codes.get(code)
    visit = None if ident is None else state.visits.get(ident)
    return CodeAnswer("waiting") if visit is not None and visit.state is VisitState.WAITING else NOT_SHOWN


@refuses(TooManyTriesError)
async def code_status(ask: RequestContext) -> CodeAnswer:
    """Answer a kiosk, so often and no more: nobody goes through all numbers of a day.

    Raises:
        TooManyTriesError: too many numbers were typed at this kiosk, or at all kiosks of its centre.
    """
    server, rules, centre = ask.server, ask.server.settings[AccountRules], centre_of(ask)
    kiosk = ask.principal.device or DeviceId("")
    limits = (
        attempt_store.Limit("code", kiosk, rules.code_tries, rules.code_window_s),
        attempt_store.Limit("code-all", centre.id, rules.code_tries_total, rules.code_window_s),
    )
    wait = await server.log.write(lambda connection: attempt_store.count(connection, limits, server.clock()))
    if wait:
        raise TooManyTriesError(retry_after_s=wait)
    return status_of(centre.writer.state, centre.facts, TicketCode(ask.path("code")))
