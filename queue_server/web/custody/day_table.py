"""Documents in custody on the paper of a day: what came in, went back and was handed over, and how long it was here."""

from sqlalchemy import Connection

from queue_server.custody.figures import CustodyFigures, custody_figures, together
from queue_server.custody.values import ItemKind
from queue_server.domain.service_day import following
from queue_server.framework.parts import PaperContext, PaperTable
from queue_server.framework.words import PageTranslations
from queue_server.web import wording
from queue_server.web.custody import words
from queue_server.web.custody.figures_part import hours, most_first
from queue_server.web.figures.figures_words import number


def documents_table(connection: Connection, shown: PaperContext) -> PaperTable | None:
    """Count the documents that came or went on the day, all and by kind; None where none did."""
    since, until = shown.rule.starts_at(shown.day), shown.rule.starts_at(following(shown.day))
    found = custody_figures(connection, shown.centre, since, until, "kind")
    if not found:
        return None
    _ = shown.words
    return PaperTable(
        _("Documents entrusted to us"),
        (
            _("Documents"),
            _("Came in"),
            _("Given back"),
            _("Handed over"),
            _("Hours here: mean"),
            _("half"),
            _("nine of ten"),
        ),
        (
            _row(_, wording.plain(_("All documents")), together(found)),
            *(_row(_, wording.plain(words.kind(_, ItemKind(one.key))), one) for one in most_first(found)),
        ),
    )


def _row(_: PageTranslations, name: str, one: CustodyFigures) -> tuple[str, ...]:
    counts = (one.handed_in, one.given_back, one.handed_over)
    lengths = (one.mean_hours, one.percentile_hours(50), one.percentile_hours(90))
    return (name, *map(number, counts), *(wording.plain(hours(_, length)) for length in lengths))
