"""What is here for whoever proves that something is theirs, and the door that opens for them: asked of the server.

What was proved is held for one person, and forgotten with them, here and at the server.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress

import structlog

from kiosk.devices.document_session import DocumentSession
from kiosk.journey.events import CollectedItem, DoorChanged, DoorState, Effect, OpenDoor, ProofAnswered, Prove, WallDoor
from kiosk.ports import EventSink
from kiosk.settings import KioskCollection
from queue_server.contract.client import ApiClient, ClientError, ProblemError
from queue_server.contract.collection import DoorAnswer, OpenDoorRequest, ProveRequest
from queue_server.domain.values import new_id

_log = structlog.get_logger(__name__)

_SLOWED = "too-many-tries"
#: The door that is open for them: where its order was not answered they have asked for it once more.
_OWN_DOOR = "collection-door-open"
#: What a refusal means to the person; with all others somebody has to look.
_REFUSED: dict[str, DoorState] = {
    "collection-over": "over",
    "item-claim": "over",
    "bank-busy": "busy",
}
#: HTTP's own border: the server is at fault, and may do so in a moment.
_SERVER_FAULT = 500
#: Of these there is more to hear.
_GOES_ON = frozenset({"opening", "open", "reminded", "overdue"})


class CollectionLink:
    """For one kiosk of a centre, and one person at a time."""

    def __init__(
        self, client: ApiClient, centre: str, *, papers: DocumentSession, settings: KioskCollection, events: EventSink
    ) -> None:
        self._client = client
        self._centre = centre
        self._papers = papers
        self._settings = settings
        self._events = events
        self._proof: ProveRequest | None = None
        #: The look at a door that is followed: another one takes its place.
        self._followed = (0, 0)

    def work(self, effect: Effect) -> Coroutine[None, None, None] | None:
        """Give what asks the server; None where something else is asked."""
        match effect:
            case Prove():
                return self._prove(effect)
            case OpenDoor():
                return self._open(effect)
        return None

    def clear(self) -> Coroutine[None, None, None] | None:
        """Forget the person; gives what has the server forget them too, None where they had proved nothing."""
        proof, self._proof, self._followed = self._proof, None, (0, 0)
        return None if proof is None else self._leave(proof.id)

    # Proofs.

    async def _prove(self, asked: Prove) -> None:
        proof = self._proof if asked.again else self._request(asked)
        if proof is None:
            # There is no chip that was read, so there is nothing to prove.
            self._events.post(ProofAnswered(asked.number, asked.look, "found"))
            return
        before, self._proof = self._proof, proof
        self._events.post(await self._answer(asked, proof))
        if before is not None and before is not proof:
            # What the same person has proved before opens nothing any more.
            await self._leave(before.id)

    def _request(self, asked: Prove) -> ProveRequest | None:
        ident = new_id()
        if asked.code:
            return ProveRequest(id=ident, code=asked.code)
        sealed = self._papers.sealed_for(asked.number, asked.laid, ident)
        return None if sealed is None else ProveRequest(id=ident, document=sealed)

    async def _answer(self, asked: Prove, proof: ProveRequest) -> ProofAnswered:
        try:
            answer = await self._client.prove(self._centre, proof, new_id())
        except ProblemError as problem:
            if problem.code != _SLOWED:
                _log.warning("proof-refused", code=problem.code)
                return ProofAnswered(asked.number, asked.look, "away")
            wait = problem.problem.placeholders.get("retry_after_s", 0)
            return ProofAnswered(asked.number, asked.look, "slowed", wait_s=int(wait))
        except ClientError:
            return ProofAnswered(asked.number, asked.look, "away")
        items = tuple(CollectedItem(one.item, one.kind, one.where) for one in answer.items)
        return ProofAnswered(asked.number, asked.look, "found", items)

    async def _leave(self, ident: str) -> None:
        """Have the server forget them; where it does not hear, their time there is short."""
        try:
            await self._client.leave_collection(self._centre, ident, new_id())
        except ClientError as error:
            _log.info("collection-not-left", code=error.code)

    # Doors.

    async def _open(self, asked: OpenDoor) -> None:
        """Have a door opened, and say how it is until it is shut again; a lost answer is asked for by the same key."""
        proof, self._followed = self._proof, (asked.number, asked.look)
        if proof is None:
            self._events.post(DoorChanged(asked.number, asked.look, "over"))
            return
        told = await self._order(asked, proof.id) or await self._reconcile(asked, proof.id)
        self._events.post(told)
        while told.state in _GOES_ON and self._is_followed(asked):
            await asyncio.sleep(self._settings.poll_s)
            found = await self._poll(asked, proof.id)
            if found is not None and found != told:
                told = found
                self._events.post(told)

    def _is_followed(self, asked: OpenDoor) -> bool:
        return self._followed == (asked.number, asked.look)

    async def _order(self, asked: OpenDoor, ident: str) -> DoorChanged | None:
        """Have the door ordered; None where nobody knows whether it is."""
        key, request = new_id(), OpenDoorRequest(item=asked.item)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.wait_s):
                while self._is_followed(asked):
                    try:
                        return _changed(asked, await self._client.open_door(self._centre, ident, request, key))
                    except ProblemError as problem:
                        if problem.code == _OWN_DOOR:
                            return None
                        if problem.status < _SERVER_FAULT:
                            _log.warning("door-refused", code=problem.code)
                            return DoorChanged(asked.number, asked.look, _REFUSED.get(problem.code, "not-opened"))
                    except ClientError:
                        pass
                    await asyncio.sleep(self._settings.poll_s)
        return None

    async def _reconcile(self, asked: OpenDoor, ident: str) -> DoorChanged:
        """Look whether the door opens although nobody answered its order: so long as the bank may carry that out.

        The server may have the order and not have stored it yet, so that it knows no door is no answer.
        """
        found = DoorChanged(asked.number, asked.look, "away")
        with suppress(TimeoutError):
            async with asyncio.timeout(self._settings.order_s):
                while self._is_followed(asked):
                    with suppress(ClientError):
                        answer = await self._client.door(self._centre, ident)
                        if answer.item == asked.item:
                            found = _changed(asked, answer)
                            # Left inside: that may have been the time before.
                            if found.state != "inside":
                                return found
                        elif answer.state in _GOES_ON:
                            return DoorChanged(asked.number, asked.look, "busy")
                    await asyncio.sleep(self._settings.poll_s)
        return found

    async def _poll(self, asked: OpenDoor, ident: str) -> DoorChanged | None:
        """Ask how the door is; None where that is not heard. Who has left it open is waited for, whatever is heard."""
        try:
            return _changed(asked, await self._client.door(self._centre, ident))
        except ProblemError as problem:
            if problem.status >= _SERVER_FAULT:
                return None
            return DoorChanged(asked.number, asked.look, _REFUSED.get(problem.code, "staff"))
        except ClientError:
            return None


def _changed(asked: OpenDoor, answer: DoorAnswer) -> DoorChanged:
    wall = tuple(WallDoor(one.name, one.column, one.row) for one in answer.wall)
    return DoorChanged(asked.number, asked.look, answer.state, answer.door, wall, answer.label)
