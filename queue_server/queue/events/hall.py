"""Events of counters, help calls, notices, and what kiosks issue tickets for. Pure."""

from queue_server.domain.values import (
    CounterId,
    DeviceId,
    HelpId,
    HelpKind,
    HelpSubject,
    Intake,
    Language,
    Micros,
    NoticeId,
    NoticeKind,
    NoticePlace,
    NoticeText,
    PauseReason,
    ServiceId,
    StaffId,
)
from queue_server.eventlog.payload import Payload
from queue_server.queue.settings import Skills


class CounterOpened(Payload, frozen=True):
    """A counter opened, or ended its pause."""

    type = "counter-opened"
    counter: CounterId
    staff: StaffId | None
    skills: Skills


class CounterClosed(Payload, frozen=True):
    """A counter closed."""

    type = "counter-closed"
    counter: CounterId


class CounterPaused(Payload, frozen=True):
    """A counter pauses."""

    type = "counter-paused"
    counter: CounterId
    reason: PauseReason


class HelpCalled(Payload, frozen=True):
    """``called_at`` is earlier than the event's time only where a call is carried over to a new day.

    ``counter`` is where staff called for assistance, ``device`` where a person did, or needs somebody itself.
    ``language`` is the person's, as far as it is known.
    """

    type = "help-called"
    v = 3
    help: HelpId
    kind: HelpKind
    device: DeviceId | None
    called_at: Micros
    counter: CounterId | None
    language: Language | None
    about: HelpSubject | None


class HelpWithdrawn(Payload, frozen=True):
    """Nobody needs to come any more: the person left, or the device is well again."""

    type = "help-withdrawn"
    help: HelpId


class HelpTaken(Payload, frozen=True):
    """Somebody of staff goes to help."""

    type = "help-taken"
    help: HelpId
    counter: CounterId | None
    staff: StaffId | None


class NoticeShown(Payload, frozen=True):
    """Staff showed a notice."""

    type = "notice-shown"
    v = 2
    notice: NoticeId
    kind: NoticeKind
    text: NoticeText
    where: NoticePlace
    """Which screens show it."""
    until: Micros | None
    """When screens stop showing it by themselves; null: when it is ended."""


class NoticeEnded(Payload, frozen=True):
    """A notice was taken down."""

    type = "notice-ended"
    notice: NoticeId


class IntakeChanged(Payload, frozen=True):
    """Kiosks issue tickets for the rest of this day, or do not any more."""

    type = "intake-changed"
    intake: Intake


class ServiceClosed(Payload, frozen=True):
    """Nobody takes a ticket for a service at a kiosk, nor books it, for the rest of this day; who has one is served."""

    type = "service-closed"
    service: ServiceId


class ServiceReopened(Payload, frozen=True):
    """A service that was closed for the day is given again."""

    type = "service-reopened"
    service: ServiceId
