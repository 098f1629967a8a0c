"""Passwords of staff: argon2id (RFC 9106), at most two computations at a time, never on the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from queue_server.accounts.model import MAX_PASSWORD

#: Each computation takes 64 MiB and all of a processor: more at a time would starve the queue.
AT_A_TIME = 2


class Passwords:
    """Hashes and checks passwords in two threads of its own.

    Args:
        hasher: the parameters; those of the library's default follow RFC 9106, section 4.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="argon2")

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)

    async def hash(self, password: str) -> str:
        return await self._run(lambda: self._hasher.hash(password))

    async def holds(self, stored: str | None, password: str) -> bool:
        """Check a password against its hash; where there is none, take as long and say no."""
        return await self._run(lambda: self._holds(stored, password))

    async def _run[T](self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _holds(self, stored: str | None, password: str) -> bool:
        try:
            right = self._hasher.verify(stored or self._nobody, password[:MAX_PASSWORD])
        except (VerificationError, InvalidHashError):
            return False
        return right and stored is not None and len(password) <= MAX_PASSWORD

    @cached_property
    def _nobody(self) -> str:
        """Hold a hash to spend the time of a wrong login on."""
        return self._hasher.hash("nobody")
