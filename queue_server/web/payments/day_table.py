"""Money on the paper of a day: what was taken, went back, was waived and stays, each currency by itself."""

from babel import Locale
from sqlalchemy import Connection

from queue_server.framework.parts import PaperContext, PaperTable
from queue_server.payments.money_figures import MoneyBy, MoneyFigures, money_figures
from queue_server.web import wording
from queue_server.web.amounts import amount
from queue_server.web.figures.figures_words import number
from queue_server.web.payments.wording import means_name


def money_table(connection: Connection, shown: PaperContext) -> PaperTable | None:
    """Add up what was booked on the day, as the page of figures does."""
    found = money_figures(connection, shown.centre, shown.rule, (shown.day, shown.day), MoneyBy.MEANS)
    if not found:
        return None
    _ = shown.words
    return PaperTable(
        _("Payments"),
        (_("Where"), _("Payments"), _("Taken"), _("Went back"), _("Waived"), _("Stays")),
        tuple(_row(shown, one) for one in found),
    )


def _row(shown: PaperContext, one: MoneyFigures) -> tuple[str, ...]:
    locale = Locale.parse(shown.language, sep="-")

    def write(minor: int) -> str:
        # An amount goes from left to right also among words from the right.
        text = wording.plain(amount(locale, minor, one.currency))
        return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"

    moved = (one.taken + one.corrected, one.returned, one.waived)
    return (
        wording.plain(means_name(shown.words, one.key)),
        number(one.payments + one.waivers),
        *(write(minor) if minor else wording.NOTHING for minor in moved),
        write(one.stays),
    )
