"""Routes of banks themselves: say what they are, and what happened."""

from queue_server.centre.submit import centre_of
from queue_server.contract import banks as m
from queue_server.contract.lockers import public_text
from queue_server.domain.values import DeviceId, to_datetime
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.lockers import receiving
from queue_server.lockers.errors import BankUnknownError, JournalUnknownError
from queue_server.vault.keys import Keys


async def key(ask: RequestContext) -> m.BankKeyAnswer:
    """Give a bank that was just enrolled the key by which it knows orders."""
    return m.BankKeyAnswer(public_text(ask.server[Keys].order_key().public_key()))


async def describe(ask: RequestContext) -> m.BankLinkAnswer:
    """Take what a bank says that it is, and tell it what is known of its journal."""
    wanted = ask.body(m.DescribeBankRequest)
    names = [one.name for one in wanted.compartments]
    if len(set(names)) < len(names):
        raise BodyInvalidError("Expected each name once - at `$.compartments`")
    return _answer(ask, await receiving.describe(ask, _bank(ask), centre_of(ask).id, wanted))


@refuses(BankUnknownError, JournalUnknownError)
async def report(ask: RequestContext) -> m.BankLinkAnswer:
    """Take what happened at a bank, and tell it up to where that was heard."""
    found = await receiving.receive(ask, _bank(ask), centre_of(ask).id, ask.body(m.BankEventsRequest))
    return _answer(ask, found.acknowledged)


def _bank(ask: RequestContext) -> DeviceId:
    assert ask.principal.device is not None  # noqa: S101 - banks alone have the permission
    return ask.principal.device


def _answer(ask: RequestContext, acknowledged: int) -> m.BankLinkAnswer:
    return m.BankLinkAnswer(acknowledged=acknowledged, at=to_datetime(ask.server.clock()))
