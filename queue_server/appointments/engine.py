"""What a process knows of each day that can be booked: who is there, what is taken, and how many do not come."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from queue_server.appointments import day_changes, store
from queue_server.appointments.capacity import StopDemand
from queue_server.appointments.decide import BookableDay, WantedTime
from queue_server.appointments.errors import AppointmentsNotOfferedError, ServiceClosedTodayError
from queue_server.appointments.model import Appointment
from queue_server.appointments.noshows import SEEN_DAYS, NoShowShares, shares
from queue_server.appointments.staffing import PartyJourney, capacity_rules, journey, staffed_day
from queue_server.appointments.store import DayBookCache
from queue_server.catalogue.appointments import AppointmentRules
from queue_server.centre.centres import Centre
from queue_server.contract.appointments import FreeTimeView
from queue_server.domain.appointments import BookedThrough, RemoteChannel
from queue_server.domain.tariff import Headcount
from queue_server.domain.values import HOUR, MINUTE, CentreId, Day, Micros, ServiceId, to_datetime

#: Who books at a desk sees who stands there, and may take the very next time.
AT_DESKS: Final = frozenset({BookedThrough.RECEPTION, BookedThrough.COUNTER})
#: Days that are remembered of a version of a set-up.
_MAX_DAYS: Final = 200
#: Days with what a party needs there, of which it is remembered which times are free: some megabytes.
_MAX_OFFERS: Final = 5_000


class BookedParty(msgspec.Struct, frozen=True):
    """Who comes, and for what: ``people`` by age band where that was asked."""

    services: tuple[ServiceId, ...]
    size: int
    people: tuple[Headcount, ...] = ()


class OfferCache:
    """The free times of days of which nothing has happened since they were counted. May be asked from any thread.

    They are named by all that they depend on: the set-up, the end of the day's stream, the hour whose shares count, and
    what a party needs. Where something will be free again by itself, they hold until then.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[Micros | None, tuple[FreeTimeView, ...]]] = OrderedDict()
        self._lock = threading.Lock()

    def find(
        self, named: Hashable, now: Micros, count: Callable[[], tuple[FreeTimeView, ...]], same_until: Micros | None
    ) -> tuple[FreeTimeView, ...]:
        """Give the free times, counted by ``count`` where they are not known; they change by themselves then."""
        with self._lock:
            known = self._known.get(named)
        if known is not None and (known[0] is None or now < known[0]):
            return known[1]
        found = count()
        with self._lock:
            self._known[named] = (same_until, found)
            self._known.move_to_end(named)
            while len(self._known) > _MAX_OFFERS:
                self._known.popitem(last=False)
        return found


class AppointmentEngine:
    """Puts together what is decided on. May be asked from any thread."""

    def __init__(self) -> None:
        self.books = DayBookCache()
        self.offers = OfferCache()
        self._days: dict[tuple[CentreId, int], dict[Day, BookableDay]] = {}
        self._shares: dict[CentreId, tuple[int, NoShowShares]] = {}

    def day(self, centre: Centre, day: Day) -> BookableDay:
        """Say who is there on a day.

        Raises:
            AppointmentsNotOfferedError: this centre gives no appointments.
        """
        stored, rules = centre.setup, rules_of(centre)
        known = self._days.get((centre.id, stored.version))
        if known is None or len(known) > _MAX_DAYS:
            # Of an earlier version nobody asks any more.
            self._days = {key: one for key, one in self._days.items() if key[0] != centre.id}
            known = self._days.setdefault((centre.id, stored.version), {})
        found = known.get(day)
        if found is None:
            staffed = staffed_day(stored.setup, rules, day)
            found = known[day] = BookableDay(centre.id, staffed, capacity_rules(rules))
        return found

    def shares(self, connection: Connection, centre: Centre, now: Micros) -> NoShowShares:
        """Say how many do not come; counted anew every hour."""
        hour = now // HOUR
        known = self._shares.get(centre.id)
        if known is None or known[0] != hour:
            since = Micros(now - SEEN_DAYS * 24 * HOUR)
            seen = store.seen_shares(connection, centre.id, since, now)
            known = self._shares[centre.id] = (hour, shares(seen, centre.rule.zone))
        return known[1]

    def wanted(  # noqa: PLR0917 - whatever a place depends on
        self,
        connection: Connection,
        centre: Centre,
        party: BookedParty,
        at: Micros,
        through: BookedThrough,
        now: Micros,
        *,
        ahead: bool = False,
    ) -> WantedTime:
        """Say what a party needs at a time, and between which times it may choose.

        Raises:
            AppointmentsNotOfferedError: no appointment is given for that.
            ServiceClosedTodayError: it is of today, and something of that is closed for today.
        """
        if is_closed(centre, party, centre.rule.day_at(at)):
            raise ServiceClosedTodayError
        rules, whole = rules_of(centre), journey_of_party(centre, party)
        earliest, latest = between(centre, rules, through, now)
        return WantedTime(
            at=at,
            services=party.services,
            party_size=party.size,
            people=party.people,
            stops=expected(centre, rules, whole, self.shares(connection, centre, now), at),
            seconds=whole.seconds,
            remote=whole.remote,
            earliest=earliest,
            latest=latest,
            ahead=ahead,
        )

    def journeys(self, connection: Connection, centre: Centre, now: Micros) -> day_changes.JourneyOf:
        """Make what says of a booking what it needs of staff, as the set-up now is."""
        rules, seen = rules_of(centre), self.shares(connection, centre, now)

        def needed(one: Appointment) -> tuple[StopDemand, ...] | None:
            whole = journey(centre.setup.setup, centre.settings, one.services, one.party_size)
            return None if whole is None else expected(centre, rules, whole, seen, one.at)

        return needed


