"""Puts together what tells people: who makes the words, who sends in each way that is set up, and who reminds."""

from collections.abc import Iterator

from queue_server.contract.periodic import Periodic
from queue_server.custody.followers import ItemFollowers
from queue_server.framework.server import Server
from queue_server.notices import following
from queue_server.notices.collection_letters import CollectionLetters
from queue_server.notices.following import ItemNotices
from queue_server.notices.port import NoticePort
from queue_server.notices.relay import Composer, NoticeRelay
from queue_server.notices.reminders import Reminders
from queue_server.notices.settings import MailSettings, NoticeRules, SmsSettings
from queue_server.notices.sms_gateway import SmsPort
from queue_server.notices.smtp import SmtpPort
from queue_server.notices.values import NotificationKind
from queue_server.vault.store import Vault


class Composers(dict[NotificationKind, Composer]):
    """Who makes the words of which kind; rooms that tell people of other things add theirs."""


class NoticeTasks:
    """All that is done again and again to tell people."""

    def __init__(self, reminders: Reminders, relays: tuple[NoticeRelay, ...]) -> None:
        self.tasks: tuple[Periodic, ...] = (reminders.task, *(one.task for one in relays))


def assemble(server: Server) -> None:
    """Put it in."""
    rules = server.settings[NoticeRules]
    letters = CollectionLetters(server)
    of_items = (NotificationKind.ITEM_READY, NotificationKind.ITEM_REMINDER, NotificationKind.ITEM_EXPIRING)
    composers = server.put(Composers, Composers(dict.fromkeys(of_items, letters)))
    relays = tuple(
        NoticeRelay(server.log, server[Vault], port, rules, server.clock, composers) for port in _ports(server)
    )
    server.put(NoticeTasks, NoticeTasks(Reminders(server, rules.poll_s), relays))
    followers = server[ItemFollowers]
    followers.checks.append(following.check)
    followers.received.append(following.received)
    followers.changed.append(ItemNotices(server))


def _ports(server: Server) -> Iterator[NoticePort]:
    """Make the ways that are set up."""
    mail, sms = server.settings[MailSettings], server.settings[SmsSettings]
    if mail.host:
        yield SmtpPort(mail)
    if sms.url:
        yield SmsPort(sms)
