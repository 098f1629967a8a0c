"""What the custody desk shows, as frozen values: built by the presenters beside, drawn by the templates."""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Micros
from queue_server.web.audit.page import SelectOption
from queue_server.web.counter.page import ActionKey


class ViewTab(msgspec.Struct, frozen=True):
    """A view that can be chosen; ``digit`` with Alt does it."""

    url: str
    label: Markup
    digit: str
    here: bool


class StateCell(msgspec.Struct, frozen=True):
    """How many items are in a state for so long; nothing where there is none."""

    url: str
    count: int
    chosen: bool


class StateRow(msgspec.Struct, frozen=True):
    """A state by age. ``is_late`` where the oldest needs somebody."""

    name: Markup
    cells: tuple[StateCell, ...]
    whole: StateCell
    oldest: Markup
    is_late: bool


class ItemRow(msgspec.Struct, frozen=True):
    """An item in a list. ``can`` are the verbs that all of a selection can have done to it now."""

    id: str
    url: str
    label: str
    barcode: str
    what: Markup
    note: Markup
    government: str
    reference: str
    place: Markup
    since: str
    days: int
    can: str
    is_bad: bool = False


class ItemList(msgspec.Struct, frozen=True):
    """The list of items. ``more`` counts those for which there is no room; ``filters`` narrow it."""

    ages: tuple[Markup, ...]
    states: tuple[StateRow, ...]
    total: StateRow
    head: Markup
    found: int
    rows: tuple[ItemRow, ...]
    more: int
    older: str
    newer: str
    holders: tuple[SelectOption, ...]
    governments: tuple[SelectOption, ...]
    narrowed: str
    needs: tuple[ItemRow, ...]
    needs_total: int
    bags: tuple[SelectOption, ...]
    recalls: tuple[SelectOption, ...]


class ChainLine(msgspec.Struct, frozen=True):
    """Something that happened to an item, and who has had it since."""

    when: Markup
    what: Markup
    who: str
    holder: Markup
    hash: str


class VerbLine(msgspec.Struct, frozen=True):
    """Something that is seldom done to an item: a press, or a dialog; ``note`` says why not, where it cannot be."""

    act: str
    label: Markup
    note: Markup
    ready: bool
    dialog: str = ""
    url: str = ""
    slot: str = ""


class ContactForm(msgspec.Struct, frozen=True):
    """Where it is written down how somebody is told, and the languages of messages."""

    url: str
    languages: tuple[SelectOption, ...]


class ItemDetail(msgspec.Struct, frozen=True):
    """One item. ``next`` says what to do with it now."""

    id: str
    url: str
    label: str
    barcode: str
    what: Markup
    state: Markup
    place: Markup
    next: Markup
    is_bad: bool
    facts: tuple[tuple[Markup, Markup], ...]
    chain: tuple[ChainLine, ...]
    verbs: tuple[VerbLine, ...]
    marks: tuple[SelectOption, ...]
    proofs: tuple[SelectOption, ...]
    recalls: tuple[SelectOption, ...]
    give_backs: tuple[SelectOption, ...]
    destroys: tuple[SelectOption, ...]
    contact: ContactForm


class BagRow(msgspec.Struct, frozen=True):
    """A bag in a list."""

    id: str
    url: str
    seal: str
    government: str
    way: Markup
    state: Markup
    count: int
    since: Markup


class BagList(msgspec.Struct, frozen=True):
    """The bags that are not at their end."""

    rows: tuple[BagRow, ...]
    governments: tuple[SelectOption, ...]


class BagLine(msgspec.Struct, frozen=True):
    """An item in a bag."""

    url: str
    label: str
    what: Markup
    note: Markup


class BagDetail(msgspec.Struct, frozen=True):
    """One bag. ``can_add``: scans go into it, or out of it where it ``comes``. ``needs_two``: two people seal it."""

    id: str
    url: str
    seal: str
    government: str
    state: Markup
    comes: bool
    can_add: bool
    is_whole: bool
    lines: tuple[BagLine, ...]
    facts: tuple[tuple[Markup, Markup], ...]
    next: Markup
    needs_two: bool
    waiting: tuple[ItemRow, ...]
    waiting_total: int
    marks: tuple[SelectOption, ...]


class ReceiveDesk(msgspec.Struct, frozen=True):
    """Taking in. ``languages`` are of letters, ``last`` is what was just handed in, ``lying`` what has no place yet."""

    kinds: tuple[SelectOption, ...]
    marks: tuple[SelectOption, ...]
    governments: tuple[SelectOption, ...]
    languages: tuple[SelectOption, ...]
    last: ItemDetail | None
    lying: tuple[ItemRow, ...]
    lying_total: int


class DrawerLine(msgspec.Struct, frozen=True):
    """A drawer in which something lies; how much, nobody is told before it was counted."""

    name: str
    url: str


