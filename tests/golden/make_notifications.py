"""Writes golden streams of what people are told: ``python -m tests.golden.make_notifications 1``.

Under a new number when an event gets a new version, and never again for an old one.
"""

import sys
from collections.abc import Iterator

from queue_server.domain.values import CentreId, Micros, StreamName
from queue_server.notices import events as e
from queue_server.notices import model
from queue_server.notices.model import ident_of
from queue_server.notices.store import NOTIFICATIONS
from queue_server.notices.values import DropReason, NoticeChannel, NotificationKind, UndeliverableReason
from tests.golden.stored import ROOT, START, Deed, played, write

FOLDER = ROOT / "notifications"
ITEM = StreamName("custody/01a21000-0000-7000-8000-000000000001")
APPLICATION = StreamName("application/01a21000-0000-7000-8000-0000000000a1")
EMAIL, SMS = NoticeChannel.EMAIL, NoticeChannel.SMS


def queued(kind: NotificationKind, number: int = 0) -> Deed:
    body = e.NotificationQueued(
        notification=ident_of(kind, ITEM, START, number),
        centre=CentreId("harbour"),
        kind=kind,
        subject=ITEM,
        recipient=APPLICATION,
        occasion=START,
        number=number,
        channels=(EMAIL, SMS),
        not_before=Micros(START + 60_000_000),
    )
    return lambda before: model.queue(before, body)


def ways() -> Iterator[tuple[str, list[Deed]]]:
    """Give each stream by its name: what became of it, in its order."""
    unknown, content = UndeliverableReason.RECIPIENT, UndeliverableReason.CONTENT
    yield (
        "ready-{}",
        [
            queued(NotificationKind.ITEM_READY),
            lambda one: model.refused(one, EMAIL, unknown, 1),
            lambda one: model.refused(one, SMS, content, 2),
            lambda one: model.retry(one, (EMAIL,)),
            lambda one: model.sent(one, EMAIL, 3),
        ],
    )
    yield (
        "reminder-{}",
        [queued(NotificationKind.ITEM_REMINDER, 2), lambda one: model.drop(one, DropReason.OUTDATED)],
    )
    yield "expiring-{}", [queued(NotificationKind.ITEM_EXPIRING, 1), lambda one: model.sent(one, EMAIL, 1)]


def write_all(number: str) -> None:
    for pattern, deeds in ways():
        bodies, found = played(NOTIFICATIONS, deeds)
        write(FOLDER / pattern.format(number), bodies, found, "settle/{}", "system")


if __name__ == "__main__":
    write_all(sys.argv[1])
