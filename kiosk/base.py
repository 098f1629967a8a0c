"""What every kiosk has, enrolled or not: its devices, what it knows of its centre, and money that was cut off."""

import asyncio
from typing import NamedTuple, Protocol

import structlog

from kiosk.dependencies import KioskDependencies
from kiosk.devices.equipment import Equipment
from kiosk.inbox import Inbox
from kiosk.journey import events as e
from kiosk.journey.surroundings import Surroundings
from kiosk.link.availability import AvailabilityStore
from kiosk.link.catalogue import Offering
from kiosk.link.centre import CentreState
from kiosk.link.health import HealthBook
from kiosk.link.information import InformationShelf
from kiosk.link.wakeup import WakeupGroup
from kiosk.payment.availability import PaymentCounter
from kiosk.payment.claim_reprints import ClaimReprints
from kiosk.payment.dependencies import PaymentServer
from kiosk.payment.manual_confirmation import ConfirmationSource, StaffConfirmationRelay
from kiosk.payment.papers import Payers, PaymentPapers
from kiosk.payment.recovery_gate import PaymentRecovery, has_unsettled
from kiosk.payment.server_queries import NoServer
from kiosk.payment.sessions import PaymentSessions
from kiosk.store.identity import KioskIdentity
from kiosk.store.storage import Storage
from kiosk.tasks import Tasks
from kiosk.technician import pin
from kiosk.technician.desk import Technician
from kiosk.tickets.outbox import Outbox, OutboxWorker
from kiosk.tickets.outbox_status import OutboxCount
from peripherals.documents.trust.watch import Trusted

_log = structlog.get_logger(__name__)


class MoneyServer(PaymentServer, ConfirmationSource, Protocol):
    """What of money is asked of the server (``kiosk.payment.server_queries``)."""


class Ground(NamedTuple):
    """What all else stands on, and what is known of the centre before its server is asked."""

    parts: KioskDependencies
    box: OutboxWorker
    tasks: Tasks
    inbox: Inbox
    book: HealthBook
    watch: OutboxCount
    hall: AvailabilityStore
    centre: CentreState
    equipment: Equipment
    offering: Offering
    shelf: InformationShelf


class CheckoutRooms(NamedTuple):
    """Where one pays, and how what was cut off is settled."""

    desks: PaymentSessions
    counter: PaymentCounter
    settlement: PaymentRecovery
    confirmations: StaffConfirmationRelay
    claims: ClaimReprints
    payers: Payers


async def ground(parts: KioskDependencies, box: OutboxWorker, tasks: Tasks) -> Ground:
    """Build it, and read what was kept.

    Raises:
        DataError, OutboxError: that cannot be.
    """
    data, settings, inbox = parts.data, parts.settings, Inbox()
    out_of_order = (await asyncio.to_thread(data.mode)).out_of_order
    book = HealthBook(inbox, out_of_order=out_of_order)
    hall = AvailabilityStore(data, inbox)
    centre = CentreState(hall)
    trusted = Trusted(settings.documents, load=parts.trust.load, mark=parts.trust.mark, now=centre.now)
    equipment = Equipment(
        parts.devices, settings.documents, trusted=trusted, tasks=tasks, clock=centre, events=inbox, book=book
    )
    offering = Offering(
        centre,
        equipment.papers,
        box=box,
        data=data,
        events=inbox,
        translated=parts.translated,
        currency=settings.payment.currency,
    )
    catalogue = await asyncio.to_thread(data.catalogue)
    if catalogue is not None:
        await offering.know(catalogue)
    for ticket in await box(Outbox.recover):
        # Whoever asked for it is gone: paper that comes out now would be a stranger's.
        _log.warning("not-printed-after-restart", visit=ticket.visit, code=ticket.code, paper=ticket.paper)
    book.outbox(await box(Outbox.standing))
    shelf = InformationShelf(centre, data, inbox)
    watch = OutboxCount(box, book, tasks)
    return Ground(parts, box, tasks, inbox, book, watch, hall, centre, equipment, offering, shelf)


def money(on: Ground, known: MoneyServer | None, identity: KioskIdentity | None, uploads: WakeupGroup) -> CheckoutRooms:
    """Put together what moves money; without an enrolment no server is known to it."""
    server = NoServer() if known is None else known
    payment, equipment = on.parts.settings.payment, on.equipment
    payers: Payers = {}
    papers = PaymentPapers(on.parts.artist, equipment.printer, on.centre, payers, identity)
    desks = PaymentSessions(equipment.terminal, equipment.printer, papers, box=on.box, settings=payment, server=server)
    counter = PaymentCounter(equipment.terminal, desks, on.inbox)
    confirmations = StaffConfirmationRelay(
        equipment.terminal.slot, server, box=on.box, settings=payment, uploads=uploads
    )
    desks.watch(confirmations)
    claims = ClaimReprints(counter, payment.retry_interval_s)
    counter.opened.join(claims)
    settlement = PaymentRecovery(
        desks,
        counter,
        equipment.printer,
        box=on.box,
        settings=on.parts.settings,
        watch=on.watch,
        confirmations=confirmations,
        uploads=uploads,
    )
    return CheckoutRooms(desks, counter, settlement, confirmations, claims, payers)


def technician(on: Ground, name: str) -> Technician:
    return Technician(
        on.equipment,
        name,
        data=on.parts.data,
        settings=on.parts.settings.technician,
        artist=on.parts.artist,
        clock=on.centre,
        events=on.inbox,
    )


async def surroundings(on: Ground, identity: KioskIdentity | None, copied: str = "") -> Surroundings:
    """Say what the first person finds.

    Raises:
        DataError, OutboxError: what was kept cannot be read.
    """
    catalogue = on.centre.catalogue
    return Surroundings(
        enrolled=identity is not None,
        addressed=bool(on.parts.server.url),
        offer=await on.offering.offer(),
        settling=await has_unsettled(on.box),
        availability=await on.hall.load(catalogue.centre if catalogue else None),
        kiosk=identity.name if identity else "",
        version=on.parts.version,
        out_of_order=on.book.out_of_order,
        copied=copied,
        pin=await asyncio.to_thread(pin.known, on.parts.data),
        collects=identity is not None and on.parts.settings.collection.offered,
        booking_url=identity.booking_url if identity else "",
        sides=on.parts.settings.screen.sides,
        health=on.book.health,
        information=await on.shelf.load(),
    )


def begin(on: Ground, pay: CheckoutRooms) -> None:
    """Begin all that goes on beside journeys, enrolled or not."""
    on.equipment.start()
    storage = Storage(on.parts.data.outbox.parent, on.parts.settings.storage, on.book)
    on.tasks.supervise(pay.settlement.task, pay.confirmations.task, pay.claims.task, on.hall.task, storage.task)
    on.tasks.supervise(on.parts.log.task())


def note(on: Ground, pay: CheckoutRooms, event: e.Event) -> None:
    """Take from an event what concerns every kiosk."""
    match event:
        case e.PaperChanged(paper=True):
            pay.claims.wake()
        case e.ModeChanged(out_of_order):
            on.book.out_of_order = out_of_order


def clear_unused(on: Ground, event: e.Event) -> None:
    """Overwrite a document that the journey had no use for."""
    if isinstance(event, e.DocumentRead):
        on.equipment.papers.settle(event.laid)
