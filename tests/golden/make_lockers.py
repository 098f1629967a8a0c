"""Writes golden streams of banks, of orders to them, and of collecting: ``python -m tests.golden.make_lockers 1``.

Under a new number when an event gets a new version, and never again for an old one.
"""

import sys
from collections.abc import Iterator
from typing import Any

from queue_server.collection import events as c
from queue_server.collection.store import AUTHORITIES, KIOSKS, MADE_CODES
from queue_server.collection.values import AuthorityId, AuthorityKind, AuthorityNameId, ProofWay
from queue_server.contract import banks as m
from queue_server.custody.values import ClaimId, HandOverProof, ItemId, UnloadReason
from queue_server.domain.lockers import (
    BlockReason,
    CompartmentId,
    CompartmentSize,
    Contents,
    JournalId,
    LockerAlarmKind,
    LockerVerb,
    OrderId,
    OrderRefusal,
)
from queue_server.domain.values import ApplicationId, CentreId, DeviceId, Hex, Micros
from queue_server.eventlog.aggregate import Aggregate
from queue_server.lockers import decide
from queue_server.lockers import events as e
from queue_server.lockers.store import BANKS, ORDERS
from tests.golden.make_custody import COMMAND
from tests.golden.stored import ROOT, START, Deed, played, write

FOLDER = ROOT / "lockers"
_ID = "01a21000-0000-7000-8000-0000000000"
CENTRE, BANK, KIOSK = CentreId("harbour"), DeviceId(f"{_ID}d1"), DeviceId(f"{_ID}d2")
ITEM, ORDER, CLAIM = ItemId(f"{_ID}01"), OrderId(f"{_ID}0c"), ClaimId(f"{_ID}e1")
FIRST, SECOND = CompartmentId("A1"), CompartmentId("A2")
ENDS_AT = Micros(START + 2_592_000_000_000)


def described(journal: str, *names: CompartmentId) -> Deed:
    shapes = (e.DescribedCompartment(one, CompartmentSize.SMALL, 1, row) for row, one in enumerate(names, start=1))
    body = e.BankDescribed(BANK, CENTRE, JournalId(journal), tuple(shapes))
    return lambda bank: decide.describe(bank, body)


def at_bank(told: m.BankEvent) -> Deed:
    return lambda bank: decide.bank_after(bank, told, None)


def settled(name: CompartmentId) -> Deed:
    return lambda bank: (e.CompartmentSettled(bank.id, name, None),)


def issued(verb: LockerVerb, proof: HandOverProof | None = None, reason: UnloadReason | None = None) -> Deed:
    body = e.OrderIssued(
        order=ORDER,
        bank=BANK,
        centre=CENTRE,
        compartment=FIRST,
        verb=verb,
        claim=CLAIM,
        item=ITEM,
        issued_at=Micros(START),
        expires_at=Micros(START + 60_000_000),
        signature=Hex("5a" * 64),
        proof=proof,
        reason=reason,
    )
    return lambda _: (body,)


def told(event: m.BankEvent) -> Deed:
    return lambda order: decide.order_after(order, event)


