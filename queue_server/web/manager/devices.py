"""The devices of the centre: a strip that says how each kind does, and the list of all."""

from markupsafe import Markup

from queue_server.contract.devices import DeviceStatusView
from queue_server.domain.values import to_micros
from queue_server.web.manager import alarms, device_commands, words
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import DeviceGroup, DeviceRow, Standing

_ICONS = {"kiosk": "kiosk", "screen": "screen", "locker": "lock", "integration": "server"}


def is_well(device: DeviceStatusView) -> bool:
    """Tell whether a device that says how it is was heard of lately and needs nobody."""
    parts = any(alarms.is_bad(part) for part in device.parts)
    return (
        device.seen is not None
        and not device.late
        and device.mode == "in-service"
        and not parts
        and not device.refused
        and not device.machines
    )


def groups(scene: ManagerView) -> tuple[DeviceGroup, ...]:
    """Count kiosks and boards; a kind that the centre does not have is left out."""
    _, found = scene.words, []
    for kind in alarms.TELLING:
        there = [one for one in scene.devices if one.kind == kind]
        well = sum(map(is_well, there))
        if there:
            text = _("%(well)s of %(all)s in order", well=well, all=len(there))
            standing: Standing = "good" if well == len(there) else "bad"
            found.append(DeviceGroup(_ICONS[kind], words.device_kinds(_, kind), standing, text))
    return tuple(found)


def rows(scene: ManagerView) -> tuple[DeviceRow, ...]:
    """List all devices by kind, those that need somebody first."""
    kinds = list(_ICONS)
    order = sorted(scene.devices, key=lambda one: (kinds.index(one.kind), is_well(one), one.name))
    return tuple(_row(scene, one) for one in order)


def _row(scene: ManagerView, device: DeviceStatusView) -> DeviceRow:
    standing, word = _state_words(scene, device)
    return DeviceRow(
        icon=_ICONS[device.kind],
        name=device.name,
        kind=words.device_kind(scene.words, device.kind),
        standing=standing,
        word=word,
        seen=_seen(scene, device),
        parts=_parts(scene, device),
        tickets=_tickets(scene, device),
        release=_release(scene, device),
        settings=_settings(scene, device),
        panel=device_commands.panel(scene, device),
    )


def _state_words(  # noqa: PLR0911 - one line a state
    scene: ManagerView, device: DeviceStatusView
) -> tuple[Standing, Markup]:
    _ = scene.words
    if device.kind not in alarms.TELLING:
        return "open", _("does not say")
    if device.machines:
        return "bad", _("several machines")
    if device.late:
        return "bad", _("not connected")
    if device.seen is None:
        return "open", _("not heard of yet")
    if device.mode == "out-of-order":
        return "bad", _("out of order")
    if device.mode == "setup":
        return "open", _("being set up")
    return ("good", _("in service")) if is_well(device) else ("bad", _("needs somebody"))


def _seen(scene: ManagerView, device: DeviceStatusView) -> Markup:
    _ = scene.words
    if device.kind not in alarms.TELLING:
        return Markup()
    if device.seen is None:
        return _("never")
    seen = to_micros(device.seen)
    if seen < scene.state.starts_at:
        return Markup("{} {}").format(scene.clock.day(seen, "d MMM"), scene.clock.hhmm(seen))
    return Markup.escape(scene.clock.hhmm(seen))


def _parts(scene: ManagerView, device: DeviceStatusView) -> tuple[tuple[Standing, Markup], ...]:
    """Say of each part how it is; of a device that is not heard of nothing is known."""
    if device.late:
        return ()
    _ = scene.words
    found: list[tuple[Standing, Markup]] = []
    for part in device.parts:
        name = words.part_name(_, part.name)
        if alarms.is_bad(part):
            trouble, _todo = words.part_trouble(_, part)
            found.append(("bad", _("%(part)s: %(trouble)s", part=name, trouble=trouble)))
        elif part.state == "unknown":
            found.append(("open", _("%(part)s: %(trouble)s", part=name, trouble=_("not used yet"))))
        else:
            found.append(("good", name))
    return tuple(found)


def _release(scene: ManagerView, device: DeviceStatusView) -> Markup:
    """Say which release it runs, and that it is an older one than the server's."""
    _ = scene.words
    if device.kind not in alarms.TELLING:
        return Markup()
    if not device.version:
        return _("not known")
    release = Markup('<bdi dir="ltr">{}</bdi>').format(device.version)
    return _("%(release)s: older than the server", release=release) if device.behind else release


def _settings(scene: ManagerView, device: DeviceStatusView) -> tuple[Standing, Markup] | None:
    """Say by which settings it works; None where it takes none from here, or has none."""
    _, known = scene.words, device.settings
    if known is None or not (known.wanted or known.force):
        return None
    if known.refused:
        why = Markup('<bdi dir="ltr">{}</bdi>').format(known.refused)
        # One piece of text: a standing lays its pieces out beside each other.
        said = _("version %(version)s refused: %(why)s", version=known.wanted, why=why)
        return "bad", Markup("<span>{}</span>").format(said)
    if known.force == known.wanted:
        return "good", _("version %(version)s", version=known.wanted)
    return "open", _("version %(version)s not in use yet", version=known.wanted)


def _tickets(scene: ManagerView, device: DeviceStatusView) -> Markup:
    _, said = scene.words, []
    if device.waiting:
        said.append(_.ngettext("%(count)s not sent yet", "%(count)s not sent yet", device.waiting))
    if device.refused:
        said.append(_.ngettext("%(count)s refused", "%(count)s refused", device.refused))
    return _(", ").join(said)
