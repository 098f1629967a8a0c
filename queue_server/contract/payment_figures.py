"""How much money moved on some days. Amounts are whole minor units of a currency of ISO 4217, and never mixed."""

from queue_server.contract.base import Message


class PaymentFiguresRow(Message, frozen=True):
    """Money of one currency, on some days or one of them, paid in one way or for one thing."""

    key: str
    """The day, week, month or year, the means (`card`, `desk`, `waived`), the services or the governments. What was
    paid at once for several has them all, joined by blanks."""
    currency: str
    """The currency of all amounts of this row (ISO 4217, three letters)."""
    payments: int
    """How many payments were taken."""
    taken: int
    """What was taken, in whole minor units."""
    returns: int
    """How often money went back: as a refund, or a whole payment by itself."""
    returned: int
    """What went back, in whole minor units; never below zero."""
    corrections: int
    """How often something counted on a day before proved not to be so."""
    corrected: int
    """By how much that changes what stays, in whole minor units; below zero where it was money taken."""
    waivers: int
    """How many fees were waived."""
    waived: int
    """What was not asked for, in whole minor units."""
    stays: int
    """What stays: taken, less what went back, and what was corrected, in whole minor units."""


class PaymentFiguresAnswer(Message, frozen=True):
    """How much money moved on some days."""

    by: str
    """By what is counted: `day`, `week`, `month`, `year`, `means`, `service` or `government`."""
    first_day: str
    """The first service day, as a date in the centre's zone."""
    last_day: str
    """The last service day, which is counted too."""
    rows: tuple[PaymentFiguresRow, ...]
    """A row a key and currency, in their order."""