def banks() -> Iterator[tuple[str, Aggregate[Any], list[Deed]]]:
    """Give each stream of a bank and of an order to it by its name: what was done, in its order."""
    bank: list[Deed] = [
        described(f"{_ID}91", FIRST, SECOND),
        settled(FIRST),
        settled(SECOND),
        at_bank(m.CompartmentBlockedEvent(seq=3, compartment="A2", reason=BlockReason.FORCED)),
        at_bank(m.DoorClosedEvent(seq=4, compartment="A1", contents=Contents.UNKNOWN)),
        settled(SECOND),
        described(f"{_ID}91", FIRST, SECOND, CompartmentId("A3")),
        described(f"{_ID}92", FIRST, SECOND),
    ]
    yield "bank-{}", BANKS, bank
    accepted = told(m.OrderAcceptedEvent(seq=1, order=ORDER))
    opened = told(m.DoorOpenedEvent(seq=2, compartment="A1"))
    left_open = m.BankAlarmEvent(seq=4, compartment="A1", alarm=LockerAlarmKind.LEFT_OPEN)

    def shut(contents: Contents) -> Deed:
        return told(m.DoorClosedEvent(seq=5, compartment="A1", contents=contents))

    collected = issued(LockerVerb.COLLECT, HandOverProof.CHIP)
    reminded = told(m.DoorRemindedEvent(seq=3, compartment="A1"))
    yield "order-{}-collected", ORDERS, [collected, accepted, opened, reminded, told(left_open), shut(Contents.EMPTY)]
    yield "order-{}-loaded", ORDERS, [issued(LockerVerb.LOAD), accepted, opened, shut(Contents.ITEM)]
    unloaded = issued(LockerVerb.UNLOAD, reason=UnloadReason.EXPIRED)
    yield "order-{}-unloaded", ORDERS, [unloaded, accepted, opened, shut(Contents.UNKNOWN)]
    said = told(m.CompartmentSettledEvent(seq=2, compartment="A1", item=ITEM))
    yield "order-{}-settled", ORDERS, [issued(LockerVerb.SETTLE), accepted, said]
    refused = told(m.OrderRefusedEvent(seq=1, order=ORDER, refusal=OrderRefusal.EXPIRED))
    yield "order-{}-refused", ORDERS, [collected, refused]
    yield "order-{}-not-sent", ORDERS, [collected, accepted, told(m.PulseLostEvent(seq=2, compartment="A1"))]
    frozen = told(m.CompartmentBlockedEvent(seq=3, compartment="A1", reason=BlockReason.OTHER_DOOR))
    yield "order-{}-frozen", ORDERS, [collected, accepted, opened, frozen]
    jammed = told(m.CompartmentBlockedEvent(seq=2, compartment="A1", reason=BlockReason.NOT_OPENED))
    yield "order-{}-jammed", ORDERS, [collected, accepted, jammed]
    yield "order-{}-given-up", ORDERS, [collected, lambda order: decide.give_up(order, is_connected=False)]


def collecting() -> Iterator[tuple[str, Aggregate[Any], list[Deed]]]:
    """Give each stream of the room collection by its name."""
    authority, name = AuthorityId(f"{_ID}f1"), AuthorityNameId(f"{_ID}f2")

    def recorded(kind: AuthorityKind, application: ApplicationId | None, item: ItemId | None) -> Deed:
        body = c.AuthorityRecorded(authority, CENTRE, kind, application, item, name, ENDS_AT)
        return lambda _: (body,)

    representative = recorded(AuthorityKind.REPRESENTATIVE, ApplicationId(f"{_ID}a1"), None)
    yield "authority-{}-withdrawn", AUTHORITIES, [representative, lambda _: (c.AuthorityWithdrawn(authority),)]
    yield "authority-{}-guardian", AUTHORITIES, [recorded(AuthorityKind.GUARDIAN, None, ITEM)]
    slowed: list[Deed] = [
        lambda _: (c.ProofsSlowed(KIOSK, CENTRE, ProofWay.CODE, 5),),
        lambda _: (c.ProofsSlowed(KIOSK, CENTRE, ProofWay.DOCUMENT, 6),),
    ]
    yield "kiosk-{}", KIOSKS, slowed
    yield "code-{}", MADE_CODES, [lambda _: (c.CollectionCodeMade(ITEM, CENTRE, ENDS_AT),)] * 2


def ways() -> Iterator[tuple[str, Aggregate[Any], list[Deed]]]:
    yield from banks()
    yield from collecting()


def write_all(number: str) -> None:
    for pattern, aggregate, deeds in ways():
        bodies, found = played(aggregate, deeds)
        write(FOLDER / pattern.format(number), bodies, found, COMMAND, f"device/{BANK}")


if __name__ == "__main__":
    write_all(sys.argv[1])
