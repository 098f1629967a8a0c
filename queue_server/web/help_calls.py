"""Help calls that wait for somebody, and those that have just ended, as every page of staff shows them."""

import msgspec
from markupsafe import Markup

from queue_server.domain.values import MINUTE, SECOND, HelpId, HelpKind, Micros
from queue_server.queue.state import HelpCall
from queue_server.web import wording
from queue_server.web.view_context import StaffView

#: How long staff see that a call has ended: somebody may be on the way already.
_ENDED_SHOWN = 2 * MINUTE
_OF_A_PERSON = frozenset({HelpKind.HELP, HelpKind.PRIVATE})


class HelpCallView(msgspec.Struct, frozen=True):
    """A help call. ``facts``: the person's language, where they stand, how long they wait.

    ``late``: nobody has taken it for too long. ``ended``: nobody needs to go any more; then there is nothing to press.
    """

    id: HelpId
    icon: str
    place: Markup
    kind: Markup
    facts: Markup
    url: str
    late: bool = False
    ended: bool = False


def waiting(look: StaffView) -> tuple[HelpCallView, ...]:
    """List the help calls that nobody has taken, the oldest first."""
    return tuple(_help_call(look, call) for call in look.state.helps.values() if call.waits)


def ended(look: StaffView) -> tuple[HelpCallView, ...]:
    """List the help calls that ended by themselves a moment ago, where nobody has called again since."""
    newest = {(call.device, call.kind in _OF_A_PERSON): call for call in look.state.helps.values()}
    return tuple(
        _help_call(look, call)
        for call in newest.values()
        if call.ended_at is not None and look.now - call.ended_at < _ENDED_SHOWN
    )


def news(look: StaffView, helps: tuple[HelpCallView, ...]) -> list[Markup]:
    """Say them for people who do not see the page: who calls, again where nobody goes, and that it has ended."""
    _ = look.words
    said = []
    for call in helps:
        if call.ended:
            said.append(_("%(place)s, %(kind)s: ended by itself.", place=call.place, kind=call.kind))
        elif call.late:
            said.append(_("Nobody has gone yet: %(place)s, %(kind)s.", place=call.place, kind=call.kind))
        else:
            said.append(_("Help call: %(place)s, %(kind)s.", place=call.place, kind=call.kind))
    return said


def place(look: StaffView, call: HelpCall) -> Markup:
    """Say where staff have to go."""
    _ = look.words
    if call.counter is not None:
        return _("Counter %(plate)s", plate=look.plate_of(call.counter))
    name = None if call.device is None else look.known.devices.get(call.device)
    return _("Place not known") if name is None else Markup.escape(name)


def is_late(look: StaffView, call: HelpCall) -> bool:
    return call.waits and look.now - call.at >= look.rules.help_late_s * SECOND


def facts(look: StaffView, call: HelpCall) -> Markup:
    """Say which language is spoken there, at what the person is, and for how long."""
    _ = look.words
    parts = [
        *(() if call.language is None else (Markup.escape(look.spoken(call.language)),)),
        *(() if (about := wording.help_page(_, call.about)) is None else (about,)),
        _ended(look, call.ended_at) if call.ended_at is not None else _waits(look, call),
    ]
    return Markup(" · ").join(parts)


def turns(look: StaffView) -> tuple[Micros, ...]:
    """Give the instants to come at which time alone changes what is shown."""
    late = look.rules.help_late_s * SECOND
    calls = look.state.helps.values()
    instants = [call.at + late for call in calls if call.waits]
    instants += [call.ended_at + _ENDED_SHOWN for call in calls if call.ended_at is not None]
    return tuple(Micros(at) for at in instants if at > look.now)


def _waits(look: StaffView, call: HelpCall) -> Markup:
    minutes = (look.now - call.at) // MINUTE
    if minutes == 0:
        return look.words("just now")
    if is_late(look, call):
        return look.words.ngettext("nobody has gone for %(count)s min", "nobody has gone for %(count)s min", minutes)
    return look.words.ngettext("waits for %(count)s min", "waits for %(count)s min", minutes)


def _ended(look: StaffView, at: Micros) -> Markup:
    return look.words("ended by itself %(time)s", time=look.clock.hhmm(at))


def _help_call(look: StaffView, call: HelpCall) -> HelpCallView:
    late = is_late(look, call)
    icon = "lock" if call.kind is HelpKind.PRIVATE else "late" if late else "bell"
    return HelpCallView(
        id=call.id,
        icon=icon if call.ended_at is None else "okc",
        place=place(look, call),
        kind=wording.help_kind(look.words, call.kind, call.about),
        facts=facts(look, call),
        url=f"/api/v1/centres/{look.state.centre}/help/{call.id}/take",
        late=late,
        ended=call.ended_at is not None,
    )
