"""What open pages keep from one drawing to the next is what they would find out anew, whatever happens meanwhile."""

import re
from collections.abc import Hashable, Mapping
from functools import cache

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from queue_server.accounts.model import Role, Session, SessionId
from queue_server.domain.values import SECOND, Category, CentreId, CounterId, Micros, StaffId, VisitId
from queue_server.framework.rooms import RoomCollection
from queue_server.queue.decide import decide
from queue_server.queue.refusals import Refusal
from queue_server.rooms import ROOMS
from queue_server.web.counter import drawing
from queue_server.web.counter.page import CounterDeskPage
from queue_server.web.counter.presenter import counter_page
from queue_server.web.page_parts import DrawnPart, PartDrawer
from queue_server.web.parts import Drawn
from queue_server.web.reception import drawing as reception_drawing
from queue_server.web.reception.presenter import ReceptionQuery, reception_page
from queue_server.web.rules import PageRules
from queue_server.web.site import LANGUAGES, Site
from queue_server.web.view_context import Kept, Shared, StaffView
from tests.queue_server.web.days import ME, Centre, at
from tests.queue_server.web.test_presenter import NAMES, SERVICES, SITE, command, reader

#: Two counters that take everything, and one that does not.
COUNTERS = (ME, CounterId("4"), CounterId("5"))
acts = st.lists(
    st.tuples(
        # Most within one minute: what is kept ends with it.
        st.sampled_from([0, 1, 2, 5, 5, 10, 150]),
        st.sampled_from(COUNTERS),
        st.sampled_from(["issue", "call-next", "start", "finish", "park", "issue", "call-next", *NAMES]),
        st.sets(st.sampled_from(COUNTERS), max_size=1),
    ),
    min_size=10,
    max_size=30,
)
#: The page itself lets it run: what is kept is as of when it was drawn.
RUNNING = re.compile(r'(<time id="timer".*?>)[^<]*|(id="timer-gone".*? width=")[^"]*|data-drawn="[^"]*"')


@cache
def forgetful() -> Site:
    """Make a site that draws each piece of a part anew."""
    site = Site(RoomCollection(ROOMS).sites)
    for language in LANGUAGES:
        environment = site._environments[language]

        def piece(template: str, one: Hashable, language: str = language) -> Markup:
            return Markup(site.render(template, language, {"one": one}))  # noqa: S704 - as the site does

        environment.globals["piece"] = piece
    return site


def text(parts: Mapping[str, DrawnPart]) -> dict[str, str]:
    return {name: RUNNING.sub(r"\1\2", part.html) for name, part in parts.items()}


def act_at(centre: Centre, now: Micros, where: CounterId, act: str) -> None:
    """Let something happen, where the engine takes it."""
    clock = reader().clock.hhmmss(now)
    if act == "issue":
        number = centre.numbers + 1
        centre.issue(clock, f"B{number:03}", SERVICES[number % len(SERVICES)], list(Category)[number % 4])
        return
    asked = command(centre, act)
    asked = msgspec.structs.replace(asked, counter=where) if hasattr(asked, "counter") else asked
    if not isinstance(decide(centre.state, asked, centre.settings, now), Refusal):
        centre.do(clock, asked)


def begun() -> Centre:
    """Begin a day in which somebody is at each counter, and others wait at their first and at later steps."""
    centre = Centre()
    for counter in COUNTERS:
        centre.open("09:00", counter)
    for _ in range(8):
        act_at(centre, at("09:00"), ME, "issue")
    for act in ("call-next", "start", "finish", "call-next", "start"):
        for counter in COUNTERS:
            act_at(centre, at("09:01"), counter, act)
    return centre


def session(counter: CounterId | None) -> Session:
    role = Role.RECEPTION if counter is None else Role.COUNTER
    number = 0 if counter is None else int(counter)
    return Session(
        id=SessionId(f"session-{number}"),
        staff=StaffId(f"staff-{number}"),
        name=f"Staff {number}",
        centre=CentreId("demo"),
        roles=frozenset({role}),
        counter=counter,
        csrf=f"token-{number}",
        created=Micros(0),
        last_seen=Micros(0),
    )


@settings(max_examples=30, deadline=None)
@given(acts, st.sampled_from(LANGUAGES))
def test_what_is_kept_and_pushed_is_what_is_found_and_drawn_anew(
    story: list[tuple[int, CounterId, str, set[CounterId]]], language: str
) -> None:
    centre, now = begun(), at("09:01")
    kept = {counter: Kept() for counter in COUNTERS}
    drawers = {counter: PartDrawer(SITE) for counter in COUNTERS}
    lasting = Shared()

    def look(counter: CounterId, silent: frozenset[CounterId], shared: Shared, own: Kept) -> CounterDeskPage:
        return counter_page(
            centre.state,
            centre.facts,
            centre.settings,
            counter,
            reader=reader(language),
            now=now,
            silent=silent - {counter},
            shared=shared,
            kept=own,
        )

    def parts(page: CounterDeskPage, counter: CounterId, shared: Shared, drawer: PartDrawer) -> dict[str, str]:
        still = drawing.still_values(session(counter), reader(language), centre_name="Demo", now=now, rules=PageRules())
        values = drawing.part_values(page, Drawn({}, ""), cursor=f"1:{centre.state.seq}", still=still)
        return text(drawer.draw(drawing.parts_of(page), language, shared, page, values))

    for wait, where, act, silent in story:
        now = Micros(now + wait * SECOND)
        act_at(centre, now, where, act)
        shared = Shared(lasting, Shared())
        for counter in COUNTERS:
            found = look(counter, frozenset(silent), Shared(), Kept())
            page = look(counter, frozenset(silent), shared, kept[counter])
            assert page == found
            pushed = parts(page, counter, shared, drawers[counter])
            assert pushed == parts(found, counter, Shared(), PartDrawer(forgetful()))


@settings(max_examples=30, deadline=None)
@given(acts, st.sampled_from(LANGUAGES), st.integers(0, 3))
def test_what_reception_is_pushed_is_what_is_drawn_anew(
    story: list[tuple[int, CounterId, str, set[CounterId]]], language: str, asked: int
) -> None:
    centre, now = begun(), at("09:01")
    query = ReceptionQuery(VisitId(f"01890000-0000-7000-8000-{asked:012}"), ("", "b", "B 1", "walk")[asked])
    drawer, lasting = PartDrawer(SITE), Shared()

    def parts(shared: Shared, drawer: PartDrawer) -> dict[str, str]:
        seen = StaffView(centre.state, centre.facts, centre.settings, reader=reader(language), now=now, shared=shared)
        page = reception_page(seen, query, reader)
        values = reception_drawing.part_values(page, seen, session(None), PageRules(), Drawn({}, ""))
        return text(drawer.draw(reception_drawing.PARTS, language, shared, page, values))

    for wait, where, act, _ in story:
        now = Micros(now + wait * SECOND)
        act_at(centre, now, where, act)
        assert parts(Shared(lasting, Shared()), drawer) == parts(Shared(), PartDrawer(forgetful()))
