"""A kiosk of a centre: what its rooms are, put together, and what they do for a journey."""

import asyncio
from collections.abc import Coroutine
from typing import NamedTuple

import structlog
from msgspec.structs import replace

from kiosk import base
from kiosk.base import CheckoutRooms, Ground
from kiosk.devices.document_fields import DocumentFields
from kiosk.devices.slips import SlipPrinting
from kiosk.journey import events as e
from kiosk.journey.events import FailureCode
from kiosk.journey.flows.visit import VISIT
from kiosk.journey_runner import JourneyRunner
from kiosk.link.appointment_times import AppointmentTimes
from kiosk.link.appointments import AppointmentLink
from kiosk.link.availability import AvailabilityStore
from kiosk.link.collecting import CollectionLink
from kiosk.link.copy_guard import CopyGuard
from kiosk.link.feed import ServerFeed
from kiosk.link.forms import FormUplink
from kiosk.link.health import HealthBook
from kiosk.link.help_calls import HelpCalls
from kiosk.link.refresh import Refresher
from kiosk.link.ticket_lookup import TicketLookups
from kiosk.link.waits import WaitsLink
from kiosk.link.wakeup import WakeupGroup
from kiosk.payment.end_of_day import EndOfDayRunner
from kiosk.payment.payment_uploader import PaymentRelay, PaymentUploader
from kiosk.payment.payments import Payments
from kiosk.payment.reconciliation_faults import ReconciliationFaults
from kiosk.payment.reconciliation_uploader import ReconciliationRelay, ReconciliationUploader
from kiosk.payment.refusals import Refusals
from kiosk.payment.server_queries import CentreServer
from kiosk.ports import Wakeable
from kiosk.settings import KioskSettings
from kiosk.store.identity import KioskIdentity
from kiosk.tasks import Tasks
from kiosk.technician.desk import Technician
from kiosk.tickets.admission import Admission
from kiosk.tickets.issuing import Tickets
from kiosk.tickets.ticket_key import TicketKeyStore
from kiosk.tickets.uploader import ReprintRelay, ReprintUploader, TicketRelay, TicketUploader
from queue_server.contract.client import ApiClient
from queue_server.contract.devices import StatusAnswer, StatusRequest
from queue_server.contract.remote_commands import RemoteCommands
from queue_server.contract.remote_settings import RemoteSettings
from queue_server.contract.reporter import Reporter

_log = structlog.get_logger(__name__)


class KioskRooms(NamedTuple):
    """All that does something for a journey at a centre."""

    on: Ground
    money: CheckoutRooms
    technician: Technician
    tickets: Tickets
    payments: Payments
    calls: HelpCalls
    places: TicketLookups
    collections: CollectionLink
    slips: SlipPrinting
    appointments: AppointmentLink
    times: AppointmentTimes
    forms: FormUplink
    fields: DocumentFields
    refresher: Refresher
    reporter: Reporter
    guard: CopyGuard
    settings: RemoteSettings[KioskSettings]
    commands: RemoteCommands


class HealthStatus:
    """What the server is told of this kiosk, and what it answers: the time, by which ``clocks`` go, a key, settings.

    What is asked of it from afar is done by ``commands``, with this ``client`` of its ``centre``.
    """

    def __init__(
        self,
        book: HealthBook,
        hall: AvailabilityStore,
        clocks: Wakeable,
        tasks: Tasks,
        *,
        ticket_key: TicketKeyStore,
        settings: RemoteSettings[KioskSettings],
        commands: RemoteCommands,
        client: ApiClient,
        centre: str,
    ) -> None:
        self._book = book
        self._commands = commands
        self._client = client
        self._centre = centre
        self._settings = settings
        self._tasks = tasks
        self._hall = hall
        self._clocks = clocks
        self._ticket_key = ticket_key

    def status(self) -> StatusRequest:
        status = self._book.status(is_stalled=bool(self._tasks.stalled))
        told = self._commands
        return replace(status, settings=self._settings.report, takes=told.takes, commands=told.report)

    async def accept(self, answer: StatusAnswer) -> None:
        self._hall.server_seen(answer.at)
        self._clocks.wake()
        await self._ticket_key.accept(answer.ticket_key)
        await self._settings.accept(answer.settings)
        await self._commands.accept(answer.commands, self._client, self._centre)


