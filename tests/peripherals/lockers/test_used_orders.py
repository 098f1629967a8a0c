"""An order opens a door once: used and refused ones are remembered for as long as a clock could let them in again."""

import pytest

from peripherals.lockers.agent import decide
from peripherals.lockers.agent.events import OrderDeclined, PulseIntended
from queue_server.domain.lockers import OrderRefusal
from tests.peripherals.lockers.orders import ITEM, order
from tests.peripherals.lockers.test_decide import EPOCH, TIMES, Scene

AT = EPOCH + 1_000
LIFE_S = 60.0


def settle(scene: Scene, issued: float, clock: float) -> OrderRefusal | None:
    """Give an order about another compartment, so that the bank learns the time."""
    return scene.take(order("settle", "A2", at=issued, life_s=LIFE_S), clock)


def test_a_used_order_is_refused_even_if_the_clock_goes_back_as_far_as_it_may() -> None:
    scene, used = Scene(), order("settle", "A1", at=AT, life_s=LIFE_S)
    assert scene.take(used, AT) is None
    # By the latest order it has expired. By a clock that is a little behind, as clocks may be, it has not.
    assert settle(scene, AT + LIFE_S, AT + LIFE_S) is None
    assert scene.take(used, AT + LIFE_S - TIMES.skew_s / 2) is OrderRefusal.USED
    assert settle(scene, AT + LIFE_S + 3_600, AT + LIFE_S + 3_600) is None
    assert scene.take(used, AT + LIFE_S + 3_600) is OrderRefusal.USED


def test_an_order_that_was_refused_is_never_carried_out_later() -> None:
    scene, refused = Scene(), order("collect", "A1", ITEM, at=AT, life_s=LIFE_S)
    assert scene.take(refused, AT) is OrderRefusal.CONTENTS
    scene.add(decide.decline(refused, OrderRefusal.CONTENTS))
    assert scene.take(order("settle", "A1", ITEM, at=AT, life_s=LIFE_S), AT) is OrderRefusal.CONTENTS
    assert refused.id in scene.bank.used
    assert scene.take(refused, AT + 1) is OrderRefusal.USED
    assert not any(isinstance(event, PulseIntended) for event in scene.events)


@pytest.mark.parametrize("refusal", OrderRefusal)
def test_a_refusal_is_written_down_unless_the_order_was_used_or_is_another_banks(refusal: OrderRefusal) -> None:
    """An order that opened a door must not be told to the server as one that was refused."""
    given = order("collect", "A1", ITEM, at=AT, life_s=LIFE_S)
    silent = refusal in {OrderRefusal.USED, OrderRefusal.OTHER_BANK}
    assert decide.decline(given, refusal) == (() if silent else (OrderDeclined(given.id, refusal, AT + LIFE_S),))


def test_the_latest_time_that_was_heard_is_not_forgotten_with_an_earlier_order() -> None:
    scene, skew = Scene(), TIMES.skew_s
    assert settle(scene, AT, AT) is None
    assert settle(scene, AT - skew, AT - skew) is None
    assert settle(scene, AT - 2 * skew, AT - 2 * skew) is OrderRefusal.CLOCK
