"""Notes, messages and breaks of the staff of a centre, as their pages ask for them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from queue_server.accounts.model import Session
from queue_server.centre.centres import Centre
from queue_server.domain.values import Actor, CentreId, CounterId, Day, Micros, StaffId
from queue_server.eventlog.port import EventLog
from queue_server.queue.settings import Skills
from queue_server.team import store
from queue_server.team.breaks import BreakStanding, PlannedBreak, planned_breaks, standing
from queue_server.team.errors import BreakUnknownError, StaffTextError
from queue_server.team.served import first_counter
from queue_server.team.store import Owner, StaffMessage
from queue_server.team.teams import Team, TeamId, team_of, teams
from queue_server.vault.errors import PersonShreddedError, RowUnknownError
from queue_server.vault.model import ReadPurpose, end_of
from queue_server.vault.store import Vault

#: Characters of what somebody notes for themself, and of a message.
MAX_NOTE: Final = 1000
MAX_MESSAGE: Final = 300


class SentMessage(msgspec.Struct, frozen=True):
    """A message with what it says, and who has read it when, the first first."""

    head: StaffMessage
    text: str
    reads: tuple[store.MessageRead, ...]

    def was_read_by(self, staff: StaffId) -> bool:
        return any(one.staff == staff for one in self.reads)


class DayBreak(msgspec.Struct, frozen=True):
    planned: PlannedBreak
    standing: BreakStanding


class StaffDesk:
    """``clock`` is the server's time. Messages, which counters ask for again and again, are read once in a process."""

    def __init__(self, log: EventLog, vault: Vault, clock: Callable[[], Micros]) -> None:
        self._log, self._vault, self._clock = log, vault, clock
        self._texts: dict[CentreId, dict[str, str]] = {}
        self._began: dict[CentreId, tuple[Day, dict[StaffId, CounterId]]] = {}

    # --- notes -----------------------------------------------------------------------------------------------------

    async def write_note(self, centre: Centre, session: Session, text: str) -> None:
        """Put a note in place of the one of before; nothing clears it.

        Raises:
            StaffTextError: it is longer than ``MAX_NOTE``.
        """
        written, owner = _text(text, MAX_NOTE), self._owner(centre, session)
        await self._log.write(lambda connection: store.write_note(self._vault, connection, owner, written))

    async def note(self, centre: Centre, session: Session) -> str:
        """Read what somebody has noted today, and record that they did; "" where that is nothing."""
        now, staff = self._clock(), session.staff
        ident = await self._log.run(lambda connection: store.note_of(connection, centre.id, staff, now))
        if ident is None:
            return ""
        actor = Actor(f"staff/{staff}")
        found = await self._log.write(lambda connection: self._open(connection, [ident], actor))
        return found.get(ident, "")

    # --- messages --------------------------------------------------------------------------------------------------

    async def send(self, centre: Centre, session: Session, ident: str, text: str, team: TeamId | None) -> None:
        """Write to the counters of a team, or to all; ``ident`` names the message, sent twice it is one.

        Raises:
            StaffTextError: it says nothing, or is longer than ``MAX_MESSAGE``.
        """
        written, owner = _text(text, MAX_MESSAGE), self._owner(centre, session)
        if not written:
            raise StaffTextError(most=MAX_MESSAGE)
        new = store.NewStaffText(ident, written, team)
        await self._log.write(lambda connection: store.send(self._vault, connection, owner, new))

    async def take_back(self, centre: Centre, session: Session, ident: str) -> None:
        """Take a message back from whoever has not read it yet, and from the list."""
        owner = self._owner(centre, session)
        await self._log.write(lambda connection: store.take_back(self._vault, connection, owner, ident))

    async def messages(self, centre: Centre) -> tuple[SentMessage, ...]:
        """List the messages of today at a centre, the oldest first."""
        now = self._clock()

        def read(connection: Connection) -> tuple[tuple[StaffMessage, ...], tuple[store.MessageRead, ...]]:
            heads = store.messages(connection, centre.id, now)
            return heads, store.reads(connection, [one.id for one in heads]) if heads else ()

        heads, reads = await self._log.run(read)
        texts = await self._read(centre.id, [one.id for one in heads])
        return tuple(
            SentMessage(one, texts[one.id], tuple(read for read in reads if read.message == one.id))
            for one in heads
            if one.id in texts
        )

    async def confirm(self, centre: Centre, session: Session, ident: str) -> None:
        """Write down that somebody has read a message."""
        owner = self._owner(centre, session)
        await self._log.write(lambda connection: store.confirm(connection, owner, ident))

    # --- breaks ----------------------------------------------------------------------------------------------------

    async def breaks(self, centre: Centre, session: Session) -> tuple[DayBreak, ...]:
        """List the breaks that the plan has today for somebody, and how each stands for them.

        They are those of the team with which they began the day: whoever moves to the counter of another team has
        their own break there, and not a second one. Who has served nobody yet is of the team of their counter.
        """
        now, staff = self._clock(), session.staff
        if not any(pool.breaks for pool in centre.setup.setup.staffing):
            return ()
        planned = breaks_at(centre, self._began_at(centre, staff) or session.counter, now)
        if not planned:
            return ()
        said = await self._log.run(lambda connection: store.said_of_breaks(connection, centre.id, staff, now))
        return tuple(DayBreak(one, standing(one, said, now)) for one in planned)

    async def due_break(self, centre: Centre, session: Session, starts_at: int) -> PlannedBreak:
        """Find a break that is due for somebody.

        Raises:
            BreakUnknownError: none that begins then is.
        """
        for one in await self.breaks(centre, session):
            if one.planned.starts_at == starts_at and one.standing is BreakStanding.DUE:
                return one.planned
        raise BreakUnknownError

    async def say_of_break(self, centre: Centre, session: Session, one: PlannedBreak, *, is_taken: bool) -> None:
        """Write down whether somebody takes a break or leaves it out."""
        owner = self._owner(centre, session)
        await self._log.write(
            lambda connection: store.say_of_break(connection, owner, one.starts_at, is_taken=is_taken)
        )

    # ---------------------------------------------------------------------------------------------------------------

    def _began_at(self, centre: Centre, staff: StaffId) -> CounterId | None:
        """Say at which counter somebody served first today; once they have, it stays so, and is not looked for anew."""
        state = centre.state
        known = self._began.get(centre.id)
        if known is None or known[0] != state.day:
            known = self._began[centre.id] = (state.day, {})
        found = known[1].get(staff) or first_counter(state, Actor(f"staff/{staff}"))
        if found is not None:
            known[1][staff] = found
        return found

    def _owner(self, centre: Centre, session: Session) -> Owner:
        now = self._clock()
        return Owner(centre.id, session.staff, now, end_of(centre.rule, centre.rule.day_at(now), 1))

    async def _read(self, centre: CentreId, living: Sequence[str]) -> Mapping[str, str]:
        """Read the messages of a centre; those that are gone meanwhile are left out, and go from memory too."""
        held = self._texts.get(centre, {})
        texts = {ident: held[ident] for ident in living if ident in held}
        unknown = [ident for ident in living if ident not in held]
        if unknown:
            texts |= await self._log.write(lambda connection: self._open(connection, unknown, Actor("system")))
        self._texts[centre] = texts
        return texts

    def _open(self, connection: Connection, idents: Sequence[str], actor: Actor) -> dict[str, str]:
        found, now = {}, self._clock()
        for ident in idents:
            try:
                opened = self._vault.get(connection, ident, purpose=ReadPurpose.WORKING, actor=actor, now=now)
            except (RowUnknownError, PersonShreddedError):
                continue
            found[ident] = opened.text
        return found


def teams_of(centre: Centre) -> tuple[Team, ...]:
    """List the teams of a centre, by its staffing plan and its counters."""
    counters: dict[CounterId, Skills] = {one.id: one.skills for one in centre.settings.counters.values()}
    return teams(centre.setup.setup.staffing, counters)


def breaks_at(centre: Centre, counter: CounterId | None, now: Micros) -> tuple[PlannedBreak, ...]:
    """List the breaks that the plan has today for a counter."""
    team = None if counter is None else team_of(teams_of(centre), counter)
    setup, rule = centre.setup.setup, centre.rule
    if team is None or not any(pool.breaks for pool in setup.staffing):
        return ()
    return planned_breaks(setup.staffing, team.pools, ZoneInfo(rule.zone), rule, rule.day_at(now))


def _text(text: str, most: int) -> str:
    """Trim what was typed, its lines kept; browsers send them with two signs.

    Raises:
        StaffTextError: it is too long.
    """
    written = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    if len(written) > most:
        raise StaffTextError(most=most)
    return written
