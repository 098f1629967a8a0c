"""The page of a counter as it is open in a browser: what it reads beside the day, and how it is drawn of both."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from queue_server.accounts import staff_store
from queue_server.accounts.model import Session
from queue_server.centre.views import cursor
from queue_server.domain.values import CounterId, Micros, VisitId
from queue_server.framework.problems import NotSignedInError
from queue_server.queue.guards import HELD
from queue_server.web.counter import drawing
from queue_server.web.counter.presenter import counter_page
from queue_server.web.history import NOBODY
from queue_server.web.open_pages import OpenPage
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.page_parts import DrawnPart, PartDrawer
from queue_server.web.parts import Drawn, parts
from queue_server.web.view_context import Kept, Shared, name_in


class OpenCounterPage(OpenPage):
    """The page of ``session``, which sits at a counter."""

    def __init__(self, request: web.Request, session: Session) -> None:
        super().__init__(request, session)
        if session.counter is None:
            raise NotSignedInError
        self.counter: CounterId = session.counter
        self._desk = request.app[DESK]
        self._live = self._desk.centres[session.centre]
        self.reader = self._desk.reader(self.language, self._live.facts.catalogue.centre.zone)
        self._brought, self._onlooker = Drawn({}, ""), NOBODY
        self._silent: dict[CounterId, Micros] = {}
        self._drawer, self._kept = PartDrawer(self._desk.site), Kept()

    @property
    def _visit(self) -> VisitId | None:
        held = self._live.state.counters.get(self.counter)
        return None if held is None else held.visit

    def concerns(self, visits: frozenset[VisitId], counters: frozenset[CounterId]) -> bool:
        return self.counter in counters or self._visit in visits

    async def read(self) -> None:
        """Read what rooms bring, who has acted on the visit, and which counters nobody is at any more."""
        self._onlooker = await self._desk.onlooker(self.session, self._live.state, self._visit)
        self._silent = await self._read_silent()
        self._brought = await parts(self.request, "counter", await signed_in(self.request), self.reader)

    def values(self, shared: Shared, now: Micros) -> dict[str, Any]:
        """Gather what the templates need, as of now; ``drawn`` are the parts of the page."""
        live, desk = self._live, self._desk
        state, counters = live.state, live.state.counters
        page = counter_page(
            state,
            live.facts,
            live.settings,
            self.counter,
            reader=self.reader,
            now=now,
            # Whoever has begun something at such a counter since is there.
            silent=frozenset(one for one, since in self._silent.items() if counters[one].since == since),
            rules=desk.page_rules,
            onlooker=self._onlooker,
            shared=shared,
            kept=self._kept,
        )
        # Kept until the minute ends, or the set-up changes, as what the page has found out is.
        still = self._kept.once("still", (), lambda: self._still_values(now))
        values = drawing.part_values(page, self._brought, cursor=cursor(state), still=still)
        of_page = drawing.parts_of(page)
        return {**values, "drawn": self._drawer.draw(of_page, self.language, shared, page, values)}

    def _still_values(self, now: Micros) -> dict[str, Any]:
        centre, rules = self._live.facts.catalogue.centre, self._desk.page_rules
        name = name_in(centre.name, self.language, centre.id)
        return drawing.still_values(self.session, self.reader, centre_name=name, now=now, rules=rules)

    def draw(self, shared: Shared, now: Micros) -> Mapping[str, DrawnPart]:
        drawn: Mapping[str, DrawnPart] = self.values(shared, now)["drawn"]
        return drawn

    async def _read_silent(self) -> dict[CounterId, Micros]:
        """Find the counters that have somebody though nobody of staff was seen there lately, and since when."""
        state, now, rules = self._live.state, self._desk.clock(), self._desk.rules
        before = now - rules.hand_back_after_s * 1_000_000
        held = {
            counter.id: counter.since
            for counter in state.counters.values()
            if counter.id != self.counter
            and counter.visit is not None
            and state.visits[counter.visit].state in HELD
            and counter.since <= before
        }
        if not held:
            return {}
        centre = self.session.centre
        return await self._desk.log.run(
            lambda connection: {
                one: since for one, since in held.items() if staff_store.is_silent(connection, centre, one, now, rules)
            }
        )
