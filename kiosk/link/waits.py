"""Waits: asks again and again how long somebody waits who comes now, so that a page has it at once."""

from http import HTTPStatus

from kiosk.journey.events import WaitsChanged
from kiosk.journey.foreseen import ForeseenWait, foreseen
from kiosk.link.centre import CentreState
from kiosk.ports import EventSink
from kiosk.settings import KioskLinkSettings
from queue_server.contract.client import ApiClient, ClientError, ProblemError
from queue_server.contract.periodic import Periodic


class WaitsLink:
    """The journey hears it whenever it changes; and that nothing is known, once the server does not answer.

    ``wake`` asks now; a new catalogue does so too.
    """

    def __init__(
        self, client: ApiClient, ident: str, *, settings: KioskLinkSettings, centre: CentreState, events: EventSink
    ) -> None:
        self._client = client
        self._ident = ident
        self._centre = centre
        self._events = events
        self._posted = WaitsChanged()
        self.task = Periodic(
            "waits",
            settings.waits_s,
            self._ask,
            at_once=True,
            retry_s=settings.retry_first_s,
            max_retry_s=settings.retry_max_s,
            expected=(ClientError,),
        )
        centre.known.join(self)

    def wake(self) -> None:
        self.task.wake()

    async def _ask(self) -> None:
        if self._centre.catalogue is None:
            # The clock of the centre is not known yet: it is woken with it.
            return
        try:
            answer = await self._client.waits(self._ident)
        except ClientError as error:
            # What was foreseen before the line was cut is a guess soon.
            self._notify(WaitsChanged())
            if isinstance(error, ProblemError) and error.status == HTTPStatus.NOT_FOUND:
                # A server that foresees none yet.
                return
            raise
        waits = {service: foreseen(view, self._centre.clock) for service, view in answer.services.items()}
        known: dict[str, ForeseenWait] = {service: wait for service, wait in waits.items() if wait is not None}
        self._notify(WaitsChanged(known, self._centre.clock(answer.closes) if answer.closes else ""))

    def _notify(self, change: WaitsChanged) -> None:
        if change != self._posted:
            self._posted = change
            self._events.post(change)
