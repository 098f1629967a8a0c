"""Messages of the feeds: a snapshot, and then what changes in it (docs/decisions/0003)."""

from datetime import date, datetime

from msgspec import UNSET, UnsetType

from queue_server.contract.base import Message, Names
from queue_server.contract.catalogue import CounterView, Direction
from queue_server.contract.hall import HelpView, NoticeView
from queue_server.contract.visits import VisitView
from queue_server.domain.values import CentreId, CounterState, Intake, StepId, TicketCode


class BoardCallView(Message, frozen=True):
    """A call as a board shows it; ``repeats`` counts recalls, ``language`` is the ticket's.

    ``active`` while the visit is still called: nobody has come yet. Afterwards the call stays in the list of those
    before, for people who look up late; an undone call is gone.
    """

    seq: int
    code: TicketCode
    counter: str
    direction: Direction | None
    at: datetime
    repeats: int
    language: str
    active: bool


class BoardWaiting(Message, frozen=True):
    """How many visits wait for a step."""

    step: StepId
    name: Names
    visits: int


class BoardCounter(Message, frozen=True):
    """A counter as the display over it shows it; ``code`` is who is called to it or served there."""

    name: str
    state: CounterState
    code: TicketCode | None = None
    called: bool = False


class BoardView(Message, frozen=True):
    """All a board shows: the calls of this service day, newest first, at most 7, and how many wait for each step."""

    centre: CentreId
    name: Names
    languages: tuple[str, ...]
    zone: str
    calls: tuple[BoardCallView, ...]
    waiting: tuple[BoardWaiting, ...]
    counters: tuple[BoardCounter, ...] = ()
    notices: tuple[NoticeView, ...] = ()


class QueueView(Message, frozen=True):
    """Snapshot for counters, kiosks' own place, managers and integrations: today's visits that are not over, by key."""

    centre: CentreId
    day: date
    closed: bool
    visits: tuple[VisitView, ...]
    counters: tuple[CounterView, ...]
    help: tuple[HelpView, ...]
    notices: tuple[NoticeView, ...] = ()
    intake: Intake = Intake.OPEN


class BoardSnapshot(Message, frozen=True):
    cursor: str
    at: datetime
    board: BoardView


class QueueSnapshot(Message, frozen=True):
    cursor: str
    at: datetime
    queue: QueueView


class Frame(Message, frozen=True):
    """One frame of a feed, encoded once per audience. ``type`` is ``snapshot`` or the event's.

    An audience gets what it may see, as it is after the event: boards the whole ``board``; the others the entities that
    the event touched (``visit``, ``counter``, ``help``), merged by id, and ``intake`` and all ``notices`` when those
    change; a snapshot brings ``board`` or ``queue`` whole, at first and whenever frames would not do. Kiosks get
    ``help`` of their own device, ``version`` when the catalogue changed, ``intake``, and all ``notices`` of kiosks
    when those change. A frame of type ``beat`` only shows that the line is alive and carries the last cursor again;
    one of type ``payments`` does too, and tells staff that a kiosk asks them about money, or has its answer.
    """

    cursor: str
    stream: str
    seq: int
    type: str
    at: datetime
    board: BoardView | UnsetType = UNSET
    queue: QueueView | UnsetType = UNSET
    visit: VisitView | UnsetType = UNSET
    counter: CounterView | UnsetType = UNSET
    help: HelpView | UnsetType = UNSET
    version: int | UnsetType = UNSET
    notices: tuple[NoticeView, ...] | UnsetType = UNSET
    intake: Intake | UnsetType = UNSET
