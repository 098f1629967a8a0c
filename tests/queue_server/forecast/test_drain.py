"""The drain calls whom the product calls, and when: where nothing is left to chance it is never wrong."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, Category, CounterId, GovernmentId, Micros, ServiceId, StepId, VisitId
from queue_server.forecast.drain import CounterOutlook, Drain, ExpectedStop, LeavingRates, QueuedParty, StopKind
from queue_server.forecast.outlook import Forecaster
from queue_server.queue.settings import Skills
from queue_server.queue.stops import stops
from queue_server.simulation.model import CounterShifts, SimulatedParty
from queue_server.simulation.player import play
from tests.queue_server.forecast.moments import EXACT, PLANNED, plan, state_at
from tests.queue_server.simulation.town import PAPERS, SUBMISSION, after, small

KIND = (StepId("papers"), ServiceId("record"), GovernmentId("UTO"))
OTHER = (StepId("submission"), ServiceId("record"), GovernmentId("UTO"))


def counter(name: str, *takes: StopKind, spans: tuple[tuple[int, int], ...] = ((0, 99),)) -> CounterOutlook:
    return CounterOutlook(
        CounterId(name),
        frozenset(takes or (KIND, OTHER)),
        tuple((Micros(start * MINUTE), Micros(end * MINUTE)) for start, end in spans),
        Micros(0),
    )


def waiting(name: str, due: int, *needs: int, ready: int = 0, since: int | None = None) -> QueuedParty:
    kinds = (KIND, OTHER)
    stops = [ExpectedStop(kind, 20, need * MINUTE) for kind, need in zip(kinds, needs, strict=False)]
    came = None if since is None else Micros(since * MINUTE)
    return QueuedParty(VisitId(name), Micros(ready * MINUTE), stops, place=due * MINUTE, seq=1, since=came)


def calls(drain: Drain) -> dict[str, float]:
    drain.run()
    return {visit: at / MINUTE for visit, at in drain.first_calls.items()}


def test_a_queue_by_paper_and_pencil() -> None:
    """The one due earliest first; who hands in, too, is ready again when its papers are done."""
    people = [waiting("late", 30, 5), waiting("first", 10, 6, 3), waiting("second", 20, 4)]
    drain = Drain([counter("p", KIND), counter("s", OTHER)], people, Micros(60 * MINUTE))
    assert calls(drain) == {"first": 0, "second": 6, "late": 10}
    assert drain.unserved == 0


def test_a_break_is_waited_for_and_who_is_served_is_served_to_the_end() -> None:
    people = [waiting("one", 1, 12), waiting("two", 2, 5), waiting("three", 3, 5)]
    there = counter("p", spans=((0, 10), (20, 24), (40, 50)))
    assert calls(Drain([there], people, Micros(90 * MINUTE))) == {"one": 0, "two": 20, "three": 40}


def test_who_is_not_reached_is_counted_and_so_is_who_would_go_on() -> None:
    people = [waiting("one", 1, 12, 5), waiting("two", 2, 5)]
    drain = Drain([counter("p", spans=((0, 10),))], people, Micros(11 * MINUTE))
    assert calls(drain) == {"one": 0}
    assert drain.unserved == 2


def test_a_counter_that_has_gone_home_takes_nobody_and_another_does() -> None:
    """Both are free when somebody comes; the first of them has its break."""
    there = [counter("p", spans=((0, 10), (30, 40))), counter("q", spans=((0, 60),))]
    people = [waiting("one", 1, 3, ready=15), waiting("two", 2, 20, ready=16), waiting("three", 3, 1, ready=31)]
    assert calls(Drain(there, people, Micros(60 * MINUTE))) == {"one": 15, "two": 18, "three": 31}


def test_who_is_expected_later_is_not_counted_before() -> None:
    expected = waiting("later", 50, 5, ready=40)
    expected.visit = None
    drain = Drain([counter("p")], [waiting("one", 1, 12), waiting("two", 2, 9), expected], Micros(10 * MINUTE))
    assert calls(drain) == {"one": 0}
    assert drain.unserved == 1


def test_who_may_have_left_takes_less_time() -> None:
    """Half have left after ten minutes, all of them without a word: they are called in vain for four minutes."""
    patience = LeavingRates((1.0,), (0.0, 0.5), 10 * MINUTE, 4 * MINUTE)
    people = [waiting("one", 1, 10, since=0), waiting("two", 2, 10, since=0), waiting("three", 3, 10, since=0)]
    drain = Drain([counter("p")], people, Micros(60 * MINUTE), patience=patience)
    assert calls(drain) == {"one": 0, "two": 10, "three": 17}


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=8).map(lambda found: tuple(sorted(found, reverse=True))),
    st.lists(st.floats(0, 1), min_size=1, max_size=8).map(lambda found: tuple(sorted(found))),
    st.tuples(st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True)),
    st.integers(0, 10),
)
def test_who_leaves_does_at_one_instant(
    staying: tuple[float, ...], gone: tuple[float, ...], drawn: tuple[float, float], ready: int
) -> None:
    """From then on chance has them on the other side of the share that stays, or of that which has gone."""
    patience = LeavingRates(staying, gone, 10)
    word, silent = patience.drawn(Micros(1000), Micros(1000 + ready * 10), drawn)
    still = drawn[0] * patience.at(staying, ready * 10)
    for waited in range(ready * 10, 200, 5):
        assert (1000 + waited >= word) == (still >= patience.at(staying, waited))
        assert (1000 + waited >= silent) == (drawn[1] < patience.at(gone, waited))


def test_it_stops_where_it_is_asked_to() -> None:
    drain = Drain([counter("p")], [waiting("one", 1, 5), waiting("two", 2, 5)], Micros(60 * MINUTE))
    drain.run(VisitId("one"))
    assert drain.first_calls == {"one": 0}


PARTIES = st.lists(
    st.tuples(
        st.sampled_from((("record",), ("passport",), ("visa",), ("passport", "record"))),
        st.integers(1, 4),
        st.sampled_from((Category.WALK_IN, Category.PRIORITY, Category.URGENT)),
    ),
    min_size=1,
    max_size=25,
)
SKILLS = (Skills(), Skills(steps=(PAPERS,)), Skills(steps=(SUBMISSION,)), Skills(governments=(GovernmentId("XAL"),)))


@settings(max_examples=60)
@given(PARTIES, st.lists(st.sampled_from(SKILLS), min_size=1, max_size=4), st.integers(26, 100))
def test_where_everything_lasts_as_it_should_calls_come_when_they_were_expected(
    people: list[tuple[tuple[str, ...], int, Category]], skills: list[Skills], moment: int
) -> None:
    """All come within the first 25 minutes, a minute apart. What is foreseen after that is what happens.

    Each counter begins some seconds after the one before, so that no two are free at the same time.
    """
    counters = tuple(
        CounterShifts(CounterId(f"c{number}"), one, ((after(number / 7), after(120)),))
        for number, one in enumerate(skills)
    )
    steps = {"record": ("papers",), "passport": ("papers", "submission"), "visa": ("papers", "submission")}
    parties = tuple(
        SimulatedParty(
            after(number),
            tuple(map(ServiceId, services)),
            tuple(
                round(PLANNED(StepId(step), ServiceId(service), size) * MINUTE)
                for service in services
                for step in steps[service]
            ),
            category,
            size,
        )
        for number, (services, size, category) in enumerate(people)
    )
    day = replace(small(counters), parties=parties)
    now = after(moment)
    # How much longer somebody is served who is at a counter already is a matter of chance; here there is none.
    rates = replace(EXACT, spread=0.0)
    foreseen = Forecaster(rates, plan(day)).calls_at(state_at(day, now), now)
    came = {
        stop.visit: stop.called_at
        for stop in stops(play(day))
        if stop.called_at is not None and stop.called_at > now and stop.ready_at <= now
    }
    assert {visit: at for visit, at in foreseen.items() if visit in came} == came
