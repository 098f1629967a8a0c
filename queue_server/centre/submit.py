"""A request about a centre: which one, and how its day is changed by it."""

from queue_server.centre.centres import Centre, Centres
from queue_server.centre.errors import RefusedError
from queue_server.framework.request_context import RequestContext
from queue_server.queue.commands import Command
from queue_server.queue.refusals import Refusal
from queue_server.writer import CommandResult, Rows


def centre_of(ask: RequestContext) -> Centre:
    """Find the centre that the path names.

    Raises:
        CentreNotSetUpError: there is no such centre.
    """
    return ask.server[Centres].find(ask.path("centre"))


async def execute(ask: RequestContext, command: Command, rows: Rows | None = None) -> CommandResult:
    """Have a command decided and stored, with ``rows`` in the same transaction where something happens.

    Raises:
        RefusedError: the queue refuses it.
        WriterError: the centre cannot answer now.
    """
    answer = await centre_of(ask).writer.execute(
        command,
        key=ask.key,
        fingerprint=ask.fingerprint,
        actor=ask.actor,
        rows=rows,
    )
    if isinstance(answer, Refusal):
        raise RefusedError(answer.code, answer.placeholders)
    return answer


async def done_before(ask: RequestContext) -> bool:
    """Tell whether this is the repetition of a request that came to something, on whichever server."""
    writer = centre_of(ask).writer
    await writer.catch_up()
    return writer.knows(ask.key)
