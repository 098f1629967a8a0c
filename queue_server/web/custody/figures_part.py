"""Documents in custody on the page of figures: how many came and went, and for how long those that went were here."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import msgspec
from markupsafe import Markup

from queue_server.centre.centres import Centres
from queue_server.custody.figures import CustodyFigures, together
from queue_server.custody.values import ItemKind
from queue_server.domain.values import GovernmentId
from queue_server.framework.parts import PagePart, PartContext
from queue_server.framework.words import PageTranslations
from queue_server.web import wording
from queue_server.web.custody import words
from queue_server.web.custody.documents_query import DocumentMove, DocumentsQuery
from queue_server.web.custody.documents_reading import figures
from queue_server.web.figures import figures_words
from queue_server.web.figures.figures_query import FiguresQuery, read
from queue_server.web.figures.permissions import FIGURES_PAGE
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations


class DocumentCount(msgspec.Struct, frozen=True):
    """A number, and where the documents behind it are listed; "" where there is none."""

    number: str
    url: str


class DocumentRow(msgspec.Struct, frozen=True):
    """Documents of one government, of one kind, or all. ``hours`` in custody: mean, half of them, nine of ten."""

    name: str
    counts: tuple[DocumentCount, ...]
    hours: tuple[Markup, ...]


class DocumentGroup(msgspec.Struct, frozen=True):
    """Rows under a heading."""

    head: Markup
    rows: tuple[DocumentRow, ...]


async def part(shown: PartContext) -> Mapping[str, Any] | None:
    """Count what came and went in the time that is looked at; None where nothing did, and beside ways between steps."""
    asked = read(shown.request.query)
    if asked.flow:
        return None
    look: StaffView = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    rule = shown.server[Centres][shown.centre].rule
    today = date.fromisoformat(rule.day_at(look.now))
    found = await shown.server.log.run(lambda connection: figures(connection, shown.centre, asked, rule, today))
    by_government, by_kind = found["government"], found["kind"]
    if not by_kind:
        return None
    _ = look.words
    return {
        "whole": _row(_, wording.plain(_("All documents")), together(by_kind), DocumentsQuery(asked)),
        "groups": (
            DocumentGroup(_("By government"), tuple(_governments(look, by_government, asked))),
            DocumentGroup(_("By kind of document"), tuple(_kinds(look, by_kind, asked))),
        ),
    }


def _governments(look: StaffView, found: Iterable[CustodyFigures], asked: FiguresQuery) -> Iterator[DocumentRow]:
    for one in most_first(found):
        yield _row(
            look.words, look.government_name(GovernmentId(one.key)), one, DocumentsQuery(asked, government=one.key)
        )


def _kinds(look: StaffView, found: Iterable[CustodyFigures], asked: FiguresQuery) -> Iterator[DocumentRow]:
    for one in most_first(found):
        name = wording.plain(words.kind(look.words, ItemKind(one.key)))
        yield _row(look.words, name, one, DocumentsQuery(asked, kind=one.key))


def most_first(found: Iterable[CustodyFigures]) -> list[CustodyFigures]:
    """Sort them, those of which most came and went first."""
    return sorted(found, key=lambda one: (-(one.handed_in + len(one.kept)), one.key))


def _row(_: MarkupTranslations, name: str, one: CustodyFigures, asked: DocumentsQuery) -> DocumentRow:
    counts = {
        DocumentMove.HANDED_IN: one.handed_in,
        DocumentMove.GIVEN_BACK: one.given_back,
        DocumentMove.HANDED_OVER: one.handed_over,
    }
    return DocumentRow(
        name,
        tuple(
            DocumentCount(
                figures_words.number(count), msgspec.structs.replace(asked, move=move).address() if count else ""
            )
            for move, count in counts.items()
        ),
        tuple(hours(_, value) for value in (one.mean_hours, one.percentile_hours(50), one.percentile_hours(90))),
    )


def hours(_: PageTranslations, value: float | None) -> Markup:
    """Write a time in whole hours; one that is shorter than the first of them is not none."""
    if value is not None and value < 1:
        return _("less than 1")
    return Markup.escape(figures_words.number(None if value is None else round(value)))


PARTS: Final = (PagePart("figures", "custody/figures.html", FIGURES_PAGE, part),)
