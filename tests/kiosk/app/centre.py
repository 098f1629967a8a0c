"""A small server that speaks the contract over real sockets, and notices what must never happen."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from copy import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

import msgspec
from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from queue_server import ticket_token
from queue_server.accounts import starts
from queue_server.accounts.starts import Starts, StartVerdict
from queue_server.contract.base import Message
from queue_server.contract.catalogue import (
    BandView,
    CentreView,
    FeeView,
    GovernmentView,
    KindView,
    Opening,
    ServicesAnswer,
    ServiceView,
    StepView,
)
from queue_server.contract.devices import (
    EnrolAnswer,
    EnrolRequest,
    SeriesState,
    StartAnswer,
    StartRequest,
    StatusAnswer,
    StatusRequest,
)
from queue_server.contract.documents import DocumentReading, from_text, to_text, unseal
from queue_server.contract.faces import DocumentFace, unseal_face
from queue_server.contract.feeds import FeedFrame, QueueView
from queue_server.contract.hall import HelpAnswer, HelpRequest, HelpView, NoticeView
from queue_server.contract.payments import JournalRow, PaymentReport, ReportAnswer
from queue_server.contract.problems import Problem
from queue_server.contract.visits import AheadAnswer, IssueRequest, VisitAnswer, VisitView
from queue_server.contract.waits import WaitsAnswer, WaitView
from queue_server.domain.values import (
    BandId,
    Category,
    CentreId,
    CounterId,
    CurrencyCode,
    DeviceId,
    GovernmentId,
    HelpId,
    Intake,
    Language,
    Micros,
    PaymentId,
    ServiceId,
    StepId,
    VisitId,
    VisitState,
)

type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

TICKET_KEY = "ab" * 32
#: What a server knows of its kiosk.
_KNOWN = ("taken", "codes", "highest", "helps", "wrong", "statuses", "reprints", "starts", "_keys", "_reprint_keys")
CODE = "12345678"


def catalogue(
    day: date,
    version: int = 1,
    openings: tuple[Opening, ...] = (),
    documents_key: str | None = None,
    *,
    fee: int = 0,
    pay_offline: bool = False,
    party: int = 1,
) -> ServicesAnswer:
    """Offer one service of two governments; ``fee``, in cents, is what that of UTO costs.

    ``party`` people get one number, adults and children.
    """
    bands = (BandView(BandId("adult"), {"en": "Adults"}, 18), BandView(BandId("child"), {"en": "Children"}, 0, 17))
    fees = (FeeView(ServiceId("renewal-uto"), GovernmentId("UTO"), fee, CurrencyCode("EUR")),) if fee else ()
    return ServicesAnswer(
        fees=fees,
        pay_offline=pay_offline,
        bands=bands if party > 1 else (),
        kiosk_party=party,
        documents_key=documents_key,
        version=version,
        centre=CentreView(
            id=CentreId("demo"),
            name={"en": "Demo Centre", "ar": "مركز العرض"},
            zone="Africa/Cairo",
            languages=("en", "ar", "so"),
            day_start=240,
            day=day,
            open_now=True,
            version=version,
            openings=openings,
        ),
        governments=(
            GovernmentView(GovernmentId("UTO"), {"en": "Utopia", "ar": "يوتوبيا"}),
            GovernmentView(GovernmentId("EGY"), {"en": "Egypt", "ar": "مصر"}),
        ),
        kinds=(
            KindView("passports", {"en": "Passport", "ar": "جواز سفر"}, "passport"),
            KindView("visas", {"en": "Visa", "ar": "تأشيرة"}, "visa"),
        ),
        services=tuple(
            ServiceView(
                ServiceId(f"{what}-{government.lower()}"),
                GovernmentId(government),
                kind,
                name,
                (StepView(StepId("documents"), {"en": "Check your papers"}, {"en": "Area B"}),),
            )
            for government in ("UTO", "EGY")
            for what, kind, name in (
                ("renewal", "passports", {"en": "Renew a passport", "ar": "تجديد جواز السفر"}),
                ("first", "passports", {"en": "First passport", "ar": "أول جواز سفر"}),
                ("visit", "visas", {"en": "Visit visa", "ar": "تأشيرة زيارة"}),
            )
        ),
    )


class Centre:
    """``taken`` are the visits in order of arrival; ``wrong`` is everything that a kiosk must never do."""

    def __init__(self, series: SeriesState | None = None) -> None:
        self.day = date(2026, 11, 25)
        self.version = 1
        self.series = series or SeriesState("B", 1, 999)
        self.taken: list[IssueRequest] = []
        self.codes: set[tuple[date, str]] = set()
        self.highest: dict[date, int] = {}
        self.helps: dict[str, HelpView] = {}
        self.wrong: list[str] = []
        self.refuse: dict[str, Problem] = {}
        self.bodies: list[bytes] = []
        #: The key to which documents are sealed, and what opens the seals.
        self.private = X25519PrivateKey.generate()
        self.documents_key: str | None = to_text(self.private.public_key().public_bytes_raw())
        self.openings: tuple[Opening, ...] = ()
        self.intake = Intake.OPEN
        self.closed_services: tuple[ServiceId, ...] = ()
        self.notices: tuple[NoticeView, ...] = ()
        #: What a look-up of a visit is answered with, and what was looked up.
        self.places: dict[str, VisitAnswer] = {}
        self.looked_up: list[str] = []
        #: How this kiosk said it is, the newest last.
        self.statuses: list[StatusRequest] = []
        #: How far the centre's clock is from this machine's.
        self.ahead = timedelta()
        #: How long somebody waits who comes now.
        self.waits: dict[ServiceId, WaitView] = {}
        #: What a passport of UTO costs, in cents.
        self.fee = 0
        self.pay_offline = False
        #: How many people get one number.
        self.party = 1
        #: The rows of each attempt to pay, as kiosks told of them.
        self.payments: dict[str, dict[int, JournalRow]] = {}
        #: The visits of which a paper more was told, in order, and the requests that told it.
        self.reprints: list[str] = []
        self.reprint_requests = 0
        #: Which start of the kiosk took over last.
        self.starts: Starts | None = None
        self._keys: dict[str, tuple[bytes, bytes]] = {}
        self._reprint_keys: set[str] = set()
        self._sockets: set[web.WebSocketResponse] = set()
        self._cursor = itertools.count(1)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._check])
        base = "/api/v1"
        app.router.add_post(f"{base}/enrol", self._enrol)
        app.router.add_get(f"{base}/centres/demo/services", self._services)
        app.router.add_get(f"{base}/centres/demo/devices/self/series", self._series)
        app.router.add_post(f"{base}/centres/demo/visits", self._visits)
        app.router.add_post(f"{base}/centres/demo/visits/{{visit}}/papers", self._papers)
        app.router.add_post(f"{base}/centres/demo/help", self._help)
        app.router.add_post(f"{base}/centres/demo/help/{{help}}/withdraw", self._withdraw)
        app.router.add_post(f"{base}/centres/demo/payments", self._payments)
        app.router.add_get(f"{base}/centres/demo/tickets/{{ticket}}", self._ticket)
        app.router.add_get(f"{base}/centres/demo/services/{{service}}/ahead", self._ahead)
        app.router.add_get(f"{base}/centres/demo/information", self._information)
        app.router.add_get(f"{base}/centres/demo/waits", self._waits)
        app.router.add_post(f"{base}/centres/demo/devices/self/status", self._status)
        app.router.add_post(f"{base}/centres/demo/devices/self/start", self._start)
        app.router.add_get(f"{base}/centres/demo/events", self._events)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        for socket in tuple(self._sockets):
            await socket.close()
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        assert self._runner is not None
        return int(self._runner.addresses[0][1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def remember(self) -> dict[str, object]:
        """Return a copy of what this server knows of its kiosk and of the tickets that it took."""
        return {name: copy(getattr(self, name)) for name in _KNOWN}

    def recall(self, known: dict[str, object]) -> None:
        """Forget what came after ``remember``, as a server of its own that was told only until then."""
        for name, value in known.items():
            setattr(self, name, copy(value))

    def readings(self, at: int) -> tuple[DocumentReading, ...]:
        """Open what came with the ticket of this place in the order of arrival."""
        asked = self.taken[at]
        assert asked.id is not None
        return tuple(unseal(from_text(one), VisitId(asked.id), self.private) for one in asked.readings)

    def faces(self, at: int) -> tuple[DocumentFace, ...]:
        """Open the pictures that came with the ticket of this place in the order of arrival."""
        asked = self.taken[at]
        assert asked.id is not None
        return tuple(unseal_face(from_text(one), VisitId(asked.id), self.private) for one in asked.faces)

    def reading(self, at: int) -> DocumentReading | None:
        """Open the one reading that came with this ticket, or none."""
        found = self.readings(at)
        assert len(found) <= 1
        return found[0] if found else None

    async def take_help(self, ident: str) -> None:
        view = msgspec.structs.replace(self.helps[ident], taken_at=datetime.now(UTC), taken_at_counter=CounterId("c1"))
        self.helps[ident] = view
        await self._tell("help-taken", help=view)

    async def end_help(self, ident: str) -> None:
        self.helps[ident] = msgspec.structs.replace(self.helps[ident], ended_at=datetime.now(UTC))
        await self._tell("help-withdrawn", help=self.helps[ident])

    async def call_again(self, ident: str) -> None:
        """Let a call that has ended come once more."""
        self.helps[ident] = msgspec.structs.replace(self.helps[ident], ended_at=None)
        await self._tell("help-called", help=self.helps[ident])

    async def change_catalogue(self) -> None:
        self.version += 1
        await self._tell("configuration-changed", version=self.version)

    async def say(
        self,
        intake: Intake | None = None,
        notices: tuple[NoticeView, ...] | None = None,
        closed_services: tuple[ServiceId, ...] | None = None,
    ) -> None:
        """Let a manager close the kiosks' intake or some services, or show or end notices."""
        fields: dict[str, object] = {}
        if intake is not None:
            self.intake = fields["intake"] = intake
        if notices is not None:
            self.notices = fields["notices"] = notices
        if closed_services is not None:
            self.closed_services = fields["closed_services"] = closed_services
        await self._tell("said", **fields)

    @property
    def status(self) -> StatusRequest | None:
        return self.statuses[-1] if self.statuses else None

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    async def _tell(self, kind: str, **fields: object) -> None:
        for socket in tuple(self._sockets):
            await socket.send_str(self._frame(kind, **fields))

    def _frame(self, kind: str, **fields: Any) -> str:
        seq = next(self._cursor)
        frame = FeedFrame(
            cursor=f"{self.day}:{seq}",
            stream=f"queue/demo/{self.day}",
            seq=seq,
            type=kind,
            at=self.now(),
            **fields,
        )
        return msgspec.json.encode(frame).decode()

    @web.middleware
    async def _check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.bodies.append(await request.read())
        if not request.path.endswith("/enrol") and request.headers.get("Authorization") != "Bearer made-up-token":
            return _problem(401, "not-signed-in")
        last = request.path.rsplit("/", 1)[-1]
        if last in self.refuse:
            problem = self.refuse[last]
            return _problem(problem.status, problem.code)
        return await handler(request)

    async def _enrol(self, request: web.Request) -> web.Response:
        asked = msgspec.json.decode(await request.read(), type=EnrolRequest)
        if asked.code != CODE:
            return _problem(403, "enrolment-code")
        return _json(
            EnrolAnswer(
                token="made-up-token",
                device=DeviceId("kiosk-3"),
                kind="kiosk",
                name="Kiosk 3",
                centre=CentreId("demo"),
                series=self.series,
                ticket_key=TICKET_KEY,
                ticket_url="https://queue.demo.example/t/",
            )
        )

    async def _services(self, _: web.Request) -> web.Response:
        given = (self.day, self.version, self.openings, self.documents_key)
        return _json(catalogue(*given, fee=self.fee, pay_offline=self.pay_offline, party=self.party))

    async def _series(self, _: web.Request) -> web.Response:
        return _json(msgspec.structs.replace(self.series, highest=self.highest.get(self.day, 0)))

    async def _visits(self, request: web.Request) -> web.Response:
        body = await request.read()
        key = request.headers.get("Idempotency-Key", "")
        if key in self._keys:
            before, answer = self._keys[key]
            if before != body:
                self.wrong.append("key used again with another body")
            return web.Response(body=answer, status=201, content_type="application/json")
        asked = msgspec.json.decode(body, type=IssueRequest)
        assert asked.id is not None
        assert asked.code is not None
        assert asked.issued_at is not None
        if not key:
            self.wrong.append("no key")
        if any(asked.id == one.id for one in self.taken):
            self.wrong.append("visit twice")
        if (self.day, asked.code) in self.codes:
            self.wrong.append(f"code twice: {asked.code}")
        self.taken.append(asked)
        self.codes.add((self.day, asked.code))
        self.highest[self.day] = max(self.highest.get(self.day, 0), int(asked.code[1:]))
        answer = msgspec.json.encode(VisitAnswer(self._view(asked), f"{self.day}:1"))
        self._keys[key] = (body, answer)
        return web.Response(body=answer, status=201, content_type="application/json")

    async def _papers(self, request: web.Request) -> web.Response:
        self.reprint_requests += 1
        visit = request.match_info["visit"]
        key = request.headers.get("Idempotency-Key", "")
        asked = next((one for one in self.taken if one.id == visit), None)
        if asked is None:
            self.wrong.append("a paper before its ticket")
            return _problem(409, "visit-unknown")
        path = request.path.encode()
        if self._keys.setdefault(key, (path, b""))[0] != path or not key:
            self.wrong.append("no key, or one of something else")
        elif key not in self._reprint_keys:
            self._reprint_keys.add(key)
            self.reprints.append(visit)
        return _json(VisitAnswer(self._view(asked), f"{self.day}:1"))

    def _view(self, asked: IssueRequest) -> VisitView:
        assert asked.id is not None
        assert asked.code is not None
        now = datetime.now(UTC)
        return VisitView(
            id=VisitId(asked.id),
            code=asked.code,  # type: ignore[arg-type]
            state=VisitState.WAITING,
            category=Category.WALK_IN,
            services=tuple(map(ServiceId, asked.services)),
            steps=(),
            step=StepId("documents"),
            party_size=1,
            language=asked.language,
            issued_at=now,
            counts_from=now,
            promise_min=45,
            due=now,
            ahead=len(self.taken) - 1,
        )

    async def _ahead(self, request: web.Request) -> web.Response:
        del request
        return _json(AheadAnswer(len(self.taken)))

    async def _information(self, request: web.Request) -> web.Response:
        """Refuse as a server that has no pages; without a problem as the answer a kiosk would ask again at once."""
        del request
        return _problem(404, "not-found")

    async def _waits(self, request: web.Request) -> web.Response:
        del request
        return _json(WaitsAnswer(self.now(), services=self.waits))

    async def _ticket(self, request: web.Request) -> web.Response:
        token = request.match_info["ticket"]
        visit = ticket_token.visit_of(token) or ""
        self.looked_up.append(visit)
        if not ticket_token.proves(token, bytes.fromhex(TICKET_KEY)):
            return _problem(409, "visit-unknown")
        if visit in self.places:
            return _json(self.places[visit])
        taken = next((one for one in self.taken if one.id == visit), None)
        if taken is None:
            return _problem(409, "visit-unknown")
        return _json(VisitAnswer(self._view(taken), f"{self.day}:1"))

    async def _status(self, request: web.Request) -> web.Response:
        self.statuses.append(msgspec.json.decode(await request.read(), type=StatusRequest))
        return _json(StatusAnswer(self.now()))

    async def _start(self, request: web.Request) -> web.Response:
        asked = msgspec.json.decode(await request.read(), type=StartRequest)
        self.starts, verdict = starts.accept(self.starts, asked.start, asked.before, Micros(0))
        return (
            _problem(409, "device-start-superseded")
            if verdict is StartVerdict.OVER
            else _json(StartAnswer(verdict is StartVerdict.COPIED))
        )

    async def _payments(self, request: web.Request) -> web.Response:
        asked = msgspec.json.decode(await request.read(), type=PaymentReport)
        rows = self.payments.setdefault(asked.id, {})
        for one in asked.rows:
            if rows.setdefault(one.row, one) != one:
                self.wrong.append(f"row {one.row} told otherwise")
        return _json(ReportAnswer(PaymentId(asked.id), max(rows)))

    async def _help(self, request: web.Request) -> web.Response:
        asked = msgspec.json.decode(await request.read(), type=HelpRequest)
        assert asked.id is not None
        language = None if asked.language is None else Language(asked.language)
        view = HelpView(
            HelpId(asked.id),
            asked.kind,
            datetime.now(UTC),
            DeviceId("kiosk-3"),
            "Kiosk 3",
            language=language,
            about=asked.about,
        )
        view = self.helps.setdefault(asked.id, view)
        await self._tell("help-called", help=view)
        return _json(HelpAnswer(view, f"{self.day}:1"), status=201)

    async def _withdraw(self, request: web.Request) -> web.Response:
        ident = request.match_info["help"]
        if ident not in self.helps:
            return _problem(409, "help-unknown")
        await self.end_help(ident)
        return _json(HelpAnswer(self.helps[ident], f"{self.day}:1"))

    @property
    def waiting(self) -> list[HelpView]:
        """The calls that staff still see, in the order in which they came."""
        return [one for one in self.helps.values() if one.taken_at is None and one.ended_at is None]

    async def _events(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.add(socket)
        queue = QueueView(
            CentreId("demo"),
            self.day,
            False,
            (),
            (),
            tuple(self.waiting),
            notices=self.notices,
            intake=self.intake,
            closed_services=self.closed_services,
        )
        await socket.send_str(self._frame("snapshot", queue=queue))
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            self._sockets.discard(socket)
        return socket


def _json(value: Message, status: int = 200) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), status=status, content_type="application/json")


def _problem(status: int, code: str) -> web.Response:
    return _json(Problem("about:blank", code, status, code), status)


async def until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until ``condition()`` holds; it is looked at again after whatever else the loop had to do."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for lies in other tasks and processes
            await asyncio.sleep(0.005)
