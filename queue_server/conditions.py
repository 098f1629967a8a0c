"""What is or will be wrong with the machine that a server runs on: for readiness, figures and managers."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from queue_server.contract.periodic import Periodic

#: What fails is a condition once it has failed for so long, in seconds: what comes and goes is in the log alone.
_STALLED_S: Final = 60


class ConditionKind(msgspec.Struct, frozen=True):
    """One thing that may be wrong: its stable code, and what its amount ``counts``.

    A room lists its own (``Room.conditions``); ``docs/failure-codes.md`` has a line for each code.
    """

    code: str
    counts: str


CLOCK_JUMPED: Final = ConditionKind("clock-jumped", "seconds by which the clock is ahead of the time that has passed")
DISK_LOW: Final = ConditionKind("disk-low", "MiB that are left")
CERTIFICATE_ENDS: Final = ConditionKind("certificate-ends", "days until the end")
AUTHORITY_ENDS: Final = ConditionKind("authority-ends", "days until the end")
WORK_STALLED: Final = ConditionKind("work-stalled", "pieces of work done again and again that fail, or have ended")
#: Those of the machine itself, which are no room's.
OWN: Final = (CLOCK_JUMPED, DISK_LOW, CERTIFICATE_ENDS, AUTHORITY_ENDS, WORK_STALLED)


class Condition(msgspec.Struct, frozen=True):
    """``amount`` is what its kind counts. ``is_unready``: the server should be given no work while it lasts."""

    kind: ConditionKind
    amount: int
    is_unready: bool

    @property
    def code(self) -> str:
        return self.kind.code


class UnlistedConditionError(LookupError):
    """A condition is so that no room lists: a mistake of whoever wrote its watch."""


#: Looks at one thing, and changes nothing. It may wait for a disk, so it is not called on the event loop.
Watch = Callable[[], Condition | None]


async def present(watches: Iterable[Watch], listed: Mapping[str, ConditionKind]) -> tuple[Condition, ...]:
    """List what is so at this moment, of the conditions that are ``listed`` by their codes.

    Raises:
        UnlistedConditionError: something else is so.
    """

    def look() -> tuple[Condition, ...]:
        return tuple(found for found in (watch() for watch in watches) if found is not None)

    found = await asyncio.to_thread(look)
    for one in found:
        if listed.get(one.code) is not one.kind:
            raise UnlistedConditionError(one.code)
    return found


def stalled(tasks: Callable[[], Iterable[Periodic]]) -> Watch:
    """Watch over what is done again and again. Where a piece of it has ended, only a new start helps: not ready."""

    def look() -> Condition | None:
        found = [one for one in tasks() if one.has_ended or one.stalled_s > _STALLED_S]
        if not found:
            return None
        return Condition(WORK_STALLED, len(found), is_unready=any(one.has_ended for one in found))

    return look
