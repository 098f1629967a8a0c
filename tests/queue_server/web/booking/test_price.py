"""What a time costs a telephone: more for more people, and as much as when it is held, whenever it was looked at."""

import json
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from tests.queue_server.web.booking.phone import Page, Phone, solve
from tests.queue_server.web.booking.test_booking import events
from tests.queue_server.web.server import CENTRES, Centre, Server

#: Each person for whom an address holds a time makes the next one dearer by the first price.
RULES = """
[booking]
requests_address_s = 10000
requests_s = 100000
proof_rounds = 20
proof_iterations = 20
wait_s = 0.1
calm = 100000
calm_address = 1
"""


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("priced") / "data", RULES, CENTRES[:4]) as server:
        yield server


@pytest.fixture
def centre(priced: Server) -> Centre:
    return Centre(priced, priced.unused.popleft())


def paid(page: Page) -> int:
    """Return how many derivations were worked out on average for the challenge of a page."""
    rounds = json.loads(page.proof)["parameters"]["data"]["rounds"]
    assert isinstance(rounds, int)
    return rounds


def test_challenges_that_were_fetched_before_do_not_buy_at_the_old_price(centre: Centre) -> None:
    phone = Phone(centre.server.address, centre.id, "127.0.0.2")
    fetched = [phone.times() for _ in range(8)]
    assert [paid(page) for page in fetched] == [20] * 8
    proofs = [solve(page.proof) for page in fetched]
    answers = [
        phone.post_once(page.action, {"at": page.times[number], "altcha": proof})
        for number, (page, proof) in enumerate(zip(fetched, proofs, strict=True))
    ]
    held, dearer = answers[0], answers[1:]
    assert held.status == HTTPStatus.SEE_OTHER
    assert {answer.status for answer in dearer} == {HTTPStatus.CONFLICT}
    assert events(centre, "time-held") == 1
    # They are told, their time stays chosen, and what the page asks for now is enough.
    again = dearer[0]
    assert "Many times are being booked" in again.text
    assert [field["value"] for field in again.all("input[name=at]") if "checked" in field] == [fetched[1].times[1]]
    assert paid(again) == 40
    answer = phone.post_once(again.action, {"at": fetched[1].times[1], "altcha": solve(again.proof)})
    assert answer.status == HTTPStatus.SEE_OTHER
    assert events(centre, "time-held") == 2
    # Somebody else pays what it costs in calm times.
    assert paid(Phone(centre.server.address, centre.id, "127.0.0.3").times()) == 20


def test_a_party_costs_as_much_as_its_people_one_by_one(centre: Centre) -> None:
    phone = Phone(centre.server.address, centre.id, "127.0.0.4")
    five = phone.times(age_adult="5")
    # Towards evening today has no time for five any more, and the third day of one person is not theirs.
    one = phone.open(next(day for day in phone.times().days if f"day={five.query('day')}" in day))
    assert (paid(one), paid(five)) == (20, 100)
    # A proof for one person is none for five.
    answer = phone.post_once(five.action, {"at": five.times[0], "altcha": solve(one.proof)})
    assert answer.status == HTTPStatus.CONFLICT
    assert events(centre, "time-held") == 0
    assert phone.post_once(five.action, {"at": five.times[0], "altcha": solve(five.proof)}).status == 303
    # Whoever comes next from there pays for the five before them.
    assert paid(phone.times()) == 20 * 6


def test_without_a_script_a_party_waits_as_long_as_its_people_one_by_one_and_is_served(centre: Centre) -> None:
    phone = Phone(centre.server.address, centre.id, "127.0.0.5")
    page = phone.times(age_adult="5")
    begun = phone.open(phone.post_once(page.action, {"at": page.times[0]}).headers["Location"])
    assert "A short wait" in begun.text
    assert "held for you" in phone.wait(begun).text
    assert events(centre, "time-held") == 1
