"""Alarms in words: what is so, since when, what to do, and the buttons that do it."""

from collections.abc import Callable

import msgspec
from markupsafe import Markup
from msgspec.structs import replace

from queue_server.contract.starts import sign
from queue_server.domain.values import MINUTE, Category, CounterId, CounterState, HelpId, HelpKind, StepId
from queue_server.early_warnings.model import Episode, UnservedWarning, name_of
from queue_server.framework.parts import RoomAct, RoomAlarm
from queue_server.queue.state import Counter, Visit
from queue_server.web import help_calls, wording
from queue_server.web.manager import alarms, counter_acts, machine, panels, words
from queue_server.web.manager.alarms import Alarm, AlarmKind
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import ActionButton, AlarmRow
from queue_server.web.warnings import alarms as warning_alarms
from queue_server.web.wording import ticket

#: Counters that are named as able to take an overdue step; the rest is counted.
_NAMED = 4


class _Told(msgspec.Struct, frozen=True):
    """An alarm's words; ``announcement`` is ``head`` without what changes by the minute, where that differs."""

    icon: str
    head: Markup
    todo: Markup
    acts: tuple[ActionButton, ...] = ()
    bad: bool = False
    announcement: Markup = Markup()
    taken: Markup = Markup()


def rows(scene: ManagerView, found: tuple[Alarm, ...]) -> tuple[AlarmRow, ...]:
    first = next((alarm for alarm in found if alarm.kind is AlarmKind.HELP), None)
    return tuple(_row(scene, alarm, first_help=alarm is first) for alarm in found)


def _row(scene: ManagerView, alarm: Alarm, *, first_help: bool) -> AlarmRow:
    told = _TELLERS[alarm.kind](scene, alarm)
    part = "" if alarm.part is None else f"-{alarm.part.name}"
    return AlarmRow(
        id=f"{alarm.kind.name.lower()}-{alarm.subject}{part}",
        icon=told.icon,
        head=told.head,
        since=_since(scene, alarm),
        todo=told.todo,
        announcement=wording.plain(told.announcement or told.head),
        bad=told.bad,
        acts=told.acts,
        help=_call_words(scene, alarm),
        first_help=first_help,
        taken=told.taken,
    )


def _call_words(scene: ManagerView, alarm: Alarm) -> str:
    """Name what is heard: a help call, and the same once more when nobody goes."""
    if alarm.kind is not AlarmKind.HELP:
        return ""
    return (
        f"{alarm.subject}-late"
        if help_calls.is_late(scene, scene.state.helps[HelpId(alarm.subject)])
        else alarm.subject
    )


def _since(scene: ManagerView, alarm: Alarm) -> Markup:
    """Say since when. A device only says how it is, so what it said is as old as its last word."""
    _ = scene.words
    if alarm.kind is AlarmKind.HELP:
        return help_calls.facts(scene, scene.state.helps[HelpId(alarm.subject)])
    if alarm.since is None:
        return _("never heard of")
    time = scene.clock.hhmm(alarm.since)
    if alarm.kind in (AlarmKind.OUT_OF_ORDER, AlarmKind.PART, AlarmKind.REFUSED):
        return _("as it said at %(time)s", time=time)
    return _("since %(time)s", time=time)


def _help(scene: ManagerView, alarm: Alarm) -> _Told:
    _, call = scene.words, scene.state.helps[HelpId(alarm.subject)]
    late = help_calls.is_late(scene, call)
    if call.counter is not None:
        plate = scene.plate_of(call.counter)
        head = _("Counter %(plate)s asks for assistance", plate=plate)
        todo = _("Go there now, quietly. Nobody at the counter has been told.")
    else:
        head = Markup("{}: {}").format(help_calls.place(scene, call), wording.help_kind(_, call.kind, call.about))
        todo = {
            HelpKind.HELP: _("Somebody must go there."),
            HelpKind.PRIVATE: _("Somebody must go there, and say nothing aloud."),
            HelpKind.PAPER: _("Load paper."),
            HelpKind.FAULT: _("Look at it; a technician may be needed."),
        }[call.kind]
    take = ActionButton(f"help-{call.id}", _("I will go"), f"{scene.api}/help/{call.id}/take", f"help:{call.id}")
    announcement = _("Nobody has gone yet: %(alarm)s.", alarm=head) if late else head
    icon = "lock" if call.kind is HelpKind.PRIVATE else "late" if late else "bell"
    return _Told(icon, head, todo, (take,), bad=True, announcement=announcement)


