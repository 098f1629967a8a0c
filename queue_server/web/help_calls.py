"""Help calls that wait for somebody, as every page of staff shows them."""

import msgspec
from markupsafe import Markup

from queue_server.queue.state import HelpCall
from queue_server.values import HelpId, HelpKind
from queue_server.web import wording
from queue_server.web.look import Look


class Help(msgspec.Struct, frozen=True):
    """A help call that nobody has taken."""

    id: HelpId
    icon: str
    place: Markup
    kind: Markup
    since: Markup
    url: str


def waiting(look: Look) -> tuple[Help, ...]:
    """List the help calls that nobody has taken, the oldest first."""
    return tuple(_help_call(look, call) for call in look.state.helps.values() if call.taken_at is None)


def news(look: Look, helps: tuple[Help, ...]) -> list[Markup]:
    """Say them for people who do not see the page."""
    _ = look.words
    return [_("Help call: %(place)s, %(kind)s.", place=call.place, kind=call.kind) for call in helps]


def _help_call(look: Look, call: HelpCall) -> Help:
    _ = look.words
    if call.counter is not None:
        name: str | None = _("Counter %(plate)s", plate=look.plate_of(call.counter))
    else:
        name = None if call.device is None else look.known.devices.get(call.device)
    return Help(
        id=call.id,
        icon="lock" if call.kind is HelpKind.PRIVATE else "bell",
        place=_("Place not known") if name is None else Markup.escape(name),
        kind=wording.help_kind(_, call.kind),
        since=_("since %(time)s", time=look.clock.hhmm(call.at)),
        url=f"/api/v1/centres/{look.state.centre}/help/{call.id}/take",
    )
