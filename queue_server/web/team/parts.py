"""What a counter shows between two visits: messages, and breaks that are due. While somebody is there, nothing."""

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from queue_server.accounts.presence import presence
from queue_server.centre.centres import Centres
from queue_server.domain.values import CounterState
from queue_server.framework.parts import KeyLine, NavigationEntry, PageKeys, PagePart, PartContext
from queue_server.framework.permissions import PrincipalKind
from queue_server.framework.words import PageTranslations
from queue_server.team.breaks import BreakStanding
from queue_server.team.desk import StaffDesk, teams_of
from queue_server.team.permissions import OWN_DAY, TEAMS
from queue_server.team.teams import team_of
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.team.presenter import for_counter, message_line, span


async def _between(shown: PartContext) -> Mapping[str, Any] | None:
    """Find the first message that is not read yet, and a break that is due; None while there is neither."""
    session = await signed_in(shown.request)
    look, desk = shown.request.app[DESK].view(shown.request, session), shown.server[StaffDesk]
    here = None if shown.counter is None else look.state.counters.get(shown.counter)
    if shown.counter is None or (here is not None and here.visit is not None):
        return None
    centre = shown.server[Centres].find(shown.centre)
    unread = [one for one in await desk.messages(centre) if not one.was_read_by(session.staff)]
    # A counter asks for this with each event of its centre, and has no message most of the time.
    if unread:
        team = team_of(teams_of(centre), shown.counter)
        unread = list(for_counter(unread, None if team is None else team.id, session.staff))
    due = None
    # A counter that is not open calls nobody anyway.
    if here is not None and here.state is CounterState.OPEN:
        breaks = await desk.breaks(centre, session)
        due = next((one.planned for one in breaks if one.standing is BreakStanding.DUE), None)
    if not unread and due is None:
        return None
    _, news = look.words, Markup()
    names = (await shown.server.log.run(lambda connection: presence(connection, shown.centre))).names if unread else {}
    if unread:
        news = _("There is a message for you.")
    elif due is not None:
        news = _("Your planned break is due.")
    return {
        "message": message_line(look, unread[0], session.staff, names) if unread else None,
        "more": max(0, len(unread) - 1),
        "break_span": None if due is None else span(look, due.starts_at, due.ends_at),
        "break_start": None if due is None else due.starts_at,
        "news": news,
    }


def _keys(_: PageTranslations) -> tuple[KeyLine, ...]:
    between = _("a message or a break waits, nobody is at your counter")
    return (
        ("Shift D", _("Your day: what you have served, notes, breaks"), _("always")),
        ("Shift R", _("Say that you have read the message"), between),
        ("Shift B", _("Begin the planned break: nobody is called here"), between),
        ("Shift N", _("Leave the planned break out"), between),
    )


#: Managers have many pages in their bar already, and come from the foot of their own.
ENTRIES: Final = (
    NavigationEntry("/team", 45, TEAMS, "users", lambda _: _("Teams"), only_for=frozenset({PrincipalKind.LEAD})),
)
PARTS: Final = (PagePart("counter-band", "team/counter-band.html", OWN_DAY, _between),)
KEYS: Final = (PageKeys("counter", OWN_DAY, _keys),)