def _silent(scene: ManagerView, alarm: Alarm) -> _Told:
    _, counter = scene.words, scene.counter(CounterId(alarm.subject))
    plate, code = scene.plate_of(counter.id), ticket(_visit(alarm).code)
    return _Told(
        "user",
        _("Counter %(plate)s is silent, and %(code)s is there", plate=plate, code=code),
        _("Look there. Handed back, the visit keeps its place and another counter can call it."),
        (counter_acts.hand_back(scene.words, panels.moment(scene, counter)),),
        bad=True,
    )


def _overdue(scene: ManagerView, alarm: Alarm) -> _Told:
    _, step = scene.words, scene.step(StepId(alarm.subject))
    minutes = (scene.now - (alarm.since or scene.now)) // MINUTE
    head = _.ngettext(
        "%(count)s overdue at %(step)s, up to %(minutes)s min",
        "%(count)s overdue at %(step)s, up to %(minutes)s min",
        alarm.count,
        step=step,
        minutes=minutes,
    )
    announcement = _("Overdue at %(step)s.", step=step)
    return _Told("late", head, _more_hands(scene, StepId(alarm.subject)), bad=True, announcement=announcement)


def _unserved(scene: ManagerView, alarm: Alarm) -> _Told:
    _, lack = scene.words, alarm.unserved
    if lack is None:
        raise KeyError(alarm.subject)
    what = warning_alarms.what_lacks(scene, lack)
    head = _.ngettext(
        "%(count)s waits and nobody serves: %(what)s",
        "%(count)s wait and nobody serves: %(what)s",
        alarm.count,
        what=what,
    )
    announcement = _("Nobody serves: %(what)s.", what=what)
    able = tuple(one for one in scene.at_step(lack.step) if lack.fits(one.skills, scene.settings))
    name = name_of(UnservedWarning(lack))
    episode, reader = scene.episodes.get(name), scene.who_takes
    acts = tuple(map(_button, reader.acts(name, episode)))
    todo, taken = _hands(scene, able), reader.taken(episode)
    return _Told("users", head, todo, acts, bad=True, announcement=announcement, taken=taken)


def _more_hands(scene: ManagerView, step: StepId) -> Markup:
    """Name the counters that could help at a step and do not work now."""
    return _hands(scene, scene.at_step(step))


def _hands(scene: ManagerView, able: tuple[Counter, ...]) -> Markup:
    """Name those of the counters that could take something and do not work now."""
    _ = scene.words
    if not able:
        return _("No counter can take this step: the set-up must be changed.")
    idle = [one for one in able if one.state is not CounterState.OPEN]
    if not idle:
        return _("Every counter that can take it is open.")
    named = _(", ").join(
        Markup("{} ({})").format(
            scene.plate_of(one.id), _("paused") if one.state is CounterState.PAUSED else _("closed")
        )
        for one in idle[:_NAMED]
    )
    return _.ngettext(
        "Open one more counter. This one can take it: %(counters)s.",
        "Open one more counter. These can take it: %(counters)s.",
        len(idle),
        counters=named if len(idle) <= _NAMED else Markup("{} …").format(named),
    )


def _wish(scene: ManagerView, alarm: Alarm) -> _Told:
    _, visit = scene.words, _visit(alarm)
    return _Told(
        "hand",
        _("%(code)s asks for priority", code=ticket(visit.code)),
        _("Nobody has answered yet. Ask what the person needs."),
        (
            _classify(scene, visit, Category.PRIORITY, _("Give priority")),
            _classify(scene, visit, visit.category, _("Leave in order")),
        ),
    )


