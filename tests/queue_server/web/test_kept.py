"""What an open page keeps from one drawing to the next is what it would find out anew, whatever happens meanwhile."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain.values import SECOND, Category, CounterId, Micros
from queue_server.queue.decide import decide
from queue_server.queue.refusals import Refusal
from queue_server.web.counter.page import CounterDeskPage
from queue_server.web.counter.presenter import counter_page
from queue_server.web.site import LANGUAGES
from queue_server.web.view_context import Kept, Shared
from tests.queue_server.web.days import ME, Centre, at
from tests.queue_server.web.test_presenter import NAMES, SERVICES, command, reader

#: Two counters that take everything, and one that does not.
COUNTERS = (ME, CounterId("4"), CounterId("5"))
acts = st.lists(
    st.tuples(
        st.integers(0, 150),
        st.sampled_from(COUNTERS),
        st.sampled_from(["issue", "call-next", "start", "finish", "park", "issue", "call-next", *NAMES]),
        st.sets(st.sampled_from(COUNTERS), max_size=1),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(acts, st.sampled_from(LANGUAGES))
def test_what_is_kept_is_what_is_found_anew(
    story: list[tuple[int, CounterId, str, set[CounterId]]], language: str
) -> None:
    centre, now = Centre(), at("09:00")
    for counter in COUNTERS:
        centre.open("09:00", counter)
    kept = {counter: Kept() for counter in COUNTERS}
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

    for wait, where, act, silent in story:
        now = Micros(now + wait * SECOND)
        clock = reader().clock.hhmmss(now)
        if act == "issue":
            number = centre.numbers + 1
            centre.issue(clock, f"B{number:03}", SERVICES[number % len(SERVICES)], list(Category)[number % 4])
        else:
            asked = command(centre, act)
            asked = msgspec.structs.replace(asked, counter=where) if hasattr(asked, "counter") else asked
            if not isinstance(decide(centre.state, asked, centre.settings, now), Refusal):
                centre.do(clock, asked)
        shared = Shared(lasting, Shared())
        for counter in COUNTERS:
            found = look(counter, frozenset(silent), Shared(), Kept())
            assert look(counter, frozenset(silent), shared, kept[counter]) == found
