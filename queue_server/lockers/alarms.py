"""What a manager sees of banks of lockers: doors that are open, forced or stuck, and of which nobody knows enough.

An alarm is there while its cause is, and nothing is stored.
"""

from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import Connection

from queue_server.centre.centres import Centres
from queue_server.domain.lockers import FRAUD
from queue_server.domain.values import CentreId, DeviceId, Micros, to_datetime
from queue_server.framework.parts import AlarmCount, PartContext, RoomAlarm
from queue_server.framework.server import Server
from queue_server.lockers import store, words
from queue_server.lockers.model import BankCompartment, BankRecord, DoorOrder
from queue_server.lockers.values import OrderState
from queue_server.lockers.words import AlarmText


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """List what needs somebody at the banks of a centre."""

    def work(connection: Connection) -> list[tuple[BankRecord, tuple[DoorOrder, ...]]]:
        return [(bank, store.under_way(connection, bank)) for bank in store.banks(connection, shown.centre)]

    found = await shown.server.log.run(work)
    if not found:
        return ()
    names = await shown.server.log.run(lambda connection: store.names(connection, shown.centre))
    return tuple(alarm for bank, orders in found for alarm in _of_bank(shown, bank, orders, names))


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count them for all centres in one look."""

    def work(connection: Connection) -> tuple[tuple[BankRecord, ...], tuple[DoorOrder, ...]]:
        return store.all_banks(connection), store.all_under_way(connection)

    (banks, orders), now = await server.log.run(work), server.clock()
    found: Tally[CentreId] = Tally()
    for bank in banks:
        needing = sum(_needs_somebody(one, now) for one in orders if one.bank == bank.id)
        blocked = sum(one.blocked is not None for one in bank.compartments)
        found[bank.centre] += needing + blocked + any(map(_is_unclear, bank.compartments))
    return {centre: AlarmCount(devices=number) for centre, number in found.items()}


def _needs_somebody(order: DoorOrder, now: Micros) -> bool:
    late = order.state is OrderState.ORDERED and now > order.expires_at
    return late or order.state is OrderState.OVERDUE


def _is_unclear(one: BankCompartment) -> bool:
    return not one.is_clear and one.blocked is None


def _of_bank(
    shown: PartContext, bank: BankRecord, orders: tuple[DoorOrder, ...], names: dict[DeviceId, str]
) -> Iterator[RoomAlarm]:
    name = _isolated(names.get(bank.id, bank.id))
    for order in orders:
        door = _isolated(order.compartment)
        if order.state is OrderState.OVERDUE:
            text = words.overdue(shown.words, name, door)
            yield _alarm(shown, f"overdue-{order.id}", text, order.changed_at, bad=True)
        elif order.state is OrderState.ORDERED and shown.now > order.expires_at:
            text = words.unanswered(shown.words, name, door)
            yield _alarm(shown, f"unanswered-{order.id}", text, order.issued_at, bad=True)
    for one in bank.compartments:
        if one.blocked is not None:
            text = words.blocked(shown.words, one.blocked, name, _isolated(one.name))
            yield _alarm(shown, f"{bank.id}-{one.name}", text, one.since, bad=one.blocked in FRAUD)
    unclear = [one for one in bank.compartments if _is_unclear(one)]
    if unclear:
        text = words.unclear(shown.words, name, len(unclear))
        yield _alarm(shown, f"unclear-{bank.id}", text, min(one.since for one in unclear))


def _alarm(shown: PartContext, ident: str, text: AlarmText, since: Micros, *, bad: bool = False) -> RoomAlarm:
    zone = ZoneInfo(shown.server[Centres].find(shown.centre).rule.zone)
    time = f"{to_datetime(since).astimezone(zone):%H:%M}"
    return RoomAlarm(f"locker-{ident}", "lock", text.head, words.since(shown.words, time), text.todo, bad=bad)


def _isolated(text: str) -> Markup:
    """Names keep their own direction, whatever the language around them."""
    return Markup("<bdi>{}</bdi>").format(text)
