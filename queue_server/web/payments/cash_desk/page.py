"""What the cash page shows, as one frozen value: built by ``presenter``, drawn by the templates."""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Micros, VisitId
from queue_server.web.counter.page import ActionKey
from queue_server.web.payments.open_payments import OpenPayment
from queue_server.web.payments.page import Asked, Money
from queue_server.web.view_context import Tag


class FeeRow(msgspec.Struct, frozen=True):
    """Somebody who has a fee to pay; ``here`` where they are at a stop where fees are paid. ``line`` says how much."""

    url: str
    code: str
    what: str
    line: Markup
    where: Markup
    here: bool
    chosen: bool


class Hand(msgspec.Struct, frozen=True):
    """The visit whose money is looked at. ``visit`` and ``code`` are what the forms about it need."""

    visit: VisitId
    code: str
    service: str
    government: Markup
    tags: tuple[Tag, ...]
    icon: str
    standing: Markup


class CashPage(msgspec.Struct, frozen=True):
    """``forms`` is the visit in the hand, ``money`` what it owes and has paid; ``items`` are its payments.

    ``asked`` is what kiosks wait for, ``rows`` who has to pay, the first of ``rows_total``; ``unsettled`` what needs
    somebody, the first of ``unsettled_total``. ``unknown``: the visit that was asked for is not one of today.
    ``refresh_at`` is when time alone changes the page, ``news`` what a person who does not see it must hear.
    """

    now: Micros
    refresh_at: Micros
    news: str
    asked: tuple[Asked, ...]
    rows: tuple[FeeRow, ...]
    rows_total: int
    unsettled: tuple[OpenPayment, ...]
    unsettled_total: int
    keys: tuple[ActionKey, ...]
    forms: Hand | None = None
    money: Money | None = None
    items: tuple[OpenPayment, ...] = ()
    unknown: bool = False
    fees: bool = True
