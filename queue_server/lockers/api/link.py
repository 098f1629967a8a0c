"""Routes of banks themselves: say what they are, and what happened."""

from queue_server.accounts import start_store
from queue_server.centre.submit import centre_of
from queue_server.contract import banks as m
from queue_server.contract.lockers import public_text
from queue_server.contract.order_keys import endorsed
from queue_server.contract.starts import COPIED_HEADER
from queue_server.domain.values import DeviceId, to_datetime
from queue_server.framework.access import ANSWER_HEADERS
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.lockers import receiving, store
from queue_server.lockers.errors import BankCopiedError, BankUnknownError, JournalUnknownError
from queue_server.vault.keys import Keys


async def key(ask: RequestContext) -> m.BankKeyAnswer:
    """Give a bank that was just enrolled the key by which it knows orders."""
    return m.BankKeyAnswer(public_text(ask.server[Keys].order_key().public_key()))


@refuses(BankCopiedError)
async def describe(ask: RequestContext) -> m.BankLinkAnswer:
    """Take what a bank says that it is, and tell it what is known of its journal."""
    wanted = ask.body(m.DescribeBankRequest)
    names = [one.name for one in wanted.compartments]
    if len(set(names)) < len(names):
        raise BodyInvalidError("Expected each name once - at `$.compartments`")
    bank, centre = _bank(ask), centre_of(ask).id
    if not await _is_copied(ask, bank):
        return _answer(ask, await receiving.describe(ask, bank, centre, wanted))
    # An old copy learns here that it is one; whatever else it says is not taken.
    known = await ask.server.log.run(lambda connection: store.contact(connection, bank))
    if known is None or known.journal != wanted.journal:
        raise BankCopiedError
    return _answer(ask, known.acknowledged)


@refuses(BankUnknownError, JournalUnknownError, BankCopiedError)
async def report(ask: RequestContext) -> m.BankLinkAnswer:
    """Take what happened at a bank, and tell it up to where that was heard.

    Raises:
        BankCopiedError: two machines are this bank, and what each tells cannot be told apart.
    """
    if await _is_copied(ask, _bank(ask)):
        raise BankCopiedError
    found = await receiving.receive(ask, _bank(ask), centre_of(ask).id, ask.body(m.BankEventsRequest))
    return _answer(ask, found.acknowledged)


async def _is_copied(ask: RequestContext, bank: DeviceId) -> bool:
    """Tell whether two machines are this bank, or this is the one of them that does not stay."""
    if ask.request.get(ANSWER_HEADERS, {}).get(COPIED_HEADER) == "yes":
        return True
    starts = await ask.server.log.run(lambda connection: start_store.read(connection, bank))
    return starts is not None and starts.copied_at is not None


def _bank(ask: RequestContext) -> DeviceId:
    assert ask.principal.device is not None  # noqa: S101 - banks alone have the permission
    return ask.principal.device


def _answer(ask: RequestContext, acknowledged: int) -> m.BankLinkAnswer:
    keys = endorsed(ask.server[Keys].order_keys)
    return m.BankLinkAnswer(acknowledged=acknowledged, at=to_datetime(ask.server.clock()), order_keys=keys)
