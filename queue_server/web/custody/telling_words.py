"""Being told in words of staff: how somebody is told, and what became of a message. Never an address."""

from markupsafe import Markup

from queue_server.notices.contacts import KnownContact
from queue_server.notices.model import Notification
from queue_server.notices.values import (
    DropReason,
    NoticeChannel,
    NotificationKind,
    NotificationState,
    UndeliverableReason,
)
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations


def contact(look: StaffView, known: KnownContact | None) -> Markup:
    """Say in which ways and in which language somebody is told."""
    _ = look.words
    if known is None:
        return _("nobody knows how")
    language = look.spoken_within(known.language)
    if known.has_email and known.has_telephone:
        return _("by e-mail or telephone, in %(language)s", language=language)
    if known.has_email:
        return _("by e-mail, in %(language)s", language=language)
    return _("by telephone, in %(language)s", language=language)


def kind(_: MarkupTranslations, value: NotificationKind) -> Markup:
    return {
        NotificationKind.ITEM_READY: _("It is ready"),
        NotificationKind.ITEM_REMINDER: _("It is still here"),
        NotificationKind.ITEM_EXPIRING: _("These are the last days"),
    }[value]


def outcome(_: MarkupTranslations, one: Notification) -> Markup:
    """Say what became of a message."""
    if one.state is NotificationState.SENT:
        return _("sent by e-mail") if one.channel is NoticeChannel.EMAIL else _("sent to the telephone")
    if one.state is NotificationState.WAITING:
        return _("waits to be sent")
    if one.state is NotificationState.UNDELIVERABLE:
        return {
            UndeliverableReason.RECIPIENT: _("reached nobody: nobody is known there"),
            UndeliverableReason.CONTENT: _("reached nobody: the message was not taken"),
            UndeliverableReason.GIVEN_UP: _("reached nobody: it was tried for long"),
        }.get(UndeliverableReason(one.reason) if one.reason else UndeliverableReason.RECIPIENT, Markup())
    return {
        DropReason.OUTDATED: _("not sent: it was no longer so"),
        DropReason.CONTACT_GONE: _("not sent: nobody knew any more how"),
        DropReason.READDRESSED: _("another one goes to the new address"),
        DropReason.BY_STAFF: _("told by us"),
        DropReason.SENT_ANEW: _("reached nobody; another one was sent"),
    }.get(DropReason(one.reason) if one.reason else DropReason.OUTDATED, Markup())
