"""The number of a ticket, typed by whoever knows it: it says what hangs in the hall, and nothing else."""

from dataclasses import dataclass
from pathlib import Path

from hypothesis import given
from msgspec.structs import replace

from queue_server.accounts.model import AccountRules, Role
from queue_server.centre import views
from queue_server.centre.api.code_status import status_of
from queue_server.domain.values import SECOND, Category, Language, Micros, TicketCode, now_micros
from queue_server.queue import commands as c
from tests.queue_server.centre.test_views import COMMANDS, FACTS, opened, steps
from tests.queue_server.house import QUICK, TICKET, House, house
from tests.queue_server.queue.centre import KIOSK

COUNTER = "/centres/demo/counters/1"
EVERY = [TicketCode(f"{letter}{number:03}") for letter in "ABX" for number in range(1, 80)]


@given(COMMANDS)
def test_all_numbers_together_tell_what_the_boards_tell(commands: list[c.Command]) -> None:
    play = opened()
    steps(play, commands)
    board = views.board_view(play.state, FACTS)
    every = {*EVERY, *play.state.codes}
    told = {code: status_of(play.state, FACTS, code) for code in every}
    over_counters = {one.code: one for one in board.counters if one.code is not None}
    calls = {one.code: one.counter for one in board.calls if one.active}
    for code, answer in told.items():
        match answer.shown:
            case "called":
                assert answer.counter == (calls.get(code) or over_counters[code].name)
                assert code in calls or over_counters[code].called
            case "serving":
                assert not over_counters[code].called
                assert answer.counter == over_counters[code].name
            case "waiting" | "not-shown":
                assert answer.counter is None
                assert code not in calls
                assert code not in over_counters
    waiting = [code for code, answer in told.items() if answer.shown == "waiting"]
    assert len(waiting) == sum(one.visits for one in board.waiting)


@given(COMMANDS)
def test_who_somebody_is_and_what_they_came_for_changes_no_answer(commands: list[c.Command]) -> None:
    play = opened()
    steps(play, commands)
    before = {code: status_of(play.state, FACTS, code) for code in {*EVERY, *play.state.codes}}
    for visit in list(play.state.visits.values()):
        other = replace(
            visit,
            services=(),
            language=Language("xx"),
            party_size=9,
            people=(),
            category=Category.URGENT,
            asks_priority=not visit.asks_priority,
            device=KIOSK,
        )
        play.state.visits = play.state.visits.put(other)
    assert before == {code: status_of(play.state, FACTS, code) for code in before}


async def test_somebody_who_lost_the_paper_hears_what_the_boards_say(here: House) -> None:
    kiosk, desk = await here.kiosk(), await here.manager()

    async def told(code: str) -> object:
        reply = await kiosk.get(f"/centres/demo/codes/{code}")
        assert reply.status == 200, reply
        return reply.body

    hidden = {"shown": "not-shown", "counter": None}
    assert await told("A001") == hidden, "it was not given yet"
    visit = (await kiosk.post("/centres/demo/visits", TICKET)).body["visit"]
    assert visit["code"] == "A001"
    assert await told("A001") == {"shown": "waiting", "counter": None}
    await desk.post(f"{COUNTER}/open")
    await desk.post(f"{COUNTER}/call-next")
    assert await told("A001") == {"shown": "called", "counter": "1"}
    await desk.post(f"{COUNTER}/start")
    assert await told("A001") == {"shown": "serving", "counter": "1"}
    await desk.post(f"{COUNTER}/park", {"reason": "photo", "minutes": 20})
    assert await told("A001") == hidden, "who is put aside hangs nowhere"
    await desk.post(f"/centres/demo/visits/{visit['id']}/cancel")
    for code in ("A001", "A002", "Z999", "A1", "a001", "x" * 400, "..%2f..%2fqueue"):
        assert await told(code) == hidden, code


async def test_all_numbers_of_a_day_in_turn_tell_what_a_board_tells(data: Path) -> None:
    plenty = QUICK.but(AccountRules(code_tries=1000, code_tries_total=2000))
    async with house(data, plenty) as here:
        kiosk, desk, screen = await here.kiosk(), await here.manager(), (await here.device("screen"))[0]
        services = ("uto-passport-renewal", "uto-certified-copy", "uto-passport-renewal")
        for number in range(9):
            wanted = TICKET | {"services": [services[number % 3]], "party_size": number % 4 + 1}
            assert (await kiosk.post("/centres/demo/visits", wanted)).status == 201
        await desk.post(f"{COUNTER}/open")
        await desk.post(f"{COUNTER}/call-next")
        board = (await screen.get("/centres/demo/queue")).body["board"]
        told = [(await kiosk.get(f"/centres/demo/codes/A{number:03}")).body for number in range(1, 60)]
    assert all(set(one) == {"shown", "counter"} for one in told)
    called = [(f"A{place:03}", one["counter"]) for place, one in enumerate(told, 1) if one["shown"] == "called"]
    assert called == [(one["code"], one["counter"]) for one in board["calls"]]
    assert [one["shown"] for one in told].count("waiting") == sum(one["visits"] for one in board["waiting"]) == 8
    assert [one["shown"] for one in told].count("not-shown") == 50


@dataclass
class Clock:
    now: Micros

    def __call__(self) -> Micros:
        return self.now


async def test_nobody_types_through_all_numbers(data: Path) -> None:
    few = QUICK.but(AccountRules(code_tries=3, code_tries_total=5, code_window_s=60))
    clock = Clock(now_micros())
    async with house(data, few, clock) as here:
        one, two, three = [await here.kiosk() for _ in range(3)]
        assert [(await one.get("/centres/demo/codes/A001")).status for _ in range(3)] == [200] * 3
        stopped = await one.get("/centres/demo/codes/A001")
        assert (stopped.status, stopped.code) == (429, "too-many-tries")
        assert int(stopped.headers["Retry-After"]) == stopped.body["placeholders"]["retry_after_s"] <= 60
        assert [(await two.get("/centres/demo/codes/A001")).status for _ in range(2)] == [200] * 2
        assert (await three.get("/centres/demo/codes/A001")).code == "too-many-tries", "the centre's kiosks together"
        away = (await here.device("kiosk", centre="harbour"))[0]
        assert (await away.get("/centres/harbour/codes/A001")).status == 200, "another centre is not stopped by it"
        clock.now = Micros(clock.now + 61 * SECOND)
        assert (await one.get("/centres/demo/codes/A001")).status == 200


async def test_a_kiosk_of_this_centre_asks_and_nobody_else(here: House) -> None:
    path = "/centres/demo/codes/A001"
    away = (await here.device("kiosk", centre="harbour"))[0]
    for client in (away, (await here.device("screen"))[0], await here.manager()):
        assert (await client.get(path)).code == "not-permitted"
    for role in Role:
        assert (await (await here.staff(role, None))[0].get(path)).code == "not-permitted"
    assert (await here.anonymous().get(path)).code == "not-signed-in"
