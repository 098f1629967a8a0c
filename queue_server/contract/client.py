"""The client of the API: one coroutine a route, problems as exceptions, and a feed, whose callers connect it again.

``client_errors`` says what may go wrong.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import aiohttp
import msgspec

from queue_server.contract import banks, forms
from queue_server.contract import payments as pay
from queue_server.contract.appointments import (
    AppointmentAnswer,
    BookAppointmentRequest,
    CheckAppointmentAnswer,
    CheckAppointmentRequest,
    FreeTimesAnswer,
    HoldReleasedAnswer,
    HoldTimeRequest,
    ReleaseHoldRequest,
    TimeHoldAnswer,
)
from queue_server.contract.base import Message
from queue_server.contract.catalogue import ServicesAnswer
from queue_server.contract.client_errors import (
    UNREADABLE,
    ClientError,
    ProblemError,
    ServerUnreachableError,
    unreachable,
)
from queue_server.contract.client_route import ClientRoute
from queue_server.contract.collection import (
    CollectionAnswer,
    CollectionEndedAnswer,
    DoorAnswer,
    OpenDoorRequest,
    ProveRequest,
)
from queue_server.contract.devices import (
    EnrolAnswer,
    EnrolRequest,
    SeriesState,
    StartAnswer,
    StatusAnswer,
    StatusRequest,
)
from queue_server.contract.feeds import FeedFrame
from queue_server.contract.hall import HelpAnswer, HelpRequest
from queue_server.contract.information import InformationAnswer
from queue_server.contract.problems import Problem
from queue_server.contract.starts import COPIED_HEADER, START_HEADER, DeviceStart
from queue_server.contract.visits import AheadAnswer, CodeAnswer, IssueRequest, VisitAnswer
from queue_server.contract.waits import WaitsAnswer

__all__ = ("CLOCK_HEADER", "UNREADABLE", "ApiClient", "ClientError", "ProblemError", "ServerUnreachableError")

#: What this machine's clock shows as a request is sent (RFC 3339): by it the server reckons the age of a ticket,
#: however wrong the clock is.
CLOCK_HEADER = "Client-Clock"

#: A later start of this device has taken over.
_OVER = "device-start-superseded"
_CONFLICT = 409
#: How often a start is told before its caller tries again later.
_TRIES = 4

_API = "/api/v1"


class ApiClient:
    """A connection to one server as one device.

    Args:
        base_url: scheme, host and port of the server.
        token: the device's bearer token; None before enrolment.
        timeout: seconds for one request as a whole.
        tls: the context that pins the centre's own CA; None for plain loopback or public certificates.
        start: which start of the device this is; the first request takes over from the one before.
        route: the addresses and the context of a device that takes what its server announces, in place of both.
    """

    def __init__(
        self,
        base_url: str,
        token: str | None,
        *,
        timeout: float = 10.0,
        tls: ssl.SSLContext | None = None,
        start: DeviceStart | None = None,
        route: ClientRoute | None = None,
    ) -> None:
        self._start, self._taking = start, asyncio.Lock()
        self._route = route or ClientRoute((base_url,), tls)
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self._http = aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(total=timeout))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.close()

    async def call[T](
        self,
        method: str,
        path: str,
        answer: type[T],
        body: Message | None = None,
        key: str | None = None,
        *,
        clock: datetime | None = None,
    ) -> T:
        named = await self._named()
        try:
            return await self._send(method, path, answer, body, key, clock=clock, named=named)
        except ProblemError as problem:
            raise self._passed(problem) from problem

    async def _named(self) -> dict[str, str]:
        """Say which start sends; one that has not taken over does so first.

        Raises:
            ServerUnreachableError: it could not.
        """
        start = self._start
        if start is None:
            return {}
        async with self._taking:
            for _ in range(_TRIES):
                if start.taken:
                    return {START_HEADER: start.id}
                request = await asyncio.to_thread(start.draw)
                if request is None:
                    # A disk that is full keeps nothing: no ticket either. The rest goes on without a name.
                    return {}
                path = f"/centres/{start.centre}/devices/self/start"
                try:
                    found = await self._send("POST", path, StartAnswer, request)
                except ProblemError as problem:
                    if problem.code != _OVER:
                        raise
                    start.over()
                    continue
                await asyncio.to_thread(lambda found=found: start.acknowledge(copied=found.copied))  # type: ignore[misc]
                start.notify()
        raise ServerUnreachableError

    def _passed(self, problem: ProblemError) -> ClientError:
        """Take the word that a later start has taken over: nothing was done, and it is asked again in a new name."""
        if self._start is None or problem.code != _OVER:
            return problem
        self._start.over()
        return ServerUnreachableError()

    async def _heed(self, named: str, copied: str | None) -> None:
        start = self._start
        # What was answered to an earlier start, and comes late, says nothing of this one.
        if start is None or copied is None or named != start.id or (copied == "yes") == start.copied:
            return
        await asyncio.to_thread(lambda: start.notice(copied=copied == "yes"))
        start.notify()

    async def _send[T](
        self,
        method: str,
        path: str,
        answer: type[T],
        body: Message | None = None,
        key: str | None = None,
        *,
        clock: datetime | None = None,
        named: dict[str, str] | None = None,
    ) -> T:
        headers = {"Content-Type": "application/json"} if body is not None else {}
        headers |= named or {}
        if key is not None:
            headers["Idempotency-Key"] = key
            headers[CLOCK_HEADER] = (clock or datetime.now(UTC)).isoformat()
        data = None if body is None else msgspec.json.encode(body)
        raw, status, copied = await self._exchange(method, path, data, headers)
        if named:
            await self._heed(named[START_HEADER], copied)
        try:
            if status < 400:  # noqa: PLR2004 - HTTP's own border between success and error
                return msgspec.json.decode(raw, type=answer)
            problem = msgspec.json.decode(raw, type=Problem)
        except UNREADABLE as error:
            raise ServerUnreachableError from error
        raise ProblemError(problem)

    async def _exchange(
        self, method: str, path: str, data: bytes | None, headers: dict[str, str]
    ) -> tuple[bytes, int, str | None]:
        """Ask at the address in use; where nobody is there, at the others, for none of them has heard anything."""
        failed: Exception | None = None
        for _ in self._route.urls:
            url = self._route.url
            try:
                # Led elsewhere, what people told this server would be told to another one.
                async with self._http.request(
                    method, url + _API + path, data=data, headers=headers, allow_redirects=False, ssl=self._route.ssl
                ) as response:
                    return await response.read(), response.status, response.headers.get(COPIED_HEADER)
            except aiohttp.ClientConnectorError as error:
                self._route.leave(url)
                # That somebody is there who is not trusted says more than that nobody is.
                failed = failed if isinstance(failed, ssl.SSLCertVerificationError) else error
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                self._route.leave(url)
                raise ServerUnreachableError from error
        raise unreachable(failed) from failed

    async def enrol(self, code: str) -> EnrolAnswer:
        return await self.call("POST", "/enrol", EnrolAnswer, EnrolRequest(code=code))

    async def services(self, centre: str) -> ServicesAnswer:
        return await self.call("GET", f"/centres/{centre}/services", ServicesAnswer)

    async def information(self, centre: str) -> InformationAnswer:
        return await self.call("GET", f"/centres/{centre}/information", InformationAnswer)

    async def series(self, centre: str) -> SeriesState:
        """Ask for this device's own series with the highest number that the server has seen today."""
        return await self.call("GET", f"/centres/{centre}/devices/self/series", SeriesState)

    async def issue(self, centre: str, request: IssueRequest, key: str, clock: datetime | None = None) -> VisitAnswer:
        """Issue a ticket; ``clock`` is what the clock of its ``issued_at`` shows now, where that was set meanwhile."""
        return await self.call("POST", f"/centres/{centre}/visits", VisitAnswer, request, key, clock=clock)

    async def count_paper(self, centre: str, visit: str, key: str) -> VisitAnswer:
        """Say that a ticket of this device was printed once more; the same key says it once."""
        return await self.call("POST", f"/centres/{centre}/visits/{visit}/papers", VisitAnswer, key=key)

    async def ahead(self, centre: str, service: str) -> AheadAnswer:
        """Ask how many would come before a ticket that is about to be printed."""
        return await self.call("GET", f"/centres/{centre}/services/{service}/ahead", AheadAnswer)

    async def waits(self, centre: str) -> WaitsAnswer:
        """Ask how long somebody waits who comes now."""
        return await self.call("GET", f"/centres/{centre}/waits", WaitsAnswer)

    async def ticket(self, centre: str, token: str) -> VisitAnswer:
        """Ask where the visit of a ticket is now, by what its QR code says."""
        return await self.call("GET", f"/centres/{centre}/tickets/{token}", VisitAnswer)

    async def code_status(self, centre: str, code: str) -> CodeAnswer:
        """Ask what boards show of a number that somebody has typed."""
        return await self.call("GET", f"/centres/{centre}/codes/{code}", CodeAnswer)

    async def report_status(self, centre: str, request: StatusRequest) -> StatusAnswer:
        """Say how this device is; the answer says what time it is at the server, and how it is reached from now on."""
        path = f"/centres/{centre}/devices/self/status"
        answer = await self.call("POST", path, StatusAnswer, self._route.told(request))
        if answer.route is not None and await self._route.accept(answer.route):
            # Whoever waits until devices trust the next authority hears of it at once.
            answer = await self.call("POST", path, StatusAnswer, self._route.told(request))
        return answer

    async def report_payment(self, centre: str, report: pay.PaymentReport) -> pay.ReportAnswer:
        """Tell of an attempt to pay, until the answer acknowledges its last row."""
        path = f"/centres/{centre}/payments"
        return await self.call("POST", path, pay.ReportAnswer, report, pay.key_of(report))

    async def payment_confirmations(self, centre: str, payment: str) -> pay.ManualConfirmationsAnswer:
        """Ask what staff said of a payment whose money they move themselves."""
        return await self.call(
            "GET", f"/centres/{centre}/payments/{payment}/confirmations", pay.ManualConfirmationsAnswer
        )

    async def report_reconciliation(
        self, centre: str, reconciliation: pay.ReconciliationReport
    ) -> pay.ReconciliationReportAnswer:
        """Tell what a terminal counted at its end of day, when all payments of before are acknowledged."""
        path = f"/centres/{centre}/reconciliations"
        return await self.call("POST", path, pay.ReconciliationReportAnswer, reconciliation, pay.key_of(reconciliation))

    async def prove(self, centre: str, request: ProveRequest, key: str) -> CollectionAnswer:
        """Ask what is here for whoever shows a document or types a code."""
        return await self.call("POST", f"/centres/{centre}/collections", CollectionAnswer, request, key)

    async def leave_collection(self, centre: str, collection: str, key: str) -> CollectionEndedAnswer:
        path = f"/centres/{centre}/collections/{collection}/leave"
        return await self.call("POST", path, CollectionEndedAnswer, key=key)

    async def open_door(self, centre: str, collection: str, request: OpenDoorRequest, key: str) -> DoorAnswer:
        """Open the door behind which something lies that is theirs; the same key opens nothing twice."""
        path = f"/centres/{centre}/collections/{collection}/open"
        return await self.call("POST", path, DoorAnswer, request, key)

    async def door(self, centre: str, collection: str) -> DoorAnswer:
        """Ask how the door is that was opened last for them."""
        return await self.call("GET", f"/centres/{centre}/collections/{collection}/door", DoorAnswer)

    async def check_appointment(
        self, centre: str, request: CheckAppointmentRequest, key: str
    ) -> CheckAppointmentAnswer:
        """Ask what an appointment is worth now; nothing changes by it."""
        return await self.call("POST", f"/centres/{centre}/appointments/check", CheckAppointmentAnswer, request, key)

    async def appointment_times(self, centre: str, services: Iterable[str], people: int) -> FreeTimesAnswer:
        """Ask which times are free over the next four weeks."""
        query = urlencode([*(("service", one) for one in services), ("people", str(people))])
        return await self.call("GET", f"/centres/{centre}/appointments/times?{query}", FreeTimesAnswer)

    async def hold_appointment_time(self, centre: str, request: HoldTimeRequest, key: str) -> TimeHoldAnswer:
        return await self.call("POST", f"/centres/{centre}/appointments/holds", TimeHoldAnswer, request, key)

    async def release_appointment_time(
        self, centre: str, hold: str, request: ReleaseHoldRequest, key: str
    ) -> HoldReleasedAnswer:
        path = f"/centres/{centre}/appointments/holds/{hold}/release"
        return await self.call("POST", path, HoldReleasedAnswer, request, key)

    async def book_appointment(self, centre: str, request: BookAppointmentRequest, key: str) -> AppointmentAnswer:
        """Book a time; the same key books nothing twice."""
        return await self.call("POST", f"/centres/{centre}/appointments", AppointmentAnswer, request, key)

    async def save_form(self, centre: str, request: forms.SaveFormRequest, key: str) -> forms.SavedFormAnswer:
        """Save a form; the same key saves it once, and has the same code."""
        return await self.call("POST", f"/centres/{centre}/forms", forms.SavedFormAnswer, request, key)

    async def open_form(self, centre: str, request: forms.OpenFormRequest, key: str) -> forms.OpenedFormAnswer:
        return await self.call("POST", f"/centres/{centre}/forms/open", forms.OpenedFormAnswer, request, key)

    async def change_form(self, centre: str, request: forms.ChangeFormRequest, key: str) -> forms.OpenedFormAnswer:
        return await self.call("POST", f"/centres/{centre}/forms/change", forms.OpenedFormAnswer, request, key)

    async def call_help(self, centre: str, request: HelpRequest, key: str) -> HelpAnswer:
        return await self.call("POST", f"/centres/{centre}/help", HelpAnswer, request, key)

    async def withdraw_help(self, centre: str, help_: str, key: str) -> HelpAnswer:
        return await self.call("POST", f"/centres/{centre}/help/{help_}/withdraw", HelpAnswer, key=key)

    async def bank_key(self, centre: str) -> banks.BankKeyAnswer:
        """Ask by which key this bank of lockers knows orders."""
        return await self.call("GET", f"/centres/{centre}/locker-link/key", banks.BankKeyAnswer)

    async def describe_bank(self, centre: str, request: banks.DescribeBankRequest, key: str) -> banks.BankLinkAnswer:
        """Say what this bank of lockers is; the answer says up to where its journal was heard."""
        return await self.call("POST", f"/centres/{centre}/locker-link/describe", banks.BankLinkAnswer, request, key)

    async def report_bank_events(self, centre: str, request: banks.BankEventsRequest, key: str) -> banks.BankLinkAnswer:
        """Tell what happened at this bank of lockers."""
        return await self.call("POST", f"/centres/{centre}/locker-link/events", banks.BankLinkAnswer, request, key)

    def locker_orders(self, centre: str, silence: float = 15.0) -> AsyncIterator[banks.LockerOrderFrame]:
        """Follow the orders to this bank of lockers, all that wait first; raises as ``feed`` does."""
        return self._follow(f"/centres/{centre}/feeds/locker-orders", None, banks.LockerOrderFrame, silence)

    async def feed(self, centre: str, cursor: str | None, silence: float = 15.0) -> AsyncIterator[FeedFrame]:
        """Follow the centre until the line is cut or silent for ``silence`` seconds, then raise.

        Raises:
            ServerUnreachableError: the line is gone; connect again with the last cursor seen.
            ProblemError: the server refuses this client.
        """
        async for frame in self._follow(f"/centres/{centre}/events", cursor, FeedFrame, silence):
            yield frame

    async def _follow[F: Message](
        self, path: str, cursor: str | None, kind: type[F], silence: float
    ) -> AsyncIterator[F]:
        params = {} if cursor is None else {"after": cursor}
        decoder = msgspec.json.Decoder(kind)
        named = await self._named()
        url = self._route.url
        try:
            async with self._http.ws_connect(
                url + _API + path, params=params, headers=named, max_msg_size=4 << 20, ssl=self._route.ssl
            ) as socket:
                while True:
                    message = await asyncio.wait_for(socket.receive(), silence)
                    if message.type is not aiohttp.WSMsgType.TEXT:
                        raise ServerUnreachableError
                    yield decoder.decode(message.data)
        except aiohttp.WSServerHandshakeError as error:
            if error.status in (401, 403):
                problem = Problem(type="about:blank", title="refused", status=error.status, code="not-permitted")
                raise ProblemError(problem) from error
            if error.status == _CONFLICT and self._start is not None:
                self._start.over()
            raise ServerUnreachableError from error
        except (aiohttp.ClientError, TimeoutError, OSError, *UNREADABLE) as error:
            self._route.leave(url)
            raise unreachable(error) from error
