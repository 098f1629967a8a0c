"""Puts together what tells people: who makes the words, who sends in each way that is set up, and who reminds."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection

from queue_server.contract.periodic import Periodic
from queue_server.custody import labels
from queue_server.custody import store as custody
from queue_server.custody.followers import ItemFollowers
from queue_server.custody.store import ITEMS
from queue_server.custody.values import ItemId
from queue_server.domain.values import CentreId, StreamName
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
from queue_server.notices.values import OF_ITEMS, NotificationKind
from queue_server.vault.store import Vault


class Composers(dict[NotificationKind, Composer]):
    """Who makes the words of which kind; rooms that tell people of other things add theirs."""


#: Names things that people are told of, by their streams, as staff know them; what is gone has no name.
NamesOf = Callable[[Connection, CentreId, Sequence[StreamName]], Sequence[str]]


class SubjectNames(dict[str, NamesOf]):
    """How staff know what people are told of, by the prefix of its stream; rooms that tell of other things add it."""


class NoticeTasks:
    """All that is done again and again to tell people."""

    def __init__(self, reminders: Reminders, relays: tuple[NoticeRelay, ...]) -> None:
        self.tasks: tuple[Periodic, ...] = (reminders.task, *(one.task for one in relays))


def assemble(server: Server) -> None:
    """Put it in."""
    rules = server.settings[NoticeRules]
    letters = CollectionLetters(server)
    composers = server.put(Composers, Composers(dict.fromkeys(OF_ITEMS, letters)))
    server.put(SubjectNames, SubjectNames({ITEMS.prefix: item_names}))
    relays = tuple(
        NoticeRelay(server.log, server[Vault], port, rules, server.clock, composers) for port in _ports(server)
    )
    server.put(NoticeTasks, NoticeTasks(Reminders(server, rules.poll_s), relays))
    followers = server[ItemFollowers]
    followers.checks.append(following.check)
    followers.received.append(following.received)
    followers.changed.append(ItemNotices(server))


def item_names(connection: Connection, centre: CentreId, subjects: Sequence[StreamName]) -> list[str]:
    """Name items by their labels."""
    idents = [ItemId(one.removeprefix(ITEMS.prefix)) for one in subjects]
    return [labels.shown(item.label) for item in custody.some(connection, centre, idents)]


def _ports(server: Server) -> Iterator[NoticePort]:
    """Make the ways that are set up."""
    mail, sms = server.settings[MailSettings], server.settings[SmsSettings]
    if mail.host:
        yield SmtpPort(mail)
    if sms.url:
        yield SmsPort(sms)
