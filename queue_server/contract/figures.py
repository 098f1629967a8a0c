"""Figures of a centre's days: how many came, how long they waited, how it ended. Nobody is in them."""

from queue_server.contract.base import Message


class DurationsView(Message, frozen=True):
    """How long something took; percentiles are of the middle of a range (docs/figures.md), null where there is none."""

    count: int
    """How many there were."""
    mean_s: float | None
    """Their mean, in seconds."""
    p50_s: int | None
    """Half of them took no longer, in seconds."""
    p90_s: int | None
    """Of 100, 90 took no longer, in seconds."""
    p95_s: int | None
    """Of 100, 95 took no longer, in seconds."""


class StandardView(Message, frozen=True):
    """What a service means to keep, and whether it did."""

    minutes: int
    """Calls are to come within so many minutes of waiting."""
    percent: int
    """Of a hundred calls so many."""
    within: int
    """How many calls came in that time."""
    met: bool | None
    """Whether that was so of enough of them; null where nobody was called."""


class FiguresRow(Message, frozen=True):
    """Figures of one key. At a step or a counter stops are counted, else visits."""

    key: str
    """A date, an hour as `HH:MM`, a service, a step and so on; `others` where groups are too small."""
    visits: int
    """How many visits, or stops, were counted."""
    arrived: int
    """How many of them came on these days."""
    people: int
    """How many people that were."""
    served: int
    """How many were served to the end."""
    missed: int
    """How many were called and not there."""
    abandoned: int
    """How many were cancelled."""
    not_served: int
    """How many were left when the day was over."""
    calls: int
    """How often somebody was called as the next."""
    calls_due: int
    """How many stops had a time at which the call was due, or ended without a call."""
    calls_in_time: int
    """How many of those were called in time."""
    transfers: int
    """How often somebody was handed on."""
    recalls: int
    """How often somebody was called again."""
    reprints: int
    """How often a ticket was printed again; 0 at a step or a counter."""
    settlements: int
    """How often fees were settled."""
    busy_s: int
    """For how many seconds counters had somebody, called or served; 0 where that is not counted."""
    waits: DurationsView
    """How long they waited at each stop: until the call, or until they left without one."""
    waits_in_vain: DurationsView
    """How long those of them waited who left without a call."""
    walks: DurationsView
    """How long it took from a call until serving began."""
    services: DurationsView
    """How long they were served at each stop, in all calls together."""
    stays: DurationsView
    """How long they were at the centre who were served, from ticket to end."""
    first_waits: DurationsView
    """How long who came on these days waited from the ticket to the first call, or until they left without one."""
    open_s: int | None = None
    """For how many seconds counters were open; null where that is not counted."""
    paused_s: int | None = None
    """For how many seconds counters paused."""
    idle_s: int | None = None
    """For how many seconds open counters had nobody, neither called nor served."""
    standard: StandardView | None = None
    """The standard of a service that has one."""


class FiguresAnswer(Message, frozen=True):
    """Figures of some days by one dimension."""

    by: str
    """By what is counted."""
    first_day: str
    """The first service day, as a date in the centre's zone."""
    last_day: str
    """The last service day, which is counted too."""
    rows: tuple[FiguresRow, ...]
    """A row a key, in the order of keys."""
