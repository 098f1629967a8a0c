"""What an appointment is worth now: asked of the server for whoever shows a link, types a code or has a document."""

from collections.abc import Coroutine
from datetime import datetime

import structlog

from kiosk.devices.document_session import DocumentSession
from kiosk.journey.events import BookingChecked, CheckBooking, CheckedBooking, Effect
from kiosk.ports import Clock, EventSink
from queue_server.contract.appointments import CheckAppointmentAnswer, CheckAppointmentRequest
from queue_server.contract.client import ApiClient, ClientError, ProblemError
from queue_server.contract.documents import FOR_APPOINTMENT
from queue_server.domain.appointments import CheckInVerdict
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import BandId, new_id

_log = structlog.get_logger(__name__)

_SLOWED = "too-many-tries"
_UNKNOWN = CheckedBooking(CheckInVerdict.UNKNOWN)


class AppointmentLink:
    """For one kiosk of the centre ``ident``; times become those that the centre's clocks show."""

    def __init__(
        self, client: ApiClient, ident: str, *, papers: DocumentSession, centre: Clock, events: EventSink
    ) -> None:
        self._client = client
        self._ident = ident
        self._papers = papers
        self._clock = centre
        self._events = events

    def work(self, effect: Effect) -> Coroutine[None, None, None] | None:
        """Give what asks the server; None where something else is asked."""
        return self._check(effect) if isinstance(effect, CheckBooking) else None

    async def _check(self, asked: CheckBooking) -> None:
        self._events.post(await self._answer(asked))

    async def _answer(self, asked: CheckBooking) -> BookingChecked:
        ident = new_id()
        sealed = self._sealed(asked, ident)
        if not (asked.token or asked.code or sealed):
            # There is no chip that was read, so there is nothing to be found by.
            return BookingChecked(asked.number, asked.look, "checked", _UNKNOWN)
        request = CheckAppointmentRequest(
            token=asked.token or None, code=asked.code or None, document=sealed, id=ident if sealed else None
        )
        try:
            answer = await self._client.check_appointment(self._ident, request, new_id())
        except ProblemError as problem:
            if problem.code != _SLOWED:
                _log.warning("appointment-check-refused", code=problem.code)
                return BookingChecked(asked.number, asked.look, "away")
            wait = problem.problem.placeholders.get("retry_after_s", 0)
            return BookingChecked(asked.number, asked.look, "slowed", wait_s=int(wait))
        except ClientError:
            return BookingChecked(asked.number, asked.look, "away")
        return BookingChecked(asked.number, asked.look, "checked", self._booking(answer))

    def _sealed(self, asked: CheckBooking, ident: str) -> str | None:
        return self._papers.sealed_for(asked.number, asked.laid, ident, FOR_APPOINTMENT) if asked.laid else None

    def _booking(self, answer: CheckAppointmentAnswer) -> CheckedBooking:
        known, now = answer.appointment, self._clock.now()
        return CheckedBooking(
            verdict=answer.verdict,
            ident="" if known is None else known.id,
            services=() if known is None else known.services,
            people=1 if known is None else known.party_size,
            ages=() if known is None else tuple(Headcount(BandId(one.band), one.count) for one in known.people),
            language="" if known is None else known.language,
            needs_document=known is not None and known.needs_document,
            day=answer.date or "",
            clock=answer.clock or "",
            today=f"{now:%Y-%m-%d}",
            now=f"{now:%H:%M}",
            opens=self._shown(answer.opens_at),
            place=answer.centre_name,
            address=answer.address,
            code=answer.ticket or "",
            ahead=-1 if answer.ahead is None else answer.ahead,
        )

    def _shown(self, moment: datetime | None) -> str:
        return "" if moment is None else f"{moment.astimezone(self._clock.now().tzinfo):%H:%M}"
