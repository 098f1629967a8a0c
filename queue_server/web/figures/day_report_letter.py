"""The e-mail that brings a day on paper: written when it leaves, unless whoever asked manages the centre no more."""

from datetime import date
from typing import cast

from sqlalchemy import Connection

from queue_server.accounts import staff_store
from queue_server.accounts.model import Role
from queue_server.centre.centres import Centre, Centres
from queue_server.domain.values import Day, Micros, StaffId
from queue_server.framework.server import Server
from queue_server.framework.words import Languages
from queue_server.notices.contact import ContactDetails
from queue_server.notices.model import Notification
from queue_server.notices.port import LetterParts, PaperAttachment
from queue_server.notices.relay import MessageWords
from queue_server.web import wording
from queue_server.web.figures.day_paper import can_print, day_pdf
from queue_server.web.figures.figures_query import FiguresQuery
from queue_server.web.figures.paper_tables import brought_tables
from queue_server.web.figures.period import PeriodLength
from queue_server.web.figures.presenter import figures_page
from queue_server.web.figures.reading import paper_data
from queue_server.web.site import is_rtl
from queue_server.web.times import Clockface
from queue_server.web.view_context import PageReader, StaffView, name_in
from queue_server.web.wording import MarkupTranslations


class DayReportComposer:
    """Writes it, and sets the paper."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(
        self, connection: Connection, notification: Notification, details: ContactDetails, now: Micros
    ) -> MessageWords | None:
        centre = self._server[Centres].get(notification.centre)
        if not can_print():
            return None
        if centre is None or not _manages(connection, centre, StaffId(notification.recipient.rpartition("/")[2])):
            return None
        look = self._view(centre, details.language, now)
        day = date.fromisoformat(notification.subject.rpartition("/")[2])
        asked, today = FiguresQuery(PeriodLength.DAY, day), date.fromisoformat(centre.rule.day_at(now))
        data = paper_data(connection, centre.id, asked, today)
        # Whoever reads it reads it later: it is called by its date, today too.
        page = figures_page(look, data, asked, centre.rule, centre.setup.setup, by_date=True)
        others = brought_tables(connection, look, centre.id, centre.rule, Day(day.isoformat()))
        name = name_in(look.known.catalogue.centre.name, look.reader.language, centre.id)
        _, title = look.words, wording.plain(page.head)
        lines = (
            _("%(day)s at %(centre)s: the day on paper is attached.", day=title, centre=name),
            _("You get this since you asked for it at the page of figures; there you stop it too."),
            _("There are no names in it. Outside of the centre show nobody a number of fewer than five visits."),
        )
        return MessageWords(
            sender_name=name,
            subject=wording.plain(_("%(centre)s: %(day)s", centre=name, day=title)),
            text="\n\n".join(wording.plain(line) for line in lines) + "\n",
            short=title,
            parts=LetterParts(papers=(PaperAttachment(f"{day.isoformat()}.pdf", day_pdf(look, page, name, others)),)),
        )

    def _view(self, centre: Centre, wanted: str, now: Micros) -> StaffView:
        language, translations = self._server[Languages].choose(wanted)
        words, zone = cast("MarkupTranslations", translations), centre.rule.zone
        reader = PageReader(words, Clockface(zone, language), language, is_rtl(language), self._server.rooms)
        return StaffView(centre.state, centre.facts, centre.settings, reader=reader, now=now)


def _manages(connection: Connection, centre: Centre, staff: StaffId) -> bool:
    """Say whether somebody may still see how it went."""
    return any(
        one.id == staff and one.disabled_at is None and Role.MANAGER in one.roles.get(centre.id, ())
        for one in staff_store.staff_of(connection, centre.id)
    )
