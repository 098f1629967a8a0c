"""Warnings in words: what will be so, since when it is known, what to do, and who does it."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.accounts.presence import presence
from queue_server.centre.centres import Centres
from queue_server.domain.values import MINUTE, CounterId, CounterState
from queue_server.early_warnings.model import (
    BreakingPromises,
    CoverageGap,
    EarlyWarning,
    Episode,
    IdleCounter,
    SlowKiosk,
    UnservedWarning,
    name_of,
)
from queue_server.early_warnings.unserved import Unserved
from queue_server.early_warnings.watching import EarlyWarnings
from queue_server.framework.parts import PartContext, RoomAlarm
from queue_server.web.page_context import DESK, signed_in
from queue_server.web.view_context import StaffView
from queue_server.web.warnings.taking import WhoTakes

#: Counters that are named; the rest is counted by an ellipsis.
_NAMED: Final = 4


class WarningText(msgspec.Struct, frozen=True):
    """What is so, and what to do; ``announcement`` is what of it does not change by the minute."""

    icon: str
    head: Markup
    announcement: Markup
    todo: Markup
    bad: bool = True


async def alarms(shown: PartContext) -> tuple[RoomAlarm, ...]:
    """List them, but for what nobody serves now: the page shows that beside its own alarms."""
    server, centre = shown.server, shown.server[Centres][shown.centre]
    look = await server[EarlyWarnings].recent(centre)
    ahead = [one for one in look.warnings if not isinstance(one, UnservedWarning)]
    if not ahead:
        return ()
    view = shown.request.app[DESK].view(shown.request, await signed_in(shown.request))
    there = await server.log.run(lambda connection: presence(connection, shown.centre))
    reader = WhoTakes(view.words, view.clock, f"/api/v1/centres/{shown.centre}", shown.principal.staff, there.names)
    return tuple(_alarm(view, reader, one, look.episode(one)) for one in ahead)


def _alarm(view: StaffView, reader: WhoTakes, warning: EarlyWarning, episode: Episode | None) -> RoomAlarm:
    name, text, _ = name_of(warning), told(view, warning), view.words
    since = Markup() if episode is None else _("since %(time)s", time=view.clock.hhmm(episode.began_at))
    return RoomAlarm(
        id=name,
        icon=text.icon,
        head=text.head,
        since=since,
        todo=text.todo,
        bad=text.bad,
        acts=reader.acts(name, episode),
        announcement=text.announcement,
        taken=reader.taken(episode),
    )


def told(view: StaffView, warning: EarlyWarning) -> WarningText:
    match warning:
        case UnservedWarning(lack):
            return _unserved(view, lack)
        case CoverageGap():
            return _gap(view, warning)
        case BreakingPromises():
            return _promises(view, warning)
        case IdleCounter():
            return _idle(view, warning)
        case SlowKiosk():
            return _slow(view, warning)


def what_lacks(view: StaffView, lack: Unserved) -> Markup:
    """Name the step, the service or the language for which there is nobody."""
    _, step = view.words, view.step(lack.step)
    if lack.language is not None:
        return _("%(step)s, in %(language)s", step=step, language=view.spoken_within(lack.language))
    if lack.service is not None:
        return _("%(step)s, %(service)s", step=step, service=view.service_name(lack.service))
    return Markup.escape(step)


def _unserved(view: StaffView, lack: Unserved) -> WarningText:
    _, what = view.words, what_lacks(view, lack)
    head = _.ngettext(
        "%(count)s waits and nobody serves: %(what)s",
        "%(count)s wait and nobody serves: %(what)s",
        lack.count,
        what=what,
    )
    return WarningText("users", head, _("Nobody serves: %(what)s.", what=what), _open_one(view, lack))


def _gap(view: StaffView, gap: CoverageGap) -> WarningText:
    _, time, what = view.words, view.clock.hhmm(gap.at), what_lacks(view, gap.lack)
    head = _.ngettext(
        "From %(time)s nobody is there for %(what)s, and %(count)s will still wait",
        "From %(time)s nobody is there for %(what)s, and %(count)s will still wait",
        gap.lack.count,
        time=time,
        what=what,
    )
    announcement = _("From %(time)s nobody is there for %(what)s.", time=time, what=what)
    if gap.until is None:
        todo = _("Nobody comes back today. Have somebody stay, or tell those who wait before they wait longer.")
    else:
        until = view.clock.hhmm(gap.until)
        todo = _("Somebody is back at %(time)s. Move a break, or have somebody else take it until then.", time=until)
    return WarningText("users", head, announcement, Markup("{} {}").format(todo, _open_one(view, gap.lack)))


def _promises(view: StaffView, broken: BreakingPromises) -> WarningText:
    _, step, time = view.words, view.step(broken.step), view.clock.hhmm(broken.at)
    head = _.ngettext(
        "%(step)s: %(count)s will be called too late, due at %(time)s",
        "%(step)s: %(count)s will be called too late, the first is due at %(time)s",
        broken.count,
        step=step,
        time=time,
    )
    announcement = _("Promises at %(step)s will be broken.", step=step)
    if broken.late is None:
        late = _("Not all of them are called before the centre closes.")
    else:
        minutes = -(-broken.late // MINUTE)
        late = _.ngettext("By up to %(count)s minute.", "By up to %(count)s minutes.", minutes)
    if broken.helping:
        todo = _.ngettext(
            "Open this counter by %(time)s, and all of them are called in time: %(counters)s.",
            "Open these counters by %(time)s, and all of them are called in time: %(counters)s.",
            len(broken.helping),
            time=time,
            counters=_named(view, broken.helping),
        )
    else:
        todo = _("Further counters do not keep all of these promises. Tell those who wait, and open what you can.")
    return WarningText("late", head, announcement, Markup("{} {}").format(late, todo))


def _idle(view: StaffView, idle: IdleCounter) -> WarningText:
    _, plate = view.words, view.plate_of(idle.counter)
    head = _.ngettext(
        "Counter %(plate)s has called nobody for %(count)s min, and could",
        "Counter %(plate)s has called nobody for %(count)s min, and could",
        (view.now - idle.since) // MINUTE,
        plate=plate,
    )
    todo = _.ngettext(
        "%(count)s waits whom it can take. Ask there: call the next, pause or close.",
        "%(count)s wait whom it can take. Ask there: call the next, pause or close.",
        idle.count,
    )
    return WarningText("user", head, _("Counter %(plate)s calls nobody.", plate=plate), todo, bad=False)


def _slow(view: StaffView, kiosk: SlowKiosk) -> WarningText:
    _, name = view.words, Markup("<bdi>{}</bdi>").format(view.known.devices.get(kiosk.device, kiosk.device))
    head = _.ngettext(
        "%(name)s gave out %(count)s ticket within an hour; usually it is %(usual)s",
        "%(name)s gave out %(count)s tickets within an hour; usually it is %(usual)s",
        kiosk.tickets,
        name=name,
        usual=str(round(kiosk.usual)),
    )
    announcement = _("%(name)s is slower than usual.", name=name)
    todo = _("Go there and try it: does its screen react, is a document read, does paper come, can people reach it?")
    return WarningText("kiosk", head, announcement, todo, bad=False)


def _open_one(view: StaffView, lack: Unserved) -> Markup:
    """Name the counters that are not open and could take what lacks."""
    _, known = view.words, view.state.counters
    able = [
        one.id
        for one in view.settings.counters.values()
        if (not one.skills.steps or lack.step in one.skills.steps) and lack.fits(one.skills, view.settings)
    ]
    idle = [one for one in able if one not in known or known[one].state is not CounterState.OPEN]
    if not idle:
        return Markup()
    return _("These can take it: %(counters)s.", counters=_named(view, idle))


def _named(view: StaffView, counters: Sequence[CounterId]) -> Markup:
    _, more = view.words, Markup(" …") if len(counters) > _NAMED else Markup()
    return Markup("{}{}").format(_(", ").join(_plates(view, counters[:_NAMED])), more)


def _plates(view: StaffView, counters: Iterable[CounterId]) -> Iterable[Markup]:
    _, known = view.words, view.state.counters
    for one in counters:
        there = known.get(one)
        word = _("paused") if there is not None and there.state is CounterState.PAUSED else _("closed")
        yield Markup("{} ({})").format(view.plate_of(one), word)
