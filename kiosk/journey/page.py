"""What the journey shows: one frozen value a page, all that its QML file needs and nothing else.

Text that belongs to the kiosk is in the QML files (and their translations); names of governments, services and
places come from the catalogue in the person's language and travel here as text.
"""

from typing import Literal

import msgspec

from queue_server.contract.devices import PartState

#: Where a device stands, seen by who stands before the screen.
type Side = Literal["left", "right", "below"]
type View = Literal["main", "more", "addresses"]
type ChipState = Literal["waiting", "reading", "back", "can", "ended"]
type Paying = Literal[
    "checking",
    "paying",
    "asking",
    "undoing",
    "printing",
    "offer",
    "paid",
    "not-paid",
    "given-back",
    "going-back",
    "staff",
    "broken",
]
type Found = Literal[
    "looking",
    "waiting",
    "called",
    "serving",
    "parked",
    "missed",
    "over",
    "unknown",
    "away",
    "not-shown",
    "limited",
]


class Choice(msgspec.Struct, frozen=True):
    """One thing to choose: ``icon`` names a file of ``kit/icons``; ``badge`` stands in the well instead of it."""

    id: str
    label: str
    icon: str = ""
    badge: str = ""


class Stop(msgspec.Struct, frozen=True):
    """One step of the visit, in order; ``place`` is empty where the catalogue names none."""

    label: str
    place: str = ""


class Language(msgspec.Struct, frozen=True):
    code: str
    endonym: str


class Said(msgspec.Struct, frozen=True):
    """A notice in one language; ``own`` is what staff typed, empty where the sentence is a prepared one."""

    language: str
    own: str = ""


class Notice(msgspec.Struct, frozen=True):
    """What staff announce: ``text`` names the prepared sentence, or is ``own``."""

    text: str
    said: tuple[Said, ...]


class Part(msgspec.Struct, frozen=True):
    """One device of the kiosk: ``printer``, ``reader``, ``chip``, ``scanner`` or ``terminal``; ``code`` of its failure.

    ``address`` is that of the settings, empty where there is none.
    """

    name: str
    state: PartState
    code: str = ""
    address: str = ""


class Trial(msgspec.Struct, frozen=True):
    """A test that a technician makes; ``code`` is a failure code where it ended badly.

    ``stands``: it ended well, and something else does not work now.
    """

    what: Literal["print", "roll", "reader", "chip", "scanner", "terminal"]
    state: Literal["running", "good", "stands", "bad"] = "running"
    code: str = ""


class Fee(msgspec.Struct, frozen=True):
    """What a service costs: whole minor units of ``currency`` (ISO 4217), which has ``exponent`` decimal digits."""

    minor: int
    currency: str
    exponent: int


class Payment(msgspec.Struct, frozen=True):
    """How far it is with paying.

    ``phase``: what goes on, or how it ended (``kiosk.payment.state.Phase``). ``progress``: what the terminal waits for
    or does (``peripherals.payment.port.Progress``), empty where it has not said. ``reason``: ``declined``,
    ``cancelled`` or ``failed`` where it was not paid, else a stable code of why it did not go well.
    ``card``: it was ``read``, or ``accepted``: the person is asked for nothing more, and stops nothing any more.
    ``paper`` is the ticket's: ``none``, ``taken``, or ``cut`` where nobody knows. ``claim`` is what to say to staff
    where only they can settle it, ``claim_paper`` whether it is on a slip. ``may_cancel``: an end can still be asked
    for.
    """

    phase: Paying = "checking"
    progress: str = ""
    reason: str = ""
    visit: str = ""
    code: str = ""
    paper: Literal["none", "taken", "cut"] = "none"
    claim: str = ""
    claim_paper: bool = False
    may_cancel: bool = False
    card: Literal["", "read", "accepted"] = ""


class Page(msgspec.Struct, frozen=True, tag_field="page", tag=lambda name: name.removesuffix("Page").lower()):
    """What every page has: ``step`` of ``steps`` dots (0 = outside of the journey), and what the bar can do."""

    step: int = 0
    steps: int = 5
    can_back: bool = True
    can_restart: bool = True
    can_language: bool = True
    centre: str = ""


class SetupPage(Page, frozen=True):
    """The kiosk is not enrolled: digits of the enrolment code typed so far; ``problem`` is a failure code or empty."""

    entered: str = ""
    length: int = 8
    busy: bool = False
    problem: str = ""


class LanguagePage(Page, frozen=True):
    """``scanner``: a ticket can be shown again here. ``notice`` is said in all languages.

    ``reader``: ``ready`` | ``reading`` | ``again`` (put it down again) | ``read`` | ``missing`` (say nothing of it).
    ``suggested`` is the language that a document speaks for, or empty.
    """

    languages: tuple[Language, ...] = ()
    reader: Literal["ready", "reading", "again", "read", "missing"] = "missing"
    suggested: str = ""
    no_paper: bool = False
    scanner: bool = False
    notice: Notice | None = None


