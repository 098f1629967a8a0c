"""Calls for staff, a person's and the kiosk's own: each goes on until it is at the server, and ends when it is over.

Nothing is written down: whoever stands here when the kiosk starts again can call again, and what does not work is seen
again. A call that was not sent yet when it is over is never sent. One that was sent is withdrawn until the server has
said so; and where its answer was lost, the feed shows a call that nobody needs any more, and it is withdrawn then.
"""

import asyncio
from collections import deque

import msgspec

from kiosk.journey import events as e
from kiosk.journey.surroundings import Health
from kiosk.link.health import Need, needs
from kiosk.link.outbox_relay import answer_to
from kiosk.ports import EventSink
from kiosk.settings import KioskLinkSettings
from queue_server.contract.backoff import Backoff
from queue_server.contract.client import ApiClient, ProblemError
from queue_server.contract.hall import HelpAnswer, HelpRequest, HelpView
from queue_server.contract.periodic import Periodic
from queue_server.domain.values import HelpKind, HelpSubject, new_id

#: Calls that are over and are still known by their ids, should the server show them again.
_KNOWN = 256


class _Call(msgspec.Struct):
    """A call that is wanted. ``tried``: the server may have it. ``known``: it has said so."""

    request: HelpRequest
    #: Which call of which journey it is; None for the kiosk's own.
    asked: tuple[int, int] | None = None
    tried: bool = False
    known: bool = False
    taken: bool = False


