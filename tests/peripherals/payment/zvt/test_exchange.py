"""A dialogue under way: how much of a terminal waits to be answered before the dialogue is given up."""

from peripherals.payment.zvt import exchange
from peripherals.payment.zvt.apdu import Apdu
from peripherals.payment.zvt.exchange import Exchange


async def test_as_many_units_wait_as_are_allowed_and_one_more_gives_the_dialogue_up() -> None:
    most = exchange._MAX_WAITING
    full, over = Exchange(), Exchange()
    units = [Apdu(0x040F, bytes([number])) for number in range(most)]
    for unit in units:
        full.came(unit)
        over.came(unit)
    assert full.left() == units
    over.came(Apdu(0x040F, b"\xff"))
    events = over._events
    last = [events.get_nowait() for _ in range(events.qsize())][-1]
    assert not isinstance(last, Apdu)
