"""What is or will be wrong with the machine that a server runs on: for readiness, figures and managers."""

import asyncio
from collections.abc import Callable, Iterable

import msgspec


class Condition(msgspec.Struct, frozen=True):
    """``code`` stands in ``docs/failure-codes.md``; ``amount`` is a number that it is about, whose unit the code says.

    ``is_unready``: the server should be given no work while it lasts.
    """

    code: str
    amount: int
    is_unready: bool


#: Looks at one thing, and changes nothing. It may wait for a disk, so it is not called on the event loop.
Watch = Callable[[], Condition | None]


async def present(watches: Iterable[Watch]) -> tuple[Condition, ...]:
    """List what is so at this moment."""

    def look() -> tuple[Condition, ...]:
        return tuple(found for found in (watch() for watch in watches) if found is not None)

    return await asyncio.to_thread(look)
