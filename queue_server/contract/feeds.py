"""Messages of the feeds: a snapshot, and then what changes in it (docs/decisions/0003)."""

from datetime import date, datetime

from msgspec import UNSET, UnsetType

from queue_server.contract.base import Message, Names
from queue_server.contract.catalogue import CounterView, Direction
from queue_server.contract.hall import HelpView, NoticeView
from queue_server.contract.visits import VisitView
from queue_server.contract.waits import WaitView
from queue_server.domain.values import CentreId, CounterState, Intake, ServiceId, StepId, TicketCode


class BoardCallView(Message, frozen=True):
    """A call as a board shows it."""

    seq: int
    """The number of its event in the stream of the day; a higher one is newer."""
    code: TicketCode
    """The ticket code that is called."""
    counter: str
    """What the plate over the counter says."""
    direction: Direction | None
    """The way to the counter as one faces the board; null where that was not set up."""
    at: datetime
    """When it was called last (UTC)."""
    repeats: int
    """How often it was called again."""
    language: str
    """The language of the ticket (BCP 47), in which the call is spoken."""
    active: bool
    """Whether nobody has come yet. Afterwards the call stays among those before, for people who look up late; an undone
    call is gone.
    """


class BoardWaiting(Message, frozen=True):
    """How many visits wait for a step."""

    step: StepId
    """Id of the step."""
    name: Names
    """The name of the step by language."""
    visits: int
    """How many visits wait for it."""
    wait: WaitView | None = None
    """How long somebody waits who is ready there now; null where nothing can be said."""


class BoardCounter(Message, frozen=True):
    """A counter as the display over it shows it."""

    name: str
    """What the plate over the counter says."""
    state: CounterState
    """Whether it is open, paused or closed."""
    code: TicketCode | None = None
    """Ticket code of whoever is called to it or served there; null where nobody is."""
    called: bool = False
    """Whether that ticket is called and nobody has come yet."""


class BoardView(Message, frozen=True):
    """All that a board shows, and nothing of who has a ticket or what they came for."""

    centre: CentreId
    """Id of the centre."""
    name: Names
    """Name of the centre by language."""
    languages: tuple[str, ...]
    """Languages in which the board speaks (BCP 47), the main one first."""
    zone: str
    """The centre's time zone (IANA), for the clock on the board."""
    calls: tuple[BoardCallView, ...]
    """Calls of this service day, newest first, at most 7."""
    waiting: tuple[BoardWaiting, ...]
    """How many visits wait for each step, where any do."""
    counters: tuple[BoardCounter, ...] = ()
    """The counters, for the displays over them."""
    notices: tuple[NoticeView, ...] = ()
    """Notices that boards show."""


class QueueView(Message, frozen=True):
    """The day as counters, managers and integrations see it.

    A kiosk sees no visits and no counters, and its own help calls alone.
    """

    centre: CentreId
    """Id of the centre."""
    day: date
    """The service day, in the centre's zone."""
    closed: bool
    """Whether the day has ended; nobody is called any more."""
    visits: tuple[VisitView, ...]
    """Visits of today that are not over, those that wait in the order of their calling."""
    counters: tuple[CounterView, ...]
    """The counters as they stand."""
    help: tuple[HelpView, ...]
    """Help calls to which nobody goes yet."""
    notices: tuple[NoticeView, ...] = ()
    """Notices that are shown."""
    intake: Intake = Intake.OPEN
    """Whether kiosks issue tickets."""
    closed_services: tuple[ServiceId, ...] = ()
    """Ids of the services that are closed for the rest of this day."""


class BoardSnapshot(Message, frozen=True):
    """A board as it is now, and from where to go on."""

    cursor: str
    """From where the feed goes on; opaque."""
    at: datetime
    """What time it is at the server (UTC)."""
    board: BoardView
    """All that a board shows."""


class QueueSnapshot(Message, frozen=True):
    """The day as it is now, and from where to go on."""

    cursor: str
    """From where the feed goes on; opaque."""
    at: datetime
    """What time it is at the server (UTC)."""
    queue: QueueView
    """The day as this client may see it."""


class EntityFrame(Message, frozen=True):
    """One frame of a feed of entities: payments, applications and the like, each feed with a type of its own."""

    cursor: str
    """From where the feed goes on after this frame; opaque."""
    type: str
    """``snapshot``: ``entities`` are all that are on the feed. ``change``: those that are otherwise than before.
    ``beat`` only shows that the line is alive.
    """
    at: datetime
    """When it was told (UTC)."""


class FeedFrame(Message, frozen=True):
    """One frame of a feed, encoded once for each audience.

    A client gets what it may see, as it is after the event: boards the whole ``board``; the others the entities that
    the event touched, merged by id. A snapshot brings ``board`` or ``queue`` whole, at first and whenever frames would
    not do.
    """

    cursor: str
    """From where the feed goes on after this frame; opaque."""
    stream: str
    """Name of the stream in which it happened."""
    seq: int
    """The number of the event in that stream."""
    type: str
    """``snapshot``, or the type of the event (docs/events.md). ``beat`` only shows that the line is alive; ``payments``
    tells staff that a kiosk asks them about money, or has its answer.
    """
    at: datetime
    """When it happened (UTC)."""
    board: BoardView | UnsetType = UNSET
    """All that a board shows; for boards."""
    queue: QueueView | UnsetType = UNSET
    """The day as this client may see it; in a snapshot."""
    visit: VisitView | UnsetType = UNSET
    """A visit that was touched; not for boards and kiosks."""
    counter: CounterView | UnsetType = UNSET
    """A counter that was touched; not for boards and kiosks."""
    help: HelpView | UnsetType = UNSET
    """A help call that was touched; a kiosk gets those of its own."""
    version: int | UnsetType = UNSET
    """The version of the catalogue, when it changed; for kiosks."""
    notices: tuple[NoticeView, ...] | UnsetType = UNSET
    """All notices of this client, when one of them changed."""
    intake: Intake | UnsetType = UNSET
    """Whether kiosks issue tickets, when that changed."""
    closed_services: tuple[ServiceId, ...] | UnsetType = UNSET
    """Ids of all services that are closed for the rest of this day, when that changed."""
