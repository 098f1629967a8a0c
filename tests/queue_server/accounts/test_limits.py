import asyncio
import threading
import time

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from queue_server.accounts import attempt_store, tables
from queue_server.accounts.passwords import Passwords
from queue_server.eventlog.sqlalchemy_log import SqlEventLog
from tests.queue_server.accounts.helpers import (
    NOW,
    after,
)


async def test_tries_are_counted_together_and_forgotten(log: SqlEventLog) -> None:
    limit = attempt_store.Limit("test", "subject", 3, 60)
    waits = await asyncio.gather(
        *(log.write(lambda connection: attempt_store.count(connection, (limit,), NOW)) for _ in range(10))
    )
    assert sorted(waits) == [0] * 3 + [60] * 7
    other = attempt_store.Limit("test", "other", 3, 60)
    assert await log.write(lambda connection: attempt_store.count(connection, (other,), after(59.5))) == 0
    assert await log.write(lambda connection: attempt_store.count(connection, (limit,), after(59.5))) == 1
    assert await log.write(lambda connection: attempt_store.count(connection, (limit,), after(60))) == 0
    third = attempt_store.Limit("test", "third", 3, 60)
    assert await log.write(lambda connection: attempt_store.count(connection, (third,), after(180))) == 0
    rows = await log.run(lambda connection: connection.execute(select(tables.tries)).all())
    assert [row.subject for row in rows] == [third.digest]


@pytest.mark.fresh
async def test_a_login_that_nobody_has_takes_as_long_as_a_wrong_password() -> None:
    passwords = Passwords()
    stored = await passwords.hash("right")
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert await passwords.holds(stored, "right")
    assert not await passwords.holds(stored, "wrong")
    assert not await passwords.holds("not a hash", "wrong")
    assert not await passwords.holds(None, "nobody")

    async def spent(hashed: str | None) -> float:
        start = time.process_time()
        await passwords.holds(hashed, "wrong")
        return time.process_time() - start

    known = min([await spent(stored) for _ in range(3)])
    unknown = min([await spent(None) for _ in range(3)])
    passwords.close()
    # A look-up that skips the hash would be a thousand times as fast.
    assert 0.2 < known / unknown < 5


class Counting(PasswordHasher):
    """Counts how many computations run together, and holds the first until the second has come."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.running = self.most = 0
        self._lock = threading.Lock()
        self._pair = threading.Barrier(2)

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        with self._lock:
            self.running += 1
            self.most = max(self.most, self.running)
        self._pair.wait(10)
        made = super().hash(password, salt=salt)
        with self._lock:
            self.running -= 1
        return made


async def test_two_passwords_at_a_time_are_hashed_and_no_more() -> None:
    hasher = Counting()
    passwords = Passwords(hasher)
    made = await asyncio.gather(*(passwords.hash("x") for _ in range(12)))
    passwords.close()
    assert len(set(made)) == 12
    assert hasher.most == 2