class IdentifyPage(Page, frozen=True):
    """Put the document on the reader, or go on without.

    ``reader``: ``ready`` | ``reading`` | ``again`` (could not be read, put it down again) | ``missing`` (no reader).
    ``chip``: its chip is read too, and staff see what it came to.
    """

    reader: Literal["ready", "reading", "again", "missing"] = "ready"
    chip: bool = False
    side: Side = "below"
    no_paper: bool = False
    notice: Notice | None = None


class ChipPage(Page, frozen=True):
    """Leave the document where it is: its chip is read.

    ``state``: ``waiting`` (for the chip) | ``reading`` | ``back`` (it was taken away, and is waited for) | ``ended``;
    where it is ``can`` there is ``CanPage`` in its place.
    ``outcome`` and ``seal`` are those of ``Chip``.
    """

    state: ChipState = "waiting"
    percent: int = 0
    outcome: str = ""
    seal: str = ""


class CanPage(Page, frozen=True):
    """The number on the card, typed so far. ``again``: the one before did not open the chip."""

    entered: str = ""
    again: bool = False


class GovernmentPage(Page, frozen=True):
    """Six ``choices`` at most, ``more`` among them: "Another country" leads on."""

    choices: tuple[Choice, ...] = ()
    more: bool = False


class KindPage(Page, frozen=True):
    """As before. ``told``: the document said the country, and another one is a touch away."""

    government: str = ""
    told: bool = False
    choices: tuple[Choice, ...] = ()
    more: bool = False


class ServicePage(Page, frozen=True):
    kind: str = ""
    choices: tuple[Choice, ...] = ()
    more: bool = False


class Chosen(msgspec.Struct, frozen=True):
    """A service that was chosen, and the government that it is for; ``icon`` is that of its kind."""

    id: str
    service: str
    government: str
    icon: str = ""


class Band(msgspec.Struct, frozen=True):
    """People of an age, who are counted: from ``from_age`` years to ``to_age``, -1: and older.

    ``label`` is empty where the centre counts nobody by age. ``fee`` is what each of them pays, None where that cannot
    be said; ``free``: nothing.
    """

    id: str
    label: str = ""
    from_age: int = 0
    to_age: int = -1
    count: int = 0
    fee: Fee | None = None
    free: bool = False


class MorePage(Page, frozen=True):
    """What was chosen so far, for how many ``people`` (``bands``), and whether something can be added.

    ``party``: more people can be named here than one.
    """

    chosen: tuple[Chosen, ...] = ()
    people: int = 1
    bands: tuple[Band, ...] = ()
    can_add: bool = False
    party: bool = False


class PartyPage(Page, frozen=True):
    """How many people it is for; ``most`` is as many as get one number here."""

    bands: tuple[Band, ...] = ()
    people: int = 1
    most: int = 1


#: By what word somebody of a party is called; ``person`` where a band says nothing of it.
type Age = Literal["person", "adult", "child", "small"]
type DocumentReader = Literal["ready", "reading", "again", "twice", "missing"]


class Person(msgspec.Struct, frozen=True):
    """One of a party on the page of their documents: the ``nth``, from 1, of an ``age``, ``alone`` where there is one.

    ``state``: ``read`` | ``now`` | ``later`` (their turn comes) | ``none`` (they have no document) | ``counter`` (staff
    see to it). ``name`` is masked, the first letter of what was read, or empty.
    """

    age: Age
    nth: int
    alone: bool
    state: Literal["read", "now", "later", "none", "counter"]
    name: str = ""


class DocumentsPage(Page, frozen=True):
    """The documents of a party, one after the other. Nobody is ``now`` once everybody was asked.

    ``reader`` as on ``IdentifyPage``, or ``twice``: this document was read already. ``chip`` is how far it is with the
    one that lies there (``ChipPage.state``), empty where none is read.
    """

    people: tuple[Person, ...] = ()
    reader: DocumentReader = "ready"
    chip: Literal["", "waiting", "reading", "back", "can", "ended"] = ""
    percent: int = 0
    side: Side = "below"


class ConfirmPage(Page, frozen=True):
    """``service`` names all ``services`` that were chosen; ``people`` for whom it is."""

    service: str = ""
    government: str = ""
    icon: str = ""
    stops: tuple[Stop, ...] = ()
    no_paper: bool = False
    asks: bool = False
    fee: bool = False
    services: int = 1
    people: int = 1


class FeePage(Page, frozen=True):
    """What it costs, and where to pay. ``desk`` is the name of the stop where it is paid later, empty for a counter.

    ``can_pay``: now, here or at a cash desk (``by_hand``); else only later, at a counter.
    """

    fee: Fee = Fee(0, "EUR", 2)
    service: str = ""
    government: str = ""
    icon: str = ""
    services: int = 1
    people: int = 1
    can_pay: bool = True
    side: Side = "right"
    by_hand: bool = False
    working: bool = False
    desk: str = ""


