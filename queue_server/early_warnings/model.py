"""What managers are warned of, and who has taken it. Pure; ids, numbers and times, without a word."""

from enum import StrEnum

import msgspec

from queue_server.domain.values import CounterId, DeviceId, Micros, StaffId, StepId
from queue_server.early_warnings.unserved import Unserved


class WarningKind(StrEnum):
    """The kinds, in the order in which they are shown."""

    #: Somebody waits and no open counter takes what they come for.
    UNSERVED = "unserved"
    #: Soon nobody will be there for it, as staff are planned.
    GAP = "gap"
    #: Somebody will not be called within what they were promised.
    PROMISE = "promise"
    #: A counter is open, calls nobody, and could.
    IDLE = "idle"
    #: A kiosk gives out fewer tickets than it usually does at this time.
    SLOW_KIOSK = "slow-kiosk"


class UnservedWarning(msgspec.Struct, frozen=True):
    """What nobody serves now."""

    lack: Unserved
    kind: WarningKind = WarningKind.UNSERVED

    @property
    def subject(self) -> str:
        return self.lack.subject


class CoverageGap(msgspec.Struct, frozen=True):
    """What ``lack.count`` people will still wait for when nobody is planned for it: from ``at`` ``until``.

    ``until`` is None where nobody comes back before the day ends.
    """

    lack: Unserved
    at: Micros
    until: Micros | None
    kind: WarningKind = WarningKind.GAP

    @property
    def subject(self) -> str:
        return self.lack.subject


class BreakingPromises(msgspec.Struct, frozen=True):
    """At ``step`` ``count`` visits will be called too late as things go, the first of which is due ``at``.

    ``late`` is by how much the longest of them is expected to be late (microseconds); None where one is not called at
    all before the centre closes. ``helping`` are counters that keep all these promises if they open now; none where
    those that are left cannot.
    """

    step: StepId
    at: Micros
    count: int
    late: int | None
    helping: tuple[CounterId, ...] = ()
    kind: WarningKind = WarningKind.PROMISE

    @property
    def subject(self) -> str:
        return self.step


class IdleCounter(msgspec.Struct, frozen=True):
    """``counter`` is open and has had nobody since ``since``, while ``count`` visits wait that it may call."""

    counter: CounterId
    since: Micros
    count: int
    kind: WarningKind = WarningKind.IDLE

    @property
    def subject(self) -> str:
        return self.counter


class SlowKiosk(msgspec.Struct, frozen=True):
    """``device`` gave out ``tickets`` from ``since`` on; ``usual`` is what it gives out in such a time."""

    device: DeviceId
    since: Micros
    tickets: int
    usual: float
    kind: WarningKind = WarningKind.SLOW_KIOSK

    @property
    def subject(self) -> str:
        return self.device


type EarlyWarning = UnservedWarning | CoverageGap | BreakingPromises | IdleCounter | SlowKiosk


def name_of(warning: EarlyWarning) -> str:
    """Name a warning as long as it lasts."""
    return f"{warning.kind.value}-{warning.subject}"


class Episode(msgspec.Struct, frozen=True):
    """A warning from when it came until it is gone: ``seen_at`` it was there last.

    ``taken_by`` is who does something about it since ``taken_at``; ``sent_at`` is when it was told outside of the page.
    """

    warning: str
    began_at: Micros
    seen_at: Micros
    taken_by: StaffId | None = None
    taken_at: Micros | None = None
    sent_at: Micros | None = None