class EnrolledKiosk:
    """Does for a journey what it asks; ``emergency``: whoever has called is not given up."""

    def __init__(self, rooms: KioskRooms, *, emergency: bool) -> None:
        self._rooms = rooms
        self._emergency = emergency
        self._number = 0
        self._supervise()

    def note(self, event: e.Event) -> None:
        base.note(self._rooms.on, self._rooms.money, event)
        match event:
            case e.HealthChanged() | e.ModeChanged():
                self._supervise()
                self._rooms.reporter.wake()
            case e.AvailabilityChanged(hall):
                self._emergency = hall.emergency is not None

    def done(self, event: e.Event) -> None:
        base.clear_unused(self._rooms.on, event)

    @property
    def is_to_renew(self) -> bool:
        is_wanted = self._rooms.settings.are_waiting or self._rooms.commands.is_waiting
        return is_wanted and not self._rooms.on.tasks.are_working

    def attend(self, number: int) -> None:
        self._number = number
        self._rooms.tickets.attend(number)

    def do(self, effect: e.Effect) -> None:
        rooms, on = self._rooms, self._rooms.on
        if on.equipment.do(effect):
            return
        asked = rooms.technician.work(effect) or rooms.places.work(effect)
        collects = rooms.collections.work(effect) or rooms.slips.work(effect)
        books = rooms.appointments.work(effect) or rooms.times.work(effect)
        fills = rooms.forms.work(effect) or rooms.fields.work(effect)
        work = asked or collects or books or fills or self._sell(effect)
        if work is not None:
            on.tasks.begin(work)
            return
        match effect:
            case e.MakeTicket() | e.StartCheckout():
                self._refuse(effect)
            case e.CancelCheckout():
                rooms.payments.cancel()
            case e.AnswerPaper():
                rooms.payments.answer(effect)
            case e.CallStaff():
                rooms.calls.call(effect)
            case e.WithdrawCall():
                rooms.calls.clear()
            case e.Refresh():
                rooms.refresher.wake()
            case e.Wipe():
                self._wipe()

    def _sell(self, effect: e.Effect) -> Coroutine[None, None, None] | None:
        """Give a ticket or take a payment; None where neither is asked, or no number may be given here."""
        match effect:
            case e.MakeTicket() if not self._rooms.guard.sign:
                return self._rooms.tickets.issue(effect)
            case e.StartCheckout() if not self._rooms.guard.sign:
                return self._rooms.payments.pay(effect)
            case e.PrintTicketLater():
                return self._rooms.tickets.again(effect)
        return None

    def _refuse(self, effect: e.MakeTicket | e.StartCheckout) -> None:
        """Give no number where another machine is the same kiosk."""
        if isinstance(effect, e.MakeTicket):
            self._rooms.on.inbox.post(e.IssueFailed(effect.number, FailureCode.COPIED))
        else:
            self._rooms.payments.not_begun(effect)

    def _wipe(self) -> None:
        rooms = self._rooms
        rooms.tickets.clear()
        rooms.on.equipment.clear()
        rooms.forms.clear()
        # Whoever has called when the hall is cleared may be the one who cannot leave.
        (rooms.calls.leave if self._emergency else rooms.calls.clear)()
        rooms.payments.detach()
        for leaving in (rooms.collections.clear(), rooms.times.clear()):
            if leaving is not None:
                rooms.on.tasks.begin(leaving)
        _log.info("wiped", journey=self._number)

    def _supervise(self) -> None:
        book = self._rooms.on.book
        self._rooms.calls.check(book.health, out_of_order=book.out_of_order)


async def run(
    on: Ground, identity: KioskIdentity, settings: RemoteSettings[KioskSettings], commands: RemoteCommands
) -> bool:
    """Go on until a technician restarts the kiosk; True where settings or a restart wait, and nobody is there.

    Raises:
        DataError, OutboxError: what was kept cannot be read.
    """
    guard = CopyGuard(identity, on.parts.data.starts, box=on.box, settings=on.parts.settings.link, events=on.inbox)
    await guard.load()
    route = await asyncio.to_thread(on.parts.server.route, on.parts.data.path, identity.device)
    async with on.parts.server.connect(identity.token, guard.start, route) as client:
        line, uploads = WakeupGroup(), WakeupGroup()
        line.join(uploads)
        server = CentreServer(client, identity.centre, on.centre, on.book, on.parts.settings.link.answer_wait_s)
        money = base.money(on, server, identity, uploads)
        around = await base.surroundings(on, identity, guard.sign)
        base.begin(on, money)
        rooms = _rooms(
            on,
            identity,
            client,
            settings=settings,
            commands=commands,
            guard=guard,
            money=money,
            line=line,
            uploads=uploads,
        )
        doer = EnrolledKiosk(rooms, emergency=around.availability.emergency is not None)
        try:
            return await JourneyRunner(on.inbox, on.parts.screen, on.parts.settings, doer, VISIT).run(around)
        finally:
            await money.desks.close()


