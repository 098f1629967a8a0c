"""The keys by which a bank knows its orders: each of them counts, and a new one is stored before it does."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from peripherals.lockers.agent.order_keys import OrderKeys
from queue_server.contract.lockers import OrderInvalidError, public_text, sign
from queue_server.contract.order_keys import endorsed
from tests.peripherals.lockers.orders import ITEM, order

FIRST, SECOND, THIRD, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in range(1, 5))
TEXTS = {key: public_text(key.public_key()) for key in (FIRST, SECOND, THIRD, STRANGER)}
ORDER = order("collect", "A1", ITEM, at=1_800_000_000.0)


def believes(keys: OrderKeys) -> list[Ed25519PrivateKey]:
    """List the keys whose orders are taken."""
    found = []
    for key in TEXTS:
        try:
            assert keys.verify(sign(ORDER, key)) == ORDER
        except OrderInvalidError:
            continue
        found.append(key)
    return found


class Disk:
    """What a bank has stored of its keys; a full one takes nothing."""

    def __init__(self) -> None:
        self.stored: list[tuple[str, ...]] = []
        self.is_full = False

    def store(self, known: tuple[str, ...]) -> None:
        if self.is_full:
            raise OSError
        self.stored.append(known)


@pytest.fixture
def disk() -> Disk:
    return Disk()


async def test_orders_of_every_known_key_are_taken_and_of_nobody_else(disk: Disk) -> None:
    assert believes(OrderKeys((TEXTS[FIRST], TEXTS[SECOND], TEXTS[THIRD]), disk.store)) == [FIRST, SECOND, THIRD]


async def test_keys_follow_each_other_and_are_stored_once(disk: Disk) -> None:
    keys = OrderKeys((TEXTS[FIRST],), disk.store)
    for _ in range(2):
        await keys.accept(endorsed((SECOND, FIRST)))
    assert believes(keys) == [FIRST, SECOND]
    # The next one is believed on the word of the second: what was accepted counts for that too.
    await keys.accept(endorsed((THIRD, SECOND)))
    assert believes(keys) == [SECOND, THIRD]
    await keys.accept(endorsed((STRANGER,)))
    await keys.accept(())
    assert believes(keys) == [SECOND, THIRD]
    assert disk.stored == [(TEXTS[SECOND], TEXTS[FIRST]), (TEXTS[THIRD], TEXTS[SECOND])]


async def test_what_the_disk_does_not_take_does_not_count_until_it_is_offered_again(disk: Disk) -> None:
    keys = OrderKeys((TEXTS[FIRST],), disk.store)
    disk.is_full = True
    await keys.accept(endorsed((SECOND, FIRST)))
    assert believes(keys) == [FIRST]
    disk.is_full = False
    await keys.accept(endorsed((SECOND, FIRST)))
    assert (believes(keys), len(disk.stored)) == ([FIRST, SECOND], 1)
