"""New tickets of a device of which there are two machines are refused until managers have said which stays."""

from queue_server.accounts import start_store, starts
from queue_server.accounts.errors import DeviceCopiedError
from queue_server.accounts.identities import known
from queue_server.contract.starts import START_HEADER
from queue_server.domain.values import Micros
from queue_server.framework.request_context import RequestContext


async def check_not_copied(ask: RequestContext, issued_at: Micros | None) -> None:
    """See whether a ticket that was issued then, None for now, may be taken from the machine that sends it.

    Raises:
        DeviceCopiedError: another machine is the same device.
    """
    mine, start = known(ask.identity), ask.request.headers.get(START_HEADER)
    if mine.device is None or mine.starts is None:
        return
    if start == mine.starts.held and mine.starts.copied_at is None:
        return
    # What is remembered may be older than the choice.
    device = mine.device.id
    found = await ask.server.log.run(lambda connection: start_store.read(connection, device))
    until = starts.tickets_until(found, start)
    if until is not None and (ask.server.clock() if issued_at is None else issued_at) >= until:
        raise DeviceCopiedError
