"""The e-mail that tells of alarms: written when it leaves, unless they are over or somebody has taken them by then."""

from typing import cast

from sqlalchemy import Connection

from queue_server.centre.centres import Centre, Centres
from queue_server.domain.values import Micros
from queue_server.early_warnings import store
from queue_server.early_warnings.model import name_of
from queue_server.early_warnings.watching import EarlyWarnings
from queue_server.framework.server import Server
from queue_server.framework.words import Languages
from queue_server.notices.contact import ContactDetails
from queue_server.notices.model import Notification
from queue_server.notices.relay import MessageWords
from queue_server.web import wording
from queue_server.web.site import is_rtl
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader, StaffView, name_in
from queue_server.web.warnings.alarms import told
from queue_server.web.wording import MarkupTranslations


class WarningLetterComposer:
    """Writes it in the language of the centre."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(
        self, connection: Connection, notification: Notification, details: ContactDetails, now: Micros
    ) -> MessageWords | None:
        centre = self._server[Centres].get(notification.centre)
        if centre is None:
            return None
        known = store.episodes(connection, centre.id).values()
        due = {one.warning for one in known if one.sent_at == notification.occasion and one.taken_by is None}
        if not due:
            return None
        # Of a server that has just started nothing was found yet: then the letter says how many there are.
        found = [one for one in self._server[EarlyWarnings].found(centre) if name_of(one) in due]
        view = self._view(centre, details.language, now)
        words, setup = view.words, centre.setup.setup.centre
        name = name_in(setup.name, view.reader.language, setup.id)
        lines = [
            f"{wording.plain(text.head)}\n{wording.plain(text.todo)}" for text in (told(view, one) for one in found)
        ]
        subject = words.ngettext("%(centre)s: %(count)s alarm", "%(centre)s: %(count)s alarms", len(due), centre=name)
        foot = words("Nobody has taken it yet. On the page of managers, press: I do it.")
        text = "\n\n".join((*lines, wording.plain(foot))) + "\n"
        title = wording.plain(subject)
        return MessageWords(sender_name=name, subject=title, text=text, short=title)

    def _view(self, centre: Centre, wanted: str, now: Micros) -> StaffView:
        language, translations = self._server[Languages].choose(wanted)
        words, zone = cast("MarkupTranslations", translations), centre.rule.zone
        reader = PageReader(words, Clockface(zone, language), language, is_rtl(language))
        return StaffView(centre.state, centre.facts, centre.settings, reader=reader, now=now)