def _rooms(
    on: Ground,
    identity: KioskIdentity,
    client: ApiClient,
    *,
    settings: RemoteSettings[KioskSettings],
    commands: RemoteCommands,
    guard: CopyGuard,
    money: CheckoutRooms,
    line: WakeupGroup,
    uploads: WakeupGroup,
) -> KioskRooms:
    """Build what a kiosk has at a centre, and begin what goes on beside journeys."""
    link, ident = on.parts.settings.link, identity.centre
    calls = HelpCalls(client, ident, link, on.inbox)
    refresher = Refresher(
        client, ident, box=on.box, settings=link, offering=on.offering, shelf=on.shelf, uploads=uploads, watch=on.watch
    )
    reprints = ReprintRelay(on.box, ReprintUploader(client, ident), link)
    delivery = TicketRelay(
        on.box, TicketUploader(client, ident), link, refresher, clock=on.centre.clock, reprints=reprints
    )
    trouble = ReconciliationFaults(on.equipment.terminal, uploads)
    refusals = Refusals(on.box, on.parts.settings.payment.recover_s, trouble, uploads)
    reconciliations = ReconciliationRelay(on.box, ReconciliationUploader(client, ident), link, refusals)
    reports = PaymentRelay(on.box, PaymentUploader(client, ident), link, reconciliations)
    evening = EndOfDayRunner(on.parts.settings.payment, on.centre, on.box, money.counter, trouble)
    ticket_key = TicketKeyStore(on.parts.data, identity)
    health = HealthStatus(
        on.book,
        on.hall,
        evening,
        on.tasks,
        ticket_key=ticket_key,
        settings=settings,
        commands=commands,
        client=client,
        centre=ident,
    )
    reporter = Reporter(client, ident, link, health)
    settings.waits = commands.waits = lambda: on.inbox.post(e.TimePassed())
    settings.refused = reporter.wake
    feed = ServerFeed(
        client, ident, settings=link, book=on.book, hall=on.hall, calls=calls, line=line, refresher=refresher
    )
    money.counter.opened.join(evening)
    for upload in (delivery, reprints, reports, reconciliations):
        uploads.join(upload)
        on.tasks.supervise(upload.task)
    waits = WaitsLink(client, ident, settings=link, centre=on.centre, events=on.inbox)
    for sleeper in (reporter, calls, waits):
        line.join(sleeper)
    for room in (calls, refresher, refusals, evening, reporter, feed, waits):
        on.tasks.supervise(room.task)
    on.tasks.supervise(guard.task(refresher))
    payments = Payments(
        money.counter,
        money.desks,
        money.settlement,
        papers=on.equipment.papers,
        payers=money.payers,
        box=on.box,
        delivery=delivery,
        events=on.inbox,
        watch=on.watch,
        uploads=uploads,
    )
    tickets = Tickets(
        on.box,
        identity,
        on.equipment,
        delivery,
        settings=link,
        line=on.book,
        centre=on.centre,
        artist=on.parts.artist,
        events=on.inbox,
        watch=on.watch,
        admission=Admission(on.box, TicketUploader(client, ident), link.answer_wait_s),
        reprints=reprints,
    )
    technician = base.technician(on, identity.name)
    places = TicketLookups(client, ident, on.inbox)
    collections = CollectionLink(
        client, ident, papers=on.equipment.papers, settings=on.parts.settings.collection, events=on.inbox
    )
    bookings = AppointmentLink(client, ident, papers=on.equipment.papers, centre=on.centre, events=on.inbox)
    times = AppointmentTimes(client, ident, settings=link, centre=on.centre, events=on.inbox)
    slips = SlipPrinting(
        on.equipment.printer,
        booking_url=identity.booking_url,
        centre=on.centre,
        artist=on.parts.artist,
        events=on.inbox,
    )
    return KioskRooms(
        on=on,
        money=money,
        technician=technician,
        tickets=tickets,
        payments=payments,
        calls=calls,
        places=places,
        collections=collections,
        slips=slips,
        appointments=bookings,
        times=times,
        forms=FormUplink(client, ident, on.inbox),
        fields=DocumentFields(on.equipment.papers, on.centre, on.inbox),
        refresher=refresher,
        reporter=reporter,
        guard=guard,
        settings=settings,
        commands=commands,
    )