class StockCount(msgspec.Struct, frozen=True):
    """Counting a drawer; ``missing`` and ``surplus`` are what a count has found, once one ``is_counted``."""

    drawers: tuple[DrawerLine, ...]
    drawer: str
    is_counted: bool = False
    was_expected: int = 0
    missing: tuple[ItemRow, ...] = ()
    surplus: tuple[ItemRow, ...] = ()


class StageCell(msgspec.Struct, frozen=True):
    """A state of cases: how many are in it, and for how long the oldest is open."""

    url: str
    name: Markup
    count: int
    oldest: Markup
    chosen: bool


class CaseRow(msgspec.Struct, frozen=True):
    """A case in the list. ``entries`` are its documents as the page needs them for what is done to several (JSON)."""

    id: str
    url: str
    reference: str
    service: str
    government: str
    stage: Markup
    days: int
    deadline: str
    left: Markup
    is_over: bool
    items: int
    entries: str
    chosen: bool


class CaseDetail(msgspec.Struct, frozen=True):
    """One case: how old, where it can be corrected to, its documents, and what happened."""

    reference: str
    service: str
    government: str
    stage: Markup
    age: Markup
    left: Markup
    is_over: bool
    url: str
    moves: tuple[SelectOption, ...]
    reasons: tuple[SelectOption, ...]
    items: tuple[ItemRow, ...]
    chain: tuple[ChainLine, ...]


class CaseList(msgspec.Struct, frozen=True):
    """The case list; ``deadline_days`` is within how many days an authority should be done."""

    stages: tuple[StageCell, ...]
    head: Markup
    found: int
    rows: tuple[CaseRow, ...]
    more: int
    older: str
    newer: str
    governments: tuple[SelectOption, ...]
    services: tuple[SelectOption, ...]
    narrowed: str
    bags: tuple[SelectOption, ...]
    recalls: tuple[SelectOption, ...]
    chosen: CaseDetail | None
    deadline_days: int


class DoorPicture(msgspec.Struct, frozen=True):
    """A door in the picture of a bank, in the units of the picture; ``says`` is its state in words."""

    name: str
    state: str
    says: Markup
    x: int
    y: int
    width: int
    height: int
    chosen: bool


class LockerDesk(msgspec.Struct, frozen=True):
    """Loading and unloading of a bank. ``step`` is 1 (label), 2 (compartment) or 3 (door); ``door`` is the one meant.

    ``other`` proposes another compartment, ``anew`` begins with another document. ``unclear`` are those into which
    staff have to look, or all where there is none.
    """

    name: str
    url: str
    banks: tuple[SelectOption, ...]
    step: int
    label: str
    door: str
    head: Markup
    sentence: Markup
    tone: str
    doors: tuple[DoorPicture, ...]
    width: int
    height: int
    picture: str
    legend: tuple[tuple[str, Markup, int], ...]
    other: str
    anew: str
    next: tuple[ItemRow, ...]
    next_total: int
    comes_out: tuple[ItemRow, ...]
    comes_out_total: int
    unclear: tuple[SelectOption, ...]
    occupied: tuple[SelectOption, ...]
    every: tuple[SelectOption, ...]
    reasons: tuple[SelectOption, ...]


class ToldLine(msgspec.Struct, frozen=True):
    """Of what somebody was to be told, and what became of it."""

    when: Markup
    what: Markup
    outcome: Markup


class RecallRow(msgspec.Struct, frozen=True):
    """An item that somebody waits for; ``told`` says how far it has come that they know."""

    id: str
    url: str
    label: str
    what: Markup
    reference: str
    place: Markup
    since: str
    days: int
    last_day: str
    told: Markup
    is_bad: bool
    chosen: bool


class RecallDetail(msgspec.Struct, frozen=True):
    """The chosen item: how whoever waits for it is told, of what they were, and what to do now."""

    label: str
    what: Markup
    state: Markup
    place: Markup
    last_day: Markup
    address: str
    contact: Markup
    next: Markup
    is_bad: bool
    told: tuple[ToldLine, ...]
    form: ContactForm


class RecallList(msgspec.Struct, frozen=True):
    """Whom nothing has reached, and who does not come."""

    cells: tuple[StageCell, ...]
    head: Markup
    found: int
    rows: tuple[RecallRow, ...]
    more: int
    older: str
    newer: str
    chosen: RecallDetail | None


class CustodyPage(msgspec.Struct, frozen=True):
    """The view that was asked for is there, of the others nothing. ``lost``: what the address names is not here."""

    now: Micros
    refresh_at: Micros
    view: str
    tabs: tuple[ViewTab, ...]
    keys: tuple[ActionKey, ...] = ()
    lost: Markup = Markup()
    items: ItemList | None = None
    item: ItemDetail | None = None
    receive: ReceiveDesk | None = None
    bags: BagList | None = None
    bag: BagDetail | None = None
    count: StockCount | None = None
    cases: CaseList | None = None
    lockers: LockerDesk | None = None
    recall: RecallList | None = None
