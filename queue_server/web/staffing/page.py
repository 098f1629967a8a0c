"""What the page of a day's staffing shows, as one frozen value: built by ``presenter``, drawn by the templates.

Times are written out in the centre's zone; what a pool has and what is taken of it are whole minutes.
"""

from typing import Literal

import msgspec
from markupsafe import Markup

#: How a pool stands in an hour: nobody there, room left, all taken, or more taken than there is.
HourStanding = Literal["nobody", "free", "full", "over"]


class FormOption(msgspec.Struct, frozen=True):
    """A choice of a list: ``value`` as the form sends it."""

    value: str
    text: Markup
    chosen: bool = False


class PoolCell(msgspec.Struct, frozen=True):
    """A pool in an hour: ``width`` percent of its time for bookings are taken; ``counters`` are there."""

    standing: HourStanding
    minutes: Markup
    counters: Markup
    note: Markup
    width: int


class HourRow(msgspec.Struct, frozen=True):
    """An hour of the day; ``close`` is the address at which closing what is left of it is looked at.

    Where nothing is left, ``note`` says so.
    """

    label: str
    cells: tuple[PoolCell, ...]
    close: str
    note: Markup


class BookedRow(msgspec.Struct, frozen=True):
    """An appointment: its code as people read it, and nobody's name."""

    clock: str
    code: str
    party: Markup
    services: Markup
    state: Markup


class ChangeRow(msgspec.Struct, frozen=True):
    """Something that was changed on this day, and where taking it back is posted."""

    text: Markup
    url: str
    slot: str


class ChangePreview(msgspec.Struct, frozen=True):
    """What a change would do. ``body`` is posted to ``url`` by the second press: it counts for these ``rows`` alone.

    ``problem`` says why it cannot be done; nothing can be pressed then.
    """

    head: Markup
    concerned: Markup
    press: Markup
    rows: tuple[BookedRow, ...]
    url: str
    body: str
    slot: str
    problem: Markup = Markup()


class ChangeForm(msgspec.Struct, frozen=True):
    """What the form of a change offers, and what was chosen in it."""

    kinds: tuple[FormOption, ...]
    pools: tuple[FormOption, ...]
    starts: tuple[FormOption, ...]
    ends: tuple[FormOption, ...]
    counters: int


class PageLink(msgspec.Struct, frozen=True):
    address: str
    text: Markup


class StaffingPage(msgspec.Struct, frozen=True):
    """``rest`` leads to closing what is left of the day; ``query`` is what the page was asked for."""

    day: str
    query: str
    head: Markup
    lead: Markup
    before: str
    after: str
    pools: tuple[str, ...]
    hours: tuple[HourRow, ...]
    total: tuple[PoolCell, ...]
    rest: PageLink | None
    form: ChangeForm | None
    preview: ChangePreview | None
    changes: tuple[ChangeRow, ...]
    booked: tuple[BookedRow, ...]
    done: Markup
    news: str
