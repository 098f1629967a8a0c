"""When a walk-in would be called: as if they were issued a ticket now, which they are not."""

import pytest

from queue_server.domain.values import Intake, Language, ServiceId, VisitId
from queue_server.queue import commands as c
from queue_server.queue.forecast import CallRange, forecast
from queue_server.queue.walk_in_forecast import walk_in_forecast
from tests.queue_server.queue.centre import DOCUMENTS_ONLY, ONE, PASSPORT, TWO, VISA, Play

ENGLISH = Language("en")


@pytest.fixture
def play() -> Play:
    return Play().open_day()


def thought(play: Play, *services: ServiceId) -> CallRange | None:
    return walk_in_forecast(play.state, play.settings, services or (PASSPORT,), ENGLISH, play.now)


def issued(play: Play, service: ServiceId) -> CallRange:
    visit: VisitId = play.issue(service)
    return forecast(play.state, play.settings, play.now)[visit]


@pytest.mark.parametrize("service", [PASSPORT, VISA])
@pytest.mark.parametrize("waiting", [0, 1, 7])
def test_it_is_when_their_ticket_is_called_once_they_take_one(play: Play, service: ServiceId, waiting: int) -> None:
    play.open(ONE)
    play.open(TWO)
    for number in range(waiting):
        play.issue(PASSPORT if number % 2 else VISA)
    play.call()
    told = thought(play, service)
    assert told == issued(play, service)


def test_nothing_happens_by_asking(play: Play) -> None:
    play.open(ONE)
    play.issue()
    before = play.state.seq, list(play.state.waiting), dict(play.state.visits), dict(play.state.highest)
    assert thought(play) is not None
    after = play.state.seq, list(play.state.waiting), dict(play.state.visits), dict(play.state.highest)
    assert after == before


def test_nobody_can_say_where_no_ticket_is_given_or_no_counter_is_open_for_it(play: Play) -> None:
    assert thought(play) is None
    play.open(ONE, skills=DOCUMENTS_ONLY)
    assert thought(play) is None, "reception comes first"
    play.open(TWO)
    assert thought(play) is not None
    assert thought(play, ServiceId("unknown")) is None
    play.do(c.ChangeIntake(next(one for one in Intake if one is not Intake.OPEN)))
    assert thought(play) is None