def rules_of(centre: Centre) -> AppointmentRules:
    """Say how a centre gives appointments.

    Raises:
        AppointmentsNotOfferedError: it gives none.
    """
    rules = centre.setup.setup.appointments
    if rules is None:
        raise AppointmentsNotOfferedError
    return rules


def journey_of_party(centre: Centre, party: BookedParty) -> PartyJourney:
    """Line up what a party needs.

    Raises:
        AppointmentsNotOfferedError: no appointment is given for that, or for so many.
    """
    found = journey(centre.setup.setup, centre.settings, party.services, party.size)
    if found is None or party.size > centre.settings.max_party:
        raise AppointmentsNotOfferedError
    return found


def is_closed(centre: Centre, party: BookedParty, day: Day) -> bool:
    """Tell whether something that a party comes for is closed for that day, which only today can be."""
    state = centre.state
    return state.day == day and not state.closed_services.isdisjoint(party.services)


def needs_telephone(centre: Centre, party: BookedParty) -> bool:
    """Tell whether a party is called, so that it has to say at which number.

    Raises:
        AppointmentsNotOfferedError: no appointment is given for that, or for so many.
    """
    return journey_of_party(centre, party).remote is RemoteChannel.TELEPHONE


def expected(
    centre: Centre, rules: AppointmentRules, whole: PartyJourney, seen: NoShowShares, at: Micros
) -> tuple[StopDemand, ...]:
    """Say what a journey takes of staff, as many of its service do not come at that hour."""
    hour = to_datetime(at).astimezone(ZoneInfo(centre.rule.zone)).hour
    return whole.expected(seen.percent(whole.stops[0].service, hour), rules.overbooking_percent)


def last_day(centre: Centre, rules: AppointmentRules, now: Micros) -> Day:
    """Name the last day that can be booked."""
    today = date.fromisoformat(centre.rule.day_at(now))
    return Day((today + timedelta(weeks=rules.weeks)).isoformat())


def between(centre: Centre, rules: AppointmentRules, through: BookedThrough, now: Micros) -> tuple[Micros, Micros]:
    """Say between which times somebody may choose; the last is the end of the last day that can be booked."""
    lead = 0 if through in AT_DESKS else rules.lead_min * MINUTE
    after = Day((date.fromisoformat(last_day(centre, rules, now)) + timedelta(days=1)).isoformat())
    return Micros(now + lead), Micros(centre.rule.starts_at(after) - 1)


def days_between(first: Day, last: Day) -> Iterable[Day]:
    """List the days from one to another, both among them."""
    begin = date.fromisoformat(first)
    for number in range((date.fromisoformat(last) - begin).days + 1):
        yield Day((begin + timedelta(days=number)).isoformat())
