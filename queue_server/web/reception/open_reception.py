"""The page of reception as it is open in a browser: what it reads beside the day, and how it is drawn of both."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centres
from queue_server.domain.values import CounterId, Micros, ServiceId, VisitId
from queue_server.framework.server import SERVER
from queue_server.waiting.waiting_times import WaitingTimes
from queue_server.web.open_pages import OpenPage
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.page_parts import DrawnPart, PartDrawer
from queue_server.web.parts import Drawn, parts
from queue_server.web.reception import drawing
from queue_server.web.reception.page import ReceptionPage
from queue_server.web.reception.presenter import ReceptionQuery, reception_page
from queue_server.web.site import choose_language
from queue_server.web.view_context import PageReader, Shared, StaffView

#: Tickets of one document at most that are shown.
_MAX = 20


class OpenReceptionPage(OpenPage):
    """The page of ``session``; ``asked`` are the visit, the typed text, the tickets found, and the service chosen."""

    def __init__(self, request: web.Request, session: Session, asked: tuple[str, ...] = ("", "", "", "")) -> None:
        super().__init__(request, session)
        self.asked = asked
        self._desk = request.app[DESK]
        self._live = self._desk.centres[session.centre]
        self._reader = self._desk.reader(self.language, self._live.facts.catalogue.centre.zone)
        self._brought = Drawn({}, "")
        self._drawer = PartDrawer(self._desk.site)

    @property
    def _visit(self) -> VisitId | None:
        """The ticket in the hand, where it is one of today."""
        visit = self._live.state.visits.get(VisitId(self.asked[0]))
        return None if visit is None else visit.id

    def concerns(self, visits: frozenset[VisitId], counters: frozenset[CounterId]) -> bool:  # noqa: ARG002 - as others
        return self._visit in visits

    async def read(self) -> None:
        """Read what rooms bring."""
        session = await signed_in(self.request)
        self._brought = await parts(self.request, "reception", session, self._reader, self._visit)

    def view(self, shared: Shared, now: Micros) -> StaffView:
        live = self._live
        return StaffView(
            live.state,
            live.facts,
            live.settings,
            reader=self._reader,
            now=now,
            rules=self._desk.page_rules,
            shared=shared,
        )

    def values(self, look: StaffView, shared: Shared) -> dict[str, Any]:
        """Gather what the templates need; ``drawn`` are the parts of the page."""
        page = shared.once(("reception", self.asked), lambda: self._page(look))
        values = drawing.part_values(page, look, self.session, self._desk.page_rules, self._brought)
        return {**values, "drawn": self._drawer.draw(drawing.PARTS, self.language, shared, page, values)}

    def draw(self, shared: Shared, now: Micros) -> Mapping[str, DrawnPart]:
        drawn: Mapping[str, DrawnPart] = self.values(self.view(shared, now), shared)["drawn"]
        return drawn

    def _page(self, look: StaffView) -> ReceptionPage:
        visit, typed, only, service = self.asked
        found = tuple(VisitId(one) for one in only.split(",")[:_MAX] if one)
        server = self.request.app[SERVER]
        # What was foreseen some seconds ago: a page that every event draws anew asks for no look ahead of its own.
        outlook = server[WaitingTimes].newest(server[Centres][self.session.centre])
        query = ReceptionQuery(VisitId(visit), typed, found, ServiceId(service))
        return reception_page(look, query, self._person, outlook)

    def _person(self, language: str) -> PageReader:
        """Read for a person: in their language, else in the first that the centre and the pages both have."""
        centre = self._live.facts.catalogue.centre
        return self._desk.reader(choose_language((language, *centre.languages)), centre.zone)