class HelpCalls:
    """For one kiosk of a centre; the journey hears how far a person's call is."""

    def __init__(self, client: ApiClient, centre: str, settings: KioskLinkSettings, events: EventSink) -> None:
        self._client = client
        self._centre = centre
        self._settings = settings
        self._events = events
        #: By id, in the order of their making.
        self._wanted: dict[str, _Call] = {}
        self._owed: deque[str] = deque()
        self._over: deque[str] = deque(maxlen=_KNOWN)
        #: This person's calls, the last of which is the one that counts; and which call of the journey that is.
        self._person: list[str] = []
        self._asked: tuple[int, int] | None = None
        self._needs: dict[Need, str] = {}
        self._waiting: dict[Need, asyncio.TimerHandle] = {}
        self._wake = asyncio.Event()
        self._backoff = Backoff(settings.retry_first_s, settings.retry_max_s)
        self.task = Periodic("help-calls", 0, self._deliver, at_once=True)

    # The person.

    def call(self, asked: e.CallStaff) -> None:
        """Call staff; the same call again is tried now, and one that is at the server already is answered at once."""
        which = (asked.number, asked.call)
        if self._asked == which and (before := self._wanted.get(self._person[-1])) is not None:
            if before.known:
                self._notify(before, "coming" if before.taken else "told")
            self._wake.set()
            return
        if self._person:
            # The server lets the new one take its place: that is one call and not two. Taken, it stays as it is.
            self._wanted.pop(self._person[-1], None)
        self._asked = which
        self._person.append(self._make(asked.kind, asked.language, asked.about, which))

    def clear(self) -> None:
        """End the person's calls: they do not need anybody any more, or have left."""
        for ident in self._person:
            self._end(ident)
        self._person.clear()
        self._asked = None

    def leave(self) -> None:
        """Forget the person and let their calls stand: in an emergency nobody is given up.

        They end with the next person here, like those of before a start.
        """
        self._asked = None

    # The kiosk itself.

    def check(self, health: Health, *, out_of_order: bool) -> None:
        """Call for what does not work, once it has not for ``fault_s``, and end the call when it is well again.

        Out of order, somebody has it in hand already.
        """
        for need, there in needs(health).items():
            if not there or out_of_order:
                if (timer := self._waiting.pop(need, None)) is not None:
                    timer.cancel()
                if (ident := self._needs.pop(need, None)) is not None:
                    self._end(ident)
            elif need not in self._needs and need not in self._waiting:
                # Paper does not come back by itself; a line often does.
                patience = 0 if need.kind is HelpKind.PAPER else self._settings.fault_s
                loop = asyncio.get_running_loop()
                self._waiting[need] = loop.call_later(patience, self._need, need)

    def _need(self, need: Need) -> None:
        del self._waiting[need]
        if need not in self._needs:
            self._needs[need] = self._make(need.kind, None, need.about)

    # What the server says.

    def receive(self, calls: tuple[HelpView, ...], *, all_: bool) -> None:
        """Take note of this kiosk's calls; ``all_``: there are no others that wait."""
        for view in calls:
            self._receive(view)
        if all_:
            shown = {view.id for view in calls}
            for ident, call in self._wanted.items():
                if ident not in shown:
                    # Taken meanwhile, or of a day that is over: asked again, the server says which.
                    call.known = False
        self._wake.set()

    def _receive(self, view: HelpView) -> None:
        call = self._wanted.get(view.id)
        if call is not None:
            self._note(view.id, call, view)
        elif view.taken_at is None and view.ended_at is None:
            need = Need(view.kind, view.about)
            if view.id in self._over:
                # Nobody is there for it any more: the answer to it, or to its end, was lost.
                self._owe(view.id)
            elif view.kind in {HelpKind.HELP, HelpKind.PRIVATE}:
                # Of before the last start. Nobody knows whether they still stand here: it ends with who is here now.
                self._person.insert(0, view.id)
            elif need not in self._needs:
                self._wanted[view.id] = _Call(HelpRequest(view.kind, view.id, about=view.about), tried=True, known=True)
                self._needs[need] = view.id

    def _note(self, ident: str, call: _Call, view: HelpView) -> None:
        """Take the server's word on a call that is wanted."""
        call.known = True
        if view.taken_at is not None:
            call.taken = True
        elif view.ended_at is not None:
            # Another call of this kiosk took its place. To call again by itself could go on for ever.
            del self._wanted[ident]
            self._needs = {need: one for need, one in self._needs.items() if one != ident}
            self._notify(call, "away")
            return
        self._notify(call, "coming" if call.taken else "told")

    def _notify(self, call: _Call, sent: e.HelpSent) -> None:
        """Tell the person of their call, unless it is another by now."""
        if call.asked is not None and call.asked == self._asked:
            self._events.post(e.HelpAnswered(*call.asked, sent))

    # How they are sent.

    def wake(self) -> None:
        """Try now: the server is heard again."""
        self._wake.set()

    async def _deliver(self) -> None:
        """Send and withdraw, one after the other: what is withdrawn was never sent later."""
        self._wake.clear()
        unsent = [ident for ident, call in self._wanted.items() if not call.known]
        if not unsent and not self._owed:
            self.task.worked()
            await self._wake.wait()
            return
        # Neither waits for the other: a call that cannot be ended must not hold up somebody who needs help.
        done = [await self._send(ident) for ident in unsent if ident in self._wanted]
        done += [await self._withdraw(ident) for ident in tuple(self._owed)]
        if all(done):
            self._backoff.worked()
            return
        self.task.worked()
        await self._backoff.wait(self._wake)

    async def _send(self, ident: str) -> bool:
        call = self._wanted[ident]
        call.tried = True
        answer = await answer_to(
            self._client.call_help(self._centre, call.request, new_id()), "help", kind=call.request.kind
        )
        if ident not in self._wanted:
            return True
        match answer:
            case HelpAnswer(help=view):
                self._note(ident, call, view)
                return True
            case ProblemError():
                # It will say the same again: whoever stands here has to look for somebody.
                del self._wanted[ident]
        self._notify(call, "away")
        return isinstance(answer, ProblemError)

    async def _withdraw(self, ident: str) -> bool:
        answer = await answer_to(self._client.withdraw_help(self._centre, ident, new_id()), "help-end")
        if answer is None:
            return False
        # Refused, it is of a day that is over, or never came there.
        self._owed.remove(ident)
        return True

    def _make(
        self, kind: HelpKind, language: str | None, about: HelpSubject | None, asked: tuple[int, int] | None = None
    ) -> str:
        ident = new_id()
        self._wanted[ident] = _Call(HelpRequest(kind, ident, language, about), asked)
        self._wake.set()
        return ident

    def _end(self, ident: str) -> None:
        call = self._wanted.pop(ident, None)
        # One that is not wanted any more, and is ended all the same, was replaced or is of before the last start.
        if call is None or call.tried:
            self._owe(ident)

    def _owe(self, ident: str) -> None:
        if ident not in self._over:
            self._over.append(ident)
        if ident not in self._owed:
            self._owed.append(ident)
            self._wake.set()