def _classify(scene: ManagerView, visit: Visit, category: Category, label: Markup) -> ActionButton:
    return ActionButton(
        act=f"reclassify-{visit.id}-{category}",
        label=label,
        url=f"{scene.api}/visits/{visit.id}/reclassify",
        slot=f"reclassify:{visit.id}:{category}:{visit.last_seq}",
        body=msgspec.json.encode({"category": category}).decode(),
    )


def _parked(scene: ManagerView, alarm: Alarm) -> _Told:
    _, visit = scene.words, _visit(alarm)
    reason = Markup() if visit.park_reason is None else wording.park_reason(_, visit.park_reason)
    back = ActionButton(
        act=f"resume-{visit.id}",
        label=_("Let it wait again"),
        url=f"{scene.api}/visits/{visit.id}/resume",
        slot=f"resume:{visit.id}:{visit.last_seq}",
    )
    head = _("%(code)s is not back yet (%(reason)s)", code=ticket(visit.code), reason=reason)
    return _Told("park", head, _("Look for the person. Waiting again, the visit keeps its due time."), (back,))


def _paused(scene: ManagerView, alarm: Alarm) -> _Told:
    _, counter = scene.words, scene.counter(CounterId(alarm.subject))
    plate = scene.plate_of(counter.id)
    reason = _("paused") if counter.pause is None else wording.pause_reason(_, counter.pause)
    minutes = (scene.now - counter.since) // MINUTE
    head = _.ngettext(
        "Counter %(plate)s: %(reason)s for %(count)s min",
        "Counter %(plate)s: %(reason)s for %(count)s min",
        minutes,
        plate=plate,
        reason=reason,
    )
    todo = _("Ask whether somebody comes back. If not, close it.")
    announcement = _("Counter %(plate)s: %(reason)s.", plate=plate, reason=reason)
    return _Told(
        "pause",
        head,
        todo,
        (counter_acts.close(scene.words, panels.moment(scene, counter)),),
        announcement=announcement,
    )


def _copied(scene: ManagerView, alarm: Alarm) -> _Told:
    """Two machines are one device: which of them stays is said here, by what each shows on its screen."""
    _, device = scene.words, scene.device(alarm.subject)
    name = _device_name(scene, alarm)
    count = len(alarm.machines)
    head = _.ngettext("%(name)s is %(count)s machines", "%(name)s is %(count)s machines", count, name=name)
    if device is not None and device.kind == "kiosk":
        todo = _(
            "They give no numbers now. Each shows a sign: say which stays. "
            "A technician enrols the others anew or takes them away."
        )
    elif device is not None and device.kind == "locker":
        todo = _(
            "All its doors stay shut. Each machine writes a sign into its log: say which stays. "
            "A technician enrols the others anew or takes them away."
        )
    else:
        todo = _("Somebody has copied it. Say which stays; a technician enrols the others anew or takes them away.")
    acts = tuple(
        ActionButton(
            act=f"keep-{one}",
            label=_("%(sign)s stays", sign=Markup('<bdi dir="ltr">{}</bdi>').format(sign(one))),
            url=f"{scene.api}/devices/{alarm.subject}/resolve-copy",
            slot=f"keep:{alarm.subject}:{one}:{alarm.since}",
            body=msgspec.json.encode({"start": one}).decode(),
        )
        for one in alarm.machines
    )
    return _Told("alert", head, todo, acts, bad=True)


def _unanswered(scene: ManagerView, alarm: Alarm) -> _Told:
    _, device = scene.words, scene.device(alarm.subject)
    name = alarm.subject if device is None else device.name
    if device is not None and device.kind == "screen":
        todo = _("Look at its power and its network. It tells people to wait for staff.")
        return _Told("nolink", _("%(name)s is not connected", name=name), todo, bad=True)
    if device is not None and device.kind == "locker":
        todo = _("Look at its power and its network. All its doors stay shut until then.")
        return _Told("nolink", _("%(name)s is not connected", name=name), todo, bad=True)
    todo = _("Look at its power and its network. It goes on giving tickets by itself if it is on.")
    return _Told("nolink", _("%(name)s is not heard of", name=name), todo, bad=True)


