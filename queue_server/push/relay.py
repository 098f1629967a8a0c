"""Tells phones that their visit is called: what the day says against what each phone was told of.

A call that a phone was not told of is sent while it lasts, by one process at a time (``store.hold``); whoever dies in
between leaves the row held for a moment, and it is sent once more. A call that is over is not told of.
"""

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy import Connection

from queue_server.centre.centres import Centres
from queue_server.contract.backoff import Backoff
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import SECOND, Actor, Micros, VisitState, new_id
from queue_server.eventlog.port import EventLog
from queue_server.push import store
from queue_server.push.endpoint import PushEndpoint, read_endpoint
from queue_server.push.errors import PushEndpointRefusedError, PushUnsentError
from queue_server.push.sender import PushResult, PushSender, PushSession
from queue_server.push.settings import PushSettings
from queue_server.push.store import PushSubscription
from queue_server.push.vapid import VapidSigner, VapidSigners
from queue_server.vault.store import Vault

_log = structlog.get_logger(__name__)

_ACTOR = Actor("system")


class PushRelay:
    """``task`` looks again and again."""

    def __init__(  # noqa: PLR0917 - put together in one place
        self,
        log: EventLog,
        vault: Vault,
        centres: Centres,
        sender: PushSender,
        signers: VapidSigners,
        settings: PushSettings,
        clock: Callable[[], Micros],
    ) -> None:
        self._log, self._vault, self._centres = log, vault, centres
        self._sender, self._signers = sender, signers
        self._settings, self._clock = settings, clock
        self._holder = new_id()
        self.task = Periodic("push", settings.poll_s, self.relay, at_once=True)

    async def relay(self) -> None:
        """Tell all who are called and do not know it.

        Raises:
            PushUnsentError: some could not be told now: the others were, and they are tried again.
            DatabaseUnavailableError: nothing can be stored: nothing is sent.
        """
        now = self._clock()
        phones = await self._log.run(lambda connection: store.waiting(connection, now))
        due = [(one, call) for one in phones if (call := self._call(one)) is not None and call > one.told_at]
        if not due:
            return
        async with self._sender.session() as session:
            troubles = await asyncio.gather(*(self._one(session, one, call) for one, call in due))
        trouble = next((one for one in troubles if one is not None), None)
        if trouble is not None:
            raise trouble

    def _call(self, one: PushSubscription) -> Micros | None:
        """Say when the visit of a phone was last called; None where it is not called now."""
        centre = self._centres.get(one.centre)
        visit = None if centre is None else centre.state.visits.get(one.visit)
        return visit.last_call_at if visit is not None and visit.state is VisitState.CALLED else None

    async def _one(self, session: PushSession, one: PushSubscription, call: Micros) -> PushUnsentError | None:
        address = await self._hold(one, call)
        if address is None:
            return None
        found = self._way(one, address)
        if found is None:
            await self._log.write(
                lambda connection: store.end(self._vault, connection, one.id, actor=_ACTOR, now=self._clock())
            )
            return None
        endpoint, signer = found
        result, trouble = await session.send(endpoint, signer, self._clock())
        await self._settle(one, call, result)
        _log.info("push-tried", visit=one.visit, host=endpoint.host, result=result.name.lower())
        return trouble

    def _way(self, one: PushSubscription, address: str) -> tuple[PushEndpoint, VapidSigner] | None:
        """Say where and by which key a phone is told; None where settings or keys have changed so that it cannot be."""
        signer = self._signers.of(one.key)
        try:
            return None if signer is None else (read_endpoint(address, self._settings), signer)
        except PushEndpointRefusedError:
            return None

    async def _hold(self, one: PushSubscription, call: Micros) -> str | None:
        now = self._clock()
        until = Micros(now + round(2 * self._settings.timeout_s * SECOND))

        def work(connection: Connection) -> str | None:
            if not store.hold(connection, one, call, self._holder, now=now, until=until):
                return None
            address = store.address(self._vault, connection, one.id, actor=_ACTOR, now=now)
            if address is None:
                store.end(self._vault, connection, one.id, actor=_ACTOR, now=now)
            return address

        return await self._log.write(work)

    async def _settle(self, one: PushSubscription, call: Micros, result: PushResult) -> None:
        now, tries = self._clock(), one.tries + 1

        def work(connection: Connection) -> None:
            if result is PushResult.GONE:
                store.end(self._vault, connection, one.id, actor=_ACTOR, now=now)
            elif result is PushResult.LATER:
                pause = round(_pause_s(tries, self._settings) * SECOND)
                store.put_off(connection, one.id, self._holder, tries=tries, next_at=Micros(now + pause))
            else:
                store.told(connection, one.id, call, self._holder)

        await self._log.write(work)


def _pause_s(tries: int, settings: PushSettings) -> float:
    """Tell how long is waited after so many tries: each time twice as long, up to a limit."""
    backoff = Backoff(settings.retry_s, settings.max_retry_s)
    return [backoff.failed() for _ in range(tries)][-1]
