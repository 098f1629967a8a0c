"""Turns a centre's day into the reception page. Pure: the day, the set-up, what was asked for and the time come in."""

from collections.abc import Callable, Sequence

import msgspec
from markupsafe import Markup

from queue_server.domain.values import Micros, ServiceId, VisitId
from queue_server.waiting.outlook import Outlook
from queue_server.web import help_calls, times, wording
from queue_server.web.reception import desk_overview, page, ticket_view
from queue_server.web.reception.how_long import how_long
from queue_server.web.view_context import PageReader, StaffView


class ReceptionQuery(msgspec.Struct, frozen=True):
    """What this browser looks at: a visit, a text to find tickets by, or the tickets found on a document.

    ``service`` is what was chosen in the form first.
    """

    visit: VisitId | None = None
    typed: str = ""
    only: tuple[VisitId, ...] = ()
    service: ServiceId = ServiceId("")


def reception_page(
    look: StaffView, asked: ReceptionQuery, reader_of: Callable[[str], PageReader], outlook: Outlook | None = None
) -> page.ReceptionPage:
    """Show the desk as its staff should see it; ``reader_of`` gives the reader of a person's language.

    ``outlook`` is how long people wait, None where nobody can say.
    """
    visit = None if asked.visit is None else look.state.visits.get(asked.visit)
    helps, wishes = help_calls.waiting(look) + help_calls.ended(look), desk_overview.wishes(look)
    return page.ReceptionPage(
        now=look.now,
        refresh_at=Micros(min((times.next_minute(look.now), *help_calls.turns(look)))),
        news=_news(look, helps, wishes),
        version=look.known.catalogue.version,
        helps=helps,
        wishes=wishes,
        shown=None if visit is None else ticket_view.shown(look, visit, reader_of(visit.language)),
        listing=desk_overview.listing(look, asked.typed, asked.only),
        waits=desk_overview.waits(look),
        how_long=how_long(look, asked.service, visit, outlook),
        closed=desk_overview.closed(look),
    )


def _news(look: StaffView, helps: tuple[help_calls.HelpCallView, ...], wishes: Sequence[page.PriorityWish]) -> str:
    said = help_calls.news(look, helps)
    if wishes:
        said.append(
            look.words.ngettext(
                "%(count)s ticket asks for priority.", "%(count)s tickets ask for priority.", len(wishes)
            )
        )
    return wording.plain(Markup(" ").join(said))