def _out_of_order(scene: ManagerView, alarm: Alarm) -> _Told:
    _, name = scene.words, _device_name(scene, alarm)
    return _Told(
        "alert", _("%(name)s is out of order", name=name), _("Its technician's page puts it back in service."), bad=True
    )


def _part(scene: ManagerView, alarm: Alarm) -> _Told:
    _, name = scene.words, _device_name(scene, alarm)
    if alarm.part is None:
        raise KeyError(alarm.subject)
    trouble, todo = words.part_trouble(_, alarm.part)
    icon = "printer" if alarm.part.name == "printer" else "alert"
    part = words.part_name(_, alarm.part.name)
    return _Told(icon, _("%(name)s · %(part)s: %(trouble)s", name=name, part=part, trouble=trouble), todo, bad=True)


def _refused(scene: ManagerView, alarm: Alarm) -> _Told:
    _, name = scene.words, _device_name(scene, alarm)
    head = _.ngettext(
        "%(name)s: %(count)s ticket was refused", "%(name)s: %(count)s tickets were refused", alarm.count, name=name
    )
    todo = _("Whoever holds one is not in the queue: reception issues a new one. A technician finds out why.")
    return _Told("x", head, todo, bad=True)


def _device_name(scene: ManagerView, alarm: Alarm) -> str:
    device = scene.device(alarm.subject)
    return alarm.subject if device is None else device.name


def _visit(alarm: Alarm) -> Visit:
    if alarm.visit is None:
        raise KeyError(alarm.subject)
    return alarm.visit


_TELLERS: dict[AlarmKind, Callable[[ManagerView, Alarm], _Told]] = {
    AlarmKind.HELP: _help,
    AlarmKind.COUNTER_SILENT: _silent,
    AlarmKind.UNSERVED: _unserved,
    AlarmKind.OVERDUE: _overdue,
    AlarmKind.PRIORITY_REQUEST: _wish,
    AlarmKind.PARKED: _parked,
    AlarmKind.PAUSED: _paused,
    AlarmKind.COPIED: _copied,
    AlarmKind.DEVICE_SILENT: _unanswered,
    AlarmKind.OUT_OF_ORDER: _out_of_order,
    AlarmKind.PART: _part,
    AlarmKind.REFUSED: _refused,
}


def now(scene: ManagerView) -> tuple[Alarm, ...]:
    """Find the alarms of this moment."""
    return alarms.alarms(scene.state, scene.settings, scene.devices, scene.presence, scene.limits, now=scene.now)


def all_rows(scene: ManagerView) -> tuple[AlarmRow, ...]:
    """List all alarms of this moment: people, then what rooms bring, then the server, then devices."""
    found = now(scene)
    people = sum(1 for alarm in found if alarm.kind < AlarmKind.COPIED)
    told = rows(scene, found)
    brought = map(_of_room, scene.brought)
    return tuple(_takeable(scene, row) for row in (*told[:people], *brought, *machine.alarms(scene), *told[people:]))


def _takeable(scene: ManagerView, row: AlarmRow) -> AlarmRow:
    """Let managers say who sees to it. Of a help call whoever goes says so, and of a warning it is known already."""
    if row.help or any(act.act.endswith((f"take-{row.id}", f"give-back-{row.id}")) for act in row.acts):
        return row
    known = scene.assignments.get(row.id)
    episode = None if known is None else Episode(row.id, known.taken_at, known.taken_at, known.taken_by, known.taken_at)
    acts = map(_button, scene.who_takes.acts(row.id, episode, "alarms"))
    return replace(row, acts=(*row.acts, *acts), taken=scene.who_takes.taken(episode))


def _of_room(alarm: RoomAlarm) -> AlarmRow:
    return AlarmRow(
        id=alarm.id,
        icon=alarm.icon,
        head=alarm.head,
        since=alarm.since,
        todo=alarm.todo,
        announcement=wording.plain(alarm.announcement or alarm.head),
        bad=alarm.bad,
        acts=tuple(map(_button, alarm.acts)),
        taken=alarm.taken,
    )


def _button(act: RoomAct) -> ActionButton:
    return ActionButton(act.id, act.label, act.url, act.slot, act.body, act.ready, act.note)
