"""Which start of a device is the one that counts: a copy of its folder on a second machine makes two. Pure.

A device draws an id at each start, keeps it with those of before, and takes over by telling all of them. It is as with
a branch of git: whoever knows what the server holds goes on from there, whatever came between, a crash, a lost answer,
or a restore of the server's database. Whoever does not know it has another writer beside it.
"""

from enum import StrEnum

import msgspec

from queue_server.domain.values import Micros

#: Ids that are remembered at most, of machines that are told to stop and of those that were told to stay away.
_OTHERS, _BARRED = 8, 64


class StartVerdict(StrEnum):
    #: It is the only one that is known.
    OWN = "own"
    #: There is another machine: it gives out nothing new, and may tell what it holds.
    COPIED = "copied"
    #: A later start has taken over. Nothing was done; one that lives takes over anew.
    OVER = "over"


class Starts(msgspec.Struct, frozen=True):
    """What is known of a device: ``held`` took over last, and had told ``before``.

    ``others`` are starts of further machines since ``copied_at``, until somebody has said which stays. ``barred`` are
    those that were not chosen, the last time at ``settled_at``.
    """

    held: str
    before: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    copied_at: Micros | None = None
    settled_at: Micros | None = None

    @property
    def machines(self) -> tuple[str, ...]:
        """Name the starts of which one is to be chosen; none where there is one machine."""
        return () if self.copied_at is None else (self.held, *self.others)


def judge(starts: Starts | None, start: str) -> StartVerdict:
    """Judge a request that says which start sends it."""
    if starts is None:
        return StartVerdict.OVER
    if start in starts.barred or starts.copied_at is not None:
        return StartVerdict.COPIED
    return StartVerdict.OWN if start == starts.held else StartVerdict.OVER


def accept(starts: Starts | None, start: str, before: tuple[str, ...], now: Micros) -> tuple[Starts, StartVerdict]:
    """Let a start take over; ``before`` are the ids that its folder holds, the newest last."""
    if starts is None:
        return Starts(start, before), StartVerdict.OWN
    if start == starts.held or starts.held in before:
        after = starts if start == starts.held else msgspec.structs.replace(starts, held=start, before=before)
        return after, StartVerdict.OWN if starts.copied_at is None else StartVerdict.COPIED
    last = before[-1] if before else ""
    if start in starts.barred or last in starts.barred:
        return msgspec.structs.replace(starts, barred=_with(starts.barred, start, _BARRED)), StartVerdict.COPIED
    if start in starts.before and start not in starts.others:
        # What a process sent before it ended has come late.
        return starts, StartVerdict.OVER
    others = tuple(one for one in starts.others if one != last)
    found = msgspec.structs.replace(
        starts,
        others=_with(others, start, _OTHERS),
        copied_at=now if starts.copied_at is None else starts.copied_at,
    )
    return found, StartVerdict.COPIED


def tickets_until(starts: Starts | None, start: str | None) -> Micros | None:
    """Return from when on tickets of this start are refused, None where all are taken.

    What a machine gave out before it could know of the other is taken from both: people hold it. A request without a
    start counts as that of a copy.
    """
    if starts is None:
        return None
    if start in starts.barred or (start is None and starts.barred):
        return starts.settled_at
    return starts.copied_at


def choose(starts: Starts, chosen: str, now: Micros) -> Starts | None:
    """Let one machine stay, and the others never give anything out again; None where it is none of them.

    Chosen once more, it stays, and what the others have given out until ``now`` is taken.
    """
    if chosen == starts.held and starts.copied_at is None and starts.barred:
        return msgspec.structs.replace(starts, settled_at=now)
    if chosen not in starts.machines:
        return None
    barred = starts.barred
    for one in starts.machines:
        barred = barred if one == chosen else _with(barred, one, _BARRED)
    before = starts.before if chosen == starts.held else ()
    return Starts(chosen, before, barred=tuple(one for one in barred if one != chosen), settled_at=now)


def _with(known: tuple[str, ...], one: str, most: int) -> tuple[str, ...]:
    return (*(other for other in known if other != one), one)[-most:]
