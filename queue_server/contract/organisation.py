"""Messages about several centres beside each other."""

from datetime import date, datetime

from queue_server.contract.base import Message, Names
from queue_server.domain.values import CentreId


class CentreStandingView(Message, frozen=True):
    """How one centre stands now. Counts are of visits, but for alarms, counters and devices; nobody is in them."""

    id: CentreId
    """Short name of the centre."""
    name: Names
    """Its name by language."""
    zone: str
    """Its time zone (IANA)."""
    is_open: bool
    """Whether its doors are open."""
    is_full: bool
    """Whether its kiosks issue no more tickets today."""
    needs_somebody: bool
    """Whether anything is wrong there: an alarm, a promise that is broken, or nobody can be served at all."""
    trouble: str
    """The code of why nobody can be served there by this server; empty where one can."""
    alarms_of_people: int
    """Alarms about people and counters, as its managers see them."""
    alarms_of_devices: int
    """Alarms about kiosks, boards and lockers."""
    alarms_of_others: int
    """Alarms about money, documents in custody, plans and lists."""
    waiting: int
    """Visits that wait."""
    overdue: int
    """Those of them whose promise is broken."""
    oldest_s: int | None
    """How long whoever waits longest has waited at this step, in seconds; null where nobody waits."""
    with_staff: int
    """Visits that were called or are with staff."""
    called: int
    """Calls of today."""
    in_time: int
    """Those of them that came within the promise."""
    finished: int
    """Visits that were finished today."""
    counters: int
    """Counters that are set up."""
    opened: int
    """Counters that are open."""
    paused: int
    """Counters that are paused."""
    devices: int
    """Kiosks, boards and lockers, which say how they are."""
    away: int
    """Those of them that are not heard of."""
    unwell: int
    """Those of them that are heard of, and need somebody."""


class OrganisationAnswer(Message, frozen=True):
    """Centres beside each other, the one that needs somebody most first."""

    at: datetime
    """The moment at which all of this was so."""
    centres: tuple[CentreStandingView, ...]
    """The centres that whoever asks answers for."""
    barred: int = 0
    """How many more there are that ask their managers for a second factor, which this session has not proved."""


class CentreComparisonView(Message, frozen=True):
    """One centre in terms that are alike for large and small ones. A number is null where nothing is known of it."""

    id: CentreId
    """Short name of the centre."""
    name: Names
    """Its name by language."""
    visits: int | None
    """Visits on these days, stops of them where one service is compared; null, as all other numbers, where they are
    fewer than five.
    """
    open_s: int | None
    """For how long counters were open, in seconds; null where one service is compared."""
    served_per_open_hour: float | None
    """Stops served in an hour of one open counter; null where counters were open for less than an hour in all."""
    in_time_share: float | None
    """What share of calls came within their promise, 0 to 1."""
    wait_p50_s: int | None
    """The wait at a step that half of the calls did not exceed, in seconds."""
    wait_p90_s: int | None
    """The wait at a step that 9 of 10 calls did not exceed, in seconds."""
    missed_share: float | None
    """What share of visits did not come when they were called, 0 to 1."""
    idle_share: float | None
    """In what share of the time of open counters nobody was called or served, 0 to 1."""


class ComparisonAnswer(Message, frozen=True):
    """Centres compared over some days, the one where fewest promises were kept first."""

    first: date
    """The first service day."""
    last: date
    """The last service day, itself among them."""
    service: str | None
    """The service that is compared; null: all."""
    centres: tuple[CentreComparisonView, ...]
    """The centres that whoever asks answers for."""
    barred: int = 0
    """How many more there are that ask their managers for a second factor, which this session has not proved."""
