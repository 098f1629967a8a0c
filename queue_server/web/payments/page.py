"""What pages show of money, as frozen values: built by the presenters beside, drawn by the templates."""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import ServiceId, VisitId
from queue_server.web.counter.page import Option


class Taking(msgspec.Struct, frozen=True):
    """An amount that can be taken by hand: ``minor`` is what is sent, ``amount`` what is read."""

    services: tuple[ServiceId, ...]
    what: Markup
    amount: Markup
    minor: int
    currency: str


class Refundable(msgspec.Struct, frozen=True):
    """A payment of which ``left`` may go back; ``pattern`` is what may be typed as an amount of its currency."""

    url: str
    what: Markup
    left: Markup
    value: str
    pattern: str
    digits: int


class Copy(msgspec.Struct, frozen=True):
    """A receipt that can be printed, once more where a kiosk has."""

    text: Markup
    url: str
    amount: Markup


class Money(msgspec.Struct, frozen=True):
    """``line`` is what the page says; each list is empty where there is nothing of it to do, or not for this person."""

    line: Markup
    tone: str
    icon: str
    takings: tuple[Taking, ...]
    waivable: tuple[Option, ...]
    waiver_reasons: tuple[Option, ...]
    refundable: tuple[Refundable, ...]
    refund_reasons: tuple[Option, ...]
    copies: tuple[Copy, ...]


class Asked(msgspec.Struct, frozen=True):
    """One amount that a kiosk waits for; ``row`` and ``minor`` are what is sent, ``amount`` is what is read.

    ``text`` says it in a line. ``done`` and ``undone`` are the two answers.
    """

    id: str
    url: str
    row: int
    minor: int
    amount: Markup
    place: Markup
    text: Markup
    title: Markup
    note: Markup
    what: Markup
    done: Markup
    undone: Markup


class MoneyOf(msgspec.Struct, frozen=True):
    """The visit of which money is shown: what forms about it need."""

    visit: VisitId
    code: str


class AtCounter(msgspec.Struct, frozen=True):
    """What the counter page shows of money.

    ``forms`` is the visit that is there, ``money`` its line. ``waiting`` counts payments that need somebody, for who
    may settle them; ``asked`` is what kiosks wait for.
    """

    forms: MoneyOf | None
    money: Money | None
    waiting: int | None
    asked: tuple[Asked, ...]


class TakingRow(msgspec.Struct, frozen=True):
    """What one terminal took today in one currency; ``stays`` is what did not go back, ``unsure`` counts payments."""

    place: str
    currency: str
    count: str
    taken: Markup
    back: Markup
    waived: Markup
    stays: Markup
    unsure: str
