"""Tells of alarms that look ahead by e-mail: those that nobody has taken, once each, and not in quiet hours.

What is due is noted as told and queued in one transaction; the outbox sends it, to each address by itself, and tries
again what could not be sent.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection

from queue_server.catalogue.alarms import AlarmRules
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import MINUTE, Actor, CentreId, Language, Micros, StreamName
from queue_server.early_warnings import episodes, store
from queue_server.early_warnings.model import name_of
from queue_server.early_warnings.settings import EarlyWarningRules
from queue_server.early_warnings.watching import EarlyWarnings
from queue_server.eventlog.aggregate import append
from queue_server.eventlog.statements import QUEUE_PREFIX
from queue_server.framework.server import Server
from queue_server.notices import contacts
from queue_server.notices.contact import ContactDetails
from queue_server.notices.contacts import ContactGiven
from queue_server.notices.model import ident_of
from queue_server.notices.queueing import NotificationOccasion, queue_occasion
from queue_server.notices.settings import NoticeRules
from queue_server.notices.values import NotificationKind
from queue_server.vault.model import end_of
from queue_server.vault.store import Vault
from queue_server.web.times import Clockface

_ACTOR: Final = Actor("system")
_DAY_S: Final = 86_400


def recipient_of(centre: CentreId, number: int) -> StreamName:
    """Name the post at one of the addresses of a centre's set-up."""
    return StreamName(f"alarm-mail/{centre}/{number}")


class WarningMail:
    """``task`` looks again and again whether something is to be told."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.task = Periodic("warning-mail", server.settings[EarlyWarningRules].poll_s, self.send_due)

    async def send_due(self) -> None:
        """Queue a letter for each address of each centre that has something to tell."""
        for centre in self._server[Centres].values():
            rules = centre.setup.setup.alarms
            if rules.mail:
                await self._queue_due(centre, rules)

    async def _queue_due(self, centre: Centre, rules: AlarmRules) -> None:
        """Choose what is told now, and note that it is: of several servers one queues it."""
        now = self._server.clock()
        local = Clockface(centre.setup.setup.centre.zone, "en").local(now)
        is_quiet = rules.is_quiet(local.hour * 60 + local.minute)
        look = await self._server[EarlyWarnings].current(centre)
        there = {name_of(one) for one in look.warnings}
        chosen: list[str] = []

        def note(known: store.Episodes) -> store.Episodes:
            # Only what is there at this moment is told of, whenever the table was brought up to date last.
            seen = [episodes.seen(one, now) for name, one in known.items() if name in there]
            due = episodes.to_notify(seen, now, rules.mail_after_min * MINUTE, is_quiet=is_quiet)
            chosen[:] = [one.warning for one in due]
            return {name: episodes.sent(one, now) if name in chosen else one for name, one in known.items()}

        def work(connection: Connection) -> None:
            store.change(connection, centre.id, note)
            if chosen:
                self._queue(connection, centre, rules.mail, now)

        await self._server.log.write(work)

    def _queue(self, connection: Connection, centre: Centre, addresses: Sequence[str], now: Micros) -> None:
        server, day = self._server, centre.rule.day_at(now)
        # As long as it is tried, and a day more.
        days = 1 + round(server.settings[NoticeRules].give_up_s // _DAY_S)
        language, drafts = Language(centre.setup.setup.centre.languages[0]), []
        for number, address in enumerate(addresses):
            recipient = recipient_of(centre.id, number)
            ends_at = end_of(centre.rule, day, days)
            given = ContactGiven(recipient, centre.id, _ACTOR, now, ends_at, application=None, visit=None)
            contacts.store(server[Vault], connection, given, ContactDetails(language, address))
            ident = ident_of(NotificationKind.ALARM, recipient, now)
            drafts += queue_occasion(
                server.settings,
                connection,
                NotificationOccasion(
                    centre.id, NotificationKind.ALARM, StreamName(f"{QUEUE_PREFIX}{centre.id}/{day}"), recipient, now
                ),
                ident=ident,
                at=now,
                command=f"alarm/{ident}",
                actor=_ACTOR,
            )
        append(connection, *drafts)
