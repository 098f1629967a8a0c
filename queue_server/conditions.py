"""What is or will be wrong with the machine that a server runs on: for readiness, figures and managers."""

import asyncio
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final

import msgspec

from queue_server.contract.periodic import Periodic

#: What fails is a condition once it has failed for so long, in seconds: what comes and goes is in the log alone.
_STALLED_S: Final = 60


class ConditionCode(StrEnum):
    """Each with the unit of its amount."""

    #: Seconds by which the machine's clock is ahead of the time that has passed.
    CLOCK_LEAPT = "clock-leapt"
    #: Seconds by which the newest event is ahead of the clock.
    CLOCK_BEHIND = "clock-behind"
    #: MiB that are left.
    DISK_LOW = "disk-low"
    #: Days until the end.
    CERTIFICATE_ENDS = "certificate-ends"
    #: Authorities of which seals are known, whose lists cannot be read.
    TRUST_INVALID = "trust-invalid"
    #: Days since the list was made that is due first.
    TRUST_OUTDATED = "trust-outdated"
    #: Streams that an older copy of the database has lost.
    DATABASE_REPLACED = "database-replaced"
    #: Seconds since the witness on another machine was last known to be as it should.
    WITNESS_SILENT = "witness-silent"
    #: Pieces of work done again and again that fail for a minute, or have ended.
    WORK_STALLED = "work-stalled"


class Condition(msgspec.Struct, frozen=True):
    """``amount`` is what the code counts; ``docs/failure-codes.md`` has a line for each code.

    ``is_unready``: the server should be given no work while it lasts.
    """

    code: ConditionCode
    amount: int
    is_unready: bool


#: Looks at one thing, and changes nothing. It may wait for a disk, so it is not called on the event loop.
Watch = Callable[[], Condition | None]


async def present(watches: Iterable[Watch]) -> tuple[Condition, ...]:
    """List what is so at this moment."""

    def look() -> tuple[Condition, ...]:
        return tuple(found for found in (watch() for watch in watches) if found is not None)

    return await asyncio.to_thread(look)


def stalled(tasks: Callable[[], Iterable[Periodic]]) -> Watch:
    """Watch over what is done again and again. Where a piece of it has ended, only a new start helps: not ready."""

    def look() -> Condition | None:
        found = [one for one in tasks() if one.has_ended or one.stalled_s > _STALLED_S]
        if not found:
            return None
        return Condition(ConditionCode.WORK_STALLED, len(found), is_unready=any(one.has_ended for one in found))

    return look
