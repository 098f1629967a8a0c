"""Tells of alarms that look ahead by e-mail: those that nobody has taken, once each, and not in quiet hours."""

from collections.abc import Sequence

import structlog
from msgspec.structs import replace

from queue_server.catalogue.alarms import AlarmRules
from queue_server.centre.centres import Centre, Centres
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import MINUTE, CentreId, Micros, new_id
from queue_server.early_warnings import episodes, store
from queue_server.early_warnings.model import EarlyWarning, name_of
from queue_server.early_warnings.settings import EarlyWarningRules
from queue_server.early_warnings.watching import EarlyWarnings
from queue_server.framework.server import Server
from queue_server.framework.words import Languages
from queue_server.notices.errors import NoticeChannelError
from queue_server.notices.port import OutgoingMessage, SendState
from queue_server.notices.settings import MailSettings
from queue_server.notices.smtp import SmtpPort
from queue_server.notices.values import NotificationId
from queue_server.web import wording
from queue_server.web.site import is_rtl
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader, StaffView, name_in
from queue_server.web.warnings.alarms import told
from queue_server.web.wording import MarkupTranslations

_log = structlog.get_logger(__name__)


class WarningMail:
    """``task`` looks again and again whether something is to be told."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._port = SmtpPort(server.settings[MailSettings])
        self.task = Periodic("warning-mail", server.settings[EarlyWarningRules].poll_s, self.send_due)

    async def send_due(self) -> None:
        """Send a letter for each centre that has something to tell; what could not be sent is told the next time."""
        for centre in self._server[Centres].values():
            rules = centre.setup.setup.alarms
            if not rules.mail:
                continue
            due = await self._claim(centre, rules)
            if due and not await self._send(centre, rules, due):
                await self._release(centre.id, due)

    async def _claim(self, centre: Centre, rules: AlarmRules) -> tuple[EarlyWarning, ...]:
        """Choose what is told now, and note that it is: of several servers one tells."""
        now = self._server.clock()
        local = Clockface(centre.setup.setup.centre.zone, "en").local(now)
        is_quiet = rules.is_quiet(local.hour * 60 + local.minute)
        look = await self._server[EarlyWarnings].current(centre)
        there = {name_of(one): one for one in look.warnings}
        chosen: list[str] = []

        def note(known: store.Episodes) -> store.Episodes:
            # Only what is there at this moment is told of, whenever the table was brought up to date last.
            seen = [replace(one, seen_at=now) for name, one in known.items() if name in there]
            due = episodes.to_notify(seen, now, rules.mail_after_min * MINUTE, is_quiet=is_quiet)
            chosen[:] = [one.warning for one in due]
            return {name: replace(one, sent_at=now) if name in chosen else one for name, one in known.items()}

        await self._server.log.write(lambda connection: store.change(connection, centre.id, note))
        return tuple(there[name] for name in chosen)

    async def _release(self, centre: CentreId, due: Sequence[EarlyWarning]) -> None:
        names = {name_of(one) for one in due}

        def note(known: store.Episodes) -> store.Episodes:
            return {name: replace(one, sent_at=None) if name in names else one for name, one in known.items()}

        await self._server.log.write(lambda connection: store.change(connection, centre, note))

    async def _send(self, centre: Centre, rules: AlarmRules, due: Sequence[EarlyWarning]) -> bool:
        """Send one letter to each address; it has gone where one of them was taken."""
        now = self._server.clock()
        subject, text, language, sender = self._letter(centre, due, now)
        has_gone = False
        try:
            async with self._port.session() as session:
                for address in rules.mail:
                    letter = OutgoingMessage(
                        NotificationId(new_id()), address, language, sender, subject, text, short="", at=now
                    )
                    result = await session.send(letter)
                    if result.state is SendState.ACCEPTED:
                        has_gone = True
                    else:
                        _log.warning("warning-mail-refused", centre=centre.id, code=result.code)
        except NoticeChannelError as error:
            _log.warning("warning-mail-unsent", centre=centre.id, code=error.code)
        return has_gone

    def _letter(self, centre: Centre, due: Sequence[EarlyWarning], now: Micros) -> tuple[str, str, str, str]:
        """Write subject and text in the language of the centre."""
        setup = centre.setup.setup.centre
        language, words = self._server[Languages].choose(setup.languages[0])
        assert isinstance(words, MarkupTranslations)  # noqa: S101 - those of the pages are
        reader = PageReader(words, Clockface(setup.zone, language), language, is_rtl(language))
        view = StaffView(centre.state, centre.facts, centre.settings, reader=reader, now=now)
        name = name_in(setup.name, language, setup.id)
        lines = [f"{wording.plain(text.head)}\n{wording.plain(text.todo)}" for text in (told(view, one) for one in due)]
        subject = words.ngettext("%(centre)s: %(count)s alarm", "%(centre)s: %(count)s alarms", len(due), centre=name)
        foot = words("Nobody has taken it yet. On the page of managers, press: I do it.")
        return wording.plain(subject), "\n\n".join((*lines, wording.plain(foot))) + "\n", language, name
