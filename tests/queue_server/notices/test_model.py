"""What may happen to a notification in each of its states. Pure."""

from queue_server.domain.values import CentreId, Micros, StreamName
from queue_server.eventlog.payload import Payload
from queue_server.notices import events as e
from queue_server.notices import model
from queue_server.notices.model import Notification
from queue_server.notices.values import (
    DropReason,
    NoticeChannel,
    NotificationId,
    NotificationKind,
    UndeliverableReason,
)

MAIL, SMS = NoticeChannel.EMAIL, NoticeChannel.SMS
QUEUED = e.NotificationQueued(
    notification=NotificationId("n"),
    centre=CentreId("demo"),
    kind=next(iter(NotificationKind)),
    subject=StreamName("item/i"),
    recipient=StreamName("item/i"),
    occasion=1,
    number=0,
    channels=(MAIL, SMS),
    not_before=Micros(0),
)


def after(*bodies: Payload) -> Notification:
    found = model.evolve(None, QUEUED, 1, Micros(1))
    for seq, body in enumerate(bodies, start=2):
        found = model.evolve(found, body, seq, Micros(seq))
    return found


def test_what_may_happen_in_each_state() -> None:
    mail, sms = (
        e.NotificationRefused(QUEUED.notification, way, UndeliverableReason.RECIPIENT, 1) for way in (MAIL, SMS)
    )
    states = {
        "waiting": after(),
        "next way": after(mail),
        "undeliverable": after(mail, sms),
        "sent": after(e.NotificationSent(QUEUED.notification, MAIL, 1)),
        "dropped": after(e.NotificationDropped(QUEUED.notification, DropReason.BY_STAFF)),
    }
    found = {
        name: (
            bool(model.sent(one, MAIL, 1)),
            bool(model.refused(one, MAIL, UndeliverableReason.RECIPIENT, 1)),
            bool(model.drop(one, DropReason.BY_STAFF)),
            bool(model.retry(one, (MAIL,))),
            bool(model.retry(one, ())),
        )
        for name, one in states.items()
    }
    assert found == {
        "waiting": (True, True, True, False, False),
        "next way": (True, False, True, False, False),
        "undeliverable": (False, False, True, True, False),
        "sent": (False, False, False, False, False),
        "dropped": (True, False, False, False, False),
    }
