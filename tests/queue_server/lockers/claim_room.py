"""A room of the tests: claims an item for whoever asks, and says how far its door is. No proof is looked at."""

from sqlalchemy import Connection

from queue_server.contract.base import Message, Uuid
from queue_server.custody.errors import ClaimError, ItemPlaceError, ItemStateError, ItemUnknownError
from queue_server.custody.values import ClaimId, HandOverProof, ItemId
from queue_server.framework.permissions import EVERYBODY, Permission
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.framework.room import Room
from queue_server.framework.routing import get, post
from queue_server.lockers.collecting import open_for_claim, opening
from queue_server.lockers.errors import (
    BankBusyError,
    BankSilentError,
    BankUnknownError,
    CompartmentUnusableError,
    NoSuchCompartmentError,
)

CLAIM = Permission("test-claim", EVERYBODY)


class ClaimRequest(Message, frozen=True):
    """Claim an item."""

    item: Uuid
    """Id of the item."""
    claim: Uuid
    """Id of the claim."""


class ClaimAnswer(Message, frozen=True):
    """How far the door is."""

    state: str
    """The state of the opening."""
    compartment: str
    """The compartment."""
    is_silent: bool
    """Whether the bank has not answered in time."""


@refuses(
    ItemUnknownError,
    ItemStateError,
    ItemPlaceError,
    ClaimError,
    NoSuchCompartmentError,
    CompartmentUnusableError,
    BankUnknownError,
    BankSilentError,
    BankBusyError,
)
async def claim(ask: RequestContext) -> ClaimAnswer:
    wanted = ask.body(ClaimRequest)
    item, named = ItemId(wanted.item), ClaimId(wanted.claim)

    def work(connection: Connection) -> None:
        open_for_claim(ask, connection, item, named, HandOverProof.DOCUMENT)

    await ask.server.log.write_in_turn(f"custody/{item}", work)
    return await _state(ask, named)


async def state(ask: RequestContext) -> ClaimAnswer:
    return await _state(ask, ClaimId(ask.path("claim")))


async def _state(ask: RequestContext, named: ClaimId) -> ClaimAnswer:
    found = await ask.server.log.run(lambda connection: opening(connection, named, ask.server.clock()))
    assert found is not None
    return ClaimAnswer(found.state, found.compartment, found.is_silent)


ROOM = Room(
    name="test-claims",
    permissions=(CLAIM,),
    tags={"test-claims": "Claims of the tests."},
    path_words={"claim": "Id of the claim."},
    routes=lambda: (
        post("test-claim", "/test-claims", CLAIM, claim, ClaimAnswer, "Claim an item", ClaimRequest),
        get("test-claim-state", "/test-claims/{claim}", CLAIM, state, ClaimAnswer, "How far a door is"),
    ),
)
