"""Using, adding and taking off a second factor: what is tried is counted first, and what was done is recorded."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, delete

from queue_server.accounts import account_events, factors, reauthentication, staff_store
from queue_server.accounts.errors import (
    PasskeyRefusedError,
    SecondFactorError,
    SecondFactorNeededError,
    TooManyTriesError,
)
from queue_server.accounts.events import (
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorAdded,
    SecondFactorRemoved,
    SecondFactorReset,
)
from queue_server.accounts.factors import FactorId
from queue_server.accounts.guard import Guard
from queue_server.accounts.model import AccountRules, FactorKind, Session, SignInProof
from queue_server.accounts.tables import sessions
from queue_server.domain.values import MINUTE, Actor, Micros, StaffId
from queue_server.eventlog.payload import Payload
from queue_server.eventlog.port import EventLog

#: What a passkey was asked is answered within this time.
_ANSWER: Final = 5 * MINUTE

Opened = tuple[Session, str]

if TYPE_CHECKING:
    from queue_server.accounts.passkeys import Passkeys


class SecondFactors:
    """The second factors of a server whose pages are at ``origin``.

    ``keys`` gives its keys ``sessions``, the one that makes first.
    """

    def __init__(self, log: EventLog, rules: AccountRules, keys: Callable[[], tuple[bytes, ...]], origin: str) -> None:
        self._log = log
        self._rules = rules
        self._keys = keys
        self._origin = origin
        self._passkeys: Passkeys | None = None

    async def passkeys(self) -> "Passkeys":
        """Give the passkeys of these pages. What reads them takes 30 ms to load: in a thread, once."""
        if self._passkeys is None:
            self._passkeys = await asyncio.to_thread(self._load_passkeys)
        return self._passkeys

    def _load_passkeys(self) -> "Passkeys":
        # Said above.
        from queue_server.accounts.passkeys import Passkeys  # noqa: PLC0415

        return Passkeys(self._origin)

    def secret(self, factor: FactorId) -> bytes:
        return factors.secret_of(self._keys()[0], factor)

    async def sign_in(self, session: Session, code: str, *, address: str, browser: str | None, now: Micros) -> Opened:
        """Take a code of a phone, or a recovery code, behind the password; return the session that is opened by it.

        Raises:
            TooManyTriesError: this try comes too early after wrong ones.
            SecondFactorError: the code is wrong, or was used before; or the session is over.
        """
        guard = await self._count(session, address, browser, now)
        code = code.strip()

        def take(connection: Connection) -> Opened | None:
            proof = SignInProof.CODE
            if not factors.use_code(connection, self._keys(), session.staff, code.replace(" ", ""), now):
                if not factors.use_recovery(connection, self._keys(), session.staff, code):
                    return None
                proof = SignInProof.RECOVERY
                _record(connection, session.staff, RecoveryCodeUsed(session.staff), now)
            guard.passed(connection)
            return staff_store.prove_session(connection, session, proof, now=now, rules=self._rules)

        opened = await self._log.write(take)
        if opened is None:
            raise SecondFactorError
        return opened

    async def ask_passkey(self, session: Session, now: Micros) -> dict[str, Any]:
        """Ask for one of somebody's passkeys; returns what the browser needs for it."""
        held = await self._log.run(lambda connection: factors.of(connection, session.staff))
        options, challenge = (await self.passkeys()).ask(held)
        await self._log.write(
            lambda connection: reauthentication.store_challenge(connection, session.id, challenge, now)
        )
        return options

    async def verify_passkey(
        self, session: Session, answer: Mapping[str, Any], *, address: str, browser: str | None, now: Micros
    ) -> Opened:
        """Take the answer of a passkey behind the password.

        Raises:
            TooManyTriesError: this try comes too early after wrong ones.
            PasskeyRefusedError: it answers something else, or is another's, or was copied.
        """
        guard = await self._count(session, address, browser, now)
        challenge = await self._log.write(
            lambda connection: reauthentication.consume_challenge(connection, session.id, Micros(now - _ANSWER))
        )
        held = await self._log.run(lambda connection: factors.of(connection, session.staff))
        if challenge is None:
            raise PasskeyRefusedError
        factor, count = (await self.passkeys()).check(challenge, held, answer)

        def take(connection: Connection) -> Opened | None:
            if not factors.use_passkey(connection, factor, count, now):
                return None
            guard.passed(connection)
            return staff_store.prove_session(connection, session, SignInProof.PASSKEY, now=now, rules=self._rules)

        opened = await self._log.write(take)
        if opened is None:
            raise PasskeyRefusedError
        return opened

    async def begin_passkey(self, session: Session, now: Micros) -> dict[str, Any]:
        """Begin to add a passkey; returns what the browser needs for it."""
        held = await self._log.run(lambda connection: factors.of(connection, session.staff))
        options, challenge = (await self.passkeys()).begin(session, held)
        await self._log.write(
            lambda connection: reauthentication.store_challenge(connection, session.id, challenge, now)
        )
        return options

    async def add_passkey(self, session: Session, answer: Mapping[str, Any], now: Micros) -> Opened:
        """Add the passkey that answers; return the session that goes on in the place of this one.

        Raises:
            PasskeyRefusedError: it answers something else, or there are too many.
        """
        challenge = await self._log.write(
            lambda connection: reauthentication.consume_challenge(connection, session.id, Micros(now - _ANSWER))
        )
        if challenge is None:
            raise PasskeyRefusedError
        credential, count = (await self.passkeys()).register(challenge, answer)

        def add(connection: Connection) -> Opened | None:
            if len(factors.of(connection, session.staff)) >= factors.MAX:
                return None
            factors.add_passkey(connection, session.staff, credential, count, now)
            return self._added(connection, session, FactorKind.PASSKEY, now)

        opened = await self._log.write(add)
        if opened is None:
            raise PasskeyRefusedError
        return opened

    async def confirm(self, session: Session, code: str, *, address: str, browser: str | None, now: Micros) -> Opened:
        """Add the phone that was begun, by its first code; return the session that goes on in the place of this one.

        Raises:
            TooManyTriesError: this try comes too early after wrong ones.
            SecondFactorError: the code is wrong.
        """
        guard = await self._count(session, address, browser, now)

        def take(connection: Connection) -> Opened | None:
            if not factors.confirm(connection, self._keys(), session.staff, code.replace(" ", ""), now):
                return None
            guard.passed(connection)
            return self._added(connection, session, FactorKind.CODE, now)

        opened = await self._log.write(take)
        if opened is None:
            raise SecondFactorError
        return opened

    async def recovery(self, session: Session, now: Micros) -> tuple[str, ...]:
        """Make recovery codes in the place of those before."""

        def make(connection: Connection) -> tuple[str, ...]:
            _record(connection, session.staff, RecoveryCodesMade(session.staff), now)
            return factors.make_recovery(connection, self._keys()[0], session.staff, now)

        return await self._log.write(make)

    async def remove(self, session: Session, factor: str, *, needed: bool, now: Micros) -> None:
        """Take a factor off; where it is ``needed`` the last one stays.

        Raises:
            SecondFactorNeededError: it is the last.
            SecondFactorError: there is none.
        """

        def take_off(connection: Connection) -> bool:
            if needed and len(factors.of(connection, session.staff)) == 1:
                raise SecondFactorNeededError
            kind = factors.remove(connection, session.staff, factor)
            if kind is not None:
                _record(connection, session.staff, SecondFactorRemoved(session.staff, kind), now)
            return kind is not None

        if not await self._log.write(take_off):
            raise SecondFactorError

    async def _count(self, session: Session, address: str, browser: str | None, now: Micros) -> Guard:
        guard = Guard(self._rules, session.login, address, browser, "second-factor")
        wait = await self._log.write(lambda connection: guard.count(connection, now))
        if wait:
            raise TooManyTriesError(retry_after_s=wait)
        return guard

    def _added(self, connection: Connection, session: Session, kind: FactorKind, now: Micros) -> Opened | None:
        proof = SignInProof.CODE if kind is FactorKind.CODE else SignInProof.PASSKEY
        _record(connection, session.staff, SecondFactorAdded(session.staff, kind), now)
        return staff_store.prove_session(connection, session, proof, now=now, rules=self._rules)


def reset(connection: Connection, staff: StaffId, *, actor: Actor, now: Micros) -> int:
    """Take all second factors of somebody off, and sign them out; returns how many there were."""
    count = factors.reset(connection, staff)
    connection.execute(delete(sessions).where(sessions.c.staff == staff))
    account_events.record(connection, staff, SecondFactorReset(staff, count), actor=actor, now=now)
    return count


def _record(connection: Connection, staff: StaffId, deed: Payload, now: Micros) -> None:
    account_events.record(connection, staff, deed, actor=Actor(f"staff/{staff}"), now=now)