class PayPage(Page, frozen=True):
    """Paying at the terminal. ``cancelled``: an end was asked for. ``again``: it can be tried again here.

    ``by_hand``: staff take the money at a cash desk, and give it back there. ``working``: a ticket is being made.
    ``longer``: it takes longer than people expect. ``staff``: how far a call for staff is (``HelpPage.sent``), empty
    where they were not called. ``desk`` as before.
    """

    fee: Fee = Fee(0, "EUR", 2)
    payment: Payment = Payment()
    side: Side = "right"
    cancelled: bool = False
    again: bool = False
    by_hand: bool = False
    working: bool = False
    longer: bool = False
    staff: Literal["", "sending", "told", "coming", "away"] = ""
    desk: str = ""


class AskPage(Page, frozen=True):
    """Who needs to go first may ask for it; nobody is asked why. ``asks`` as it is so far."""

    asks: bool = False


class TicketPage(Page, frozen=True):
    """The ticket exists.

    ``paper``: ``printing`` | ``taken`` (on paper) | ``none`` (no paper) | ``cut`` (ended in mid-job, or not proved).
    ``ahead`` is the number of visits before this one, or -1 where the server has not said it. ``address`` is what its
    QR code says, for who has no paper; ``can_print``: there is paper again.
    """

    code: str = ""
    paper: Literal["printing", "taken", "none", "cut"] = "printing"
    address: str = ""
    can_print: bool = False
    ahead: int = -1
    stops: tuple[Stop, ...] = ()
    asks: bool = False
    paid: bool = False
    notice: Notice | None = None


class CodePage(Page, frozen=True):
    """The number of a ticket, typed so far. ``letters`` are those to choose from, empty once there is one.

    ``ready``: it can be looked up.
    """

    entered: str = ""
    letters: tuple[str, ...] = ()
    ready: bool = False


class PlacePage(Page, frozen=True):
    """A ticket was shown again, or its number was ``typed``.

    ``found``: ``looking`` | where the visit is | ``over`` | ``unknown`` (no ticket of ours) | ``away`` (no server) |
    ``not-shown`` (boards do not show what was typed) | ``limited`` (too much was typed here).
    ``ahead`` is the number of visits before it, or -1 where nobody knows. ``counter`` is what its plate says; ``stop``
    and ``place`` are where the visit goes now, empty where that is not known.
    """

    found: Found = "looking"
    typed: bool = False
    code: str = ""
    ahead: int = -1
    counter: str = ""
    stop: str = ""
    place: str = ""


class HelpPage(Page, frozen=True):
    """Staff were called, ``minutes`` ago; ``late``: and nobody has said yet that they come.

    ``sent``: ``sending`` | ``told`` (at the server) | ``coming`` (taken by staff) | ``away`` (no server).
    """

    sent: Literal["sending", "told", "coming", "away"] = "sending"
    minutes: int = 0
    late: bool = False
    private: bool = False
    kiosk: str = ""
    has_ticket: bool = False


class DisplayPage(Page, frozen=True):
    large: bool = False
    contrast: bool = False
    lowered: bool = False


class IdlePage(Page, frozen=True):
    """Are you still there? ``left`` seconds until the wipe."""

    left: int = 20


class SorryPage(Page, frozen=True):
    """Nothing can be issued here now; ``problem`` is a failure code. A person is reachable instead.

    ``others`` are further languages that say it as long as nobody has chosen one.
    """

    problem: str = ""
    others: tuple[str, ...] = ()


class MomentPage(Page, frozen=True):
    """One moment: a payment that was cut off is settled before anybody is served."""


class RestPage(Page, frozen=True):
    """No tickets are given now, and why. It comes between two persons only.

    ``others`` are further languages that say it as long as nobody has chosen one.
    ``days`` nights lie before it opens again, -1 where nobody knows when. ``weekday`` is 1 (Monday) to 7, ``time`` is
    ``HH:MM``, all in the centre's zone. ``sign`` tells this machine from another that is the same kiosk (``copied``).
    """

    reason: Literal["closed", "last-ticket", "full", "out-of-order", "copied"] = "closed"
    sign: str = ""
    days: int = -1
    weekday: int = 1
    day: int = 1
    month: int = 1
    time: str = ""
    others: tuple[str, ...] = ()
    scanner: bool = False
    notice: Notice | None = None


class EmergencyPage(Page, frozen=True):
    """An emergency, in every language at once. ``code`` is the ticket of who stands here and has one."""

    notice: Notice = Notice("leave-building", ())
    code: str = ""


class PinPage(Page, frozen=True):
    """The technician's PIN, a dot for each digit. ``problem``: ``pin-wrong`` | ``pin-wait`` (minutes), or empty."""

    entered: str = ""
    length: int = 6
    busy: bool = False
    problem: str = ""
    wait_min: int = 0


class TechnicianPage(Page, frozen=True):
    """How the kiosk is, and what a technician does to it: often (``main``), rarely (``more``), or to ``addresses``."""

    kiosk: str = ""
    version: str = ""
    parts: tuple[Part, ...] = ()
    connected: bool = False
    waiting: int = 0
    refused: int = 0
    out_of_order: bool = False
    view: View = "main"
    trial: Trial | None = None


class AddressPage(Page, frozen=True):
    """The address of one device, typed so far; ``problem`` is the failure code of one that was not kept."""

    part: str = ""
    entered: str = ""
    busy: bool = False
    problem: str = ""
