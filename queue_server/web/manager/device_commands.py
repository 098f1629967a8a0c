"""What managers ask of a device from afar: the buttons, what was asked of late, and the log that came."""

from markupsafe import Markup

from queue_server.contract.device_commands import DeviceCommandView
from queue_server.contract.devices import DeviceStatusView
from queue_server.domain.device_commands import DeviceCommandFault, DeviceCommandKind
from queue_server.domain.values import Micros, to_micros
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import ActionButton, CommandRow, DevicePanel, Standing

#: So many of a device are listed, the newest first.
_SHOWN = 5


def panel(scene: ManagerView, device: DeviceStatusView) -> DevicePanel | None:
    """Give what can be asked of a device, and what was; None where nothing can be, and nothing was."""
    asked = [one for one in scene.commands if one.device == device.id][:_SHOWN]
    if not (device.takes or asked):
        return None
    waiting = {one.kind: one for one in asked if one.state == "waiting"}
    rows = tuple(_row(scene, one) for one in asked)
    return DevicePanel(
        id=device.id,
        name=device.name,
        acts=tuple(_act(scene, device, kind, waiting.get(kind)) for kind in DeviceCommandKind if kind in device.takes),
        rows=rows,
        waiting=tuple(row for row, one in zip(rows, asked, strict=True) if one.state == "waiting"),
    )


def _act(
    scene: ManagerView, device: DeviceStatusView, kind: DeviceCommandKind, waiting: DeviceCommandView | None
) -> ActionButton:
    _ = scene.words
    newest = next((one.id for one in scene.commands if one.device == device.id and one.kind == kind), "")
    return ActionButton(
        act=f"{kind}-{device.id}",
        label=_what(scene, kind),
        url=f"{scene.api}/devices/{device.id}/commands",
        slot=f"{kind}:{device.id}:{newest}",
        body=f'{{"kind": "{kind}"}}',
        ready=waiting is None,
        note=Markup() if waiting is None else _("is asked already"),
    )


def _what(scene: ManagerView, kind: DeviceCommandKind) -> Markup:
    _ = scene.words
    return {
        DeviceCommandKind.RESTART: _("Restart"),
        DeviceCommandKind.SEND_LOG: _("Send the log"),
    }[kind]


def _row(scene: ManagerView, one: DeviceCommandView) -> CommandRow:
    _ = scene.words
    standing, became = _became(scene, one)
    return CommandRow(
        what=_what(scene, one.kind),
        standing=standing,
        became=became,
        asked=_("asked at %(time)s", time=_moment(scene, to_micros(one.at))),
        log=f"/manager/device-log/{one.id}" if one.has_log else "",
    )


def _became(scene: ManagerView, one: DeviceCommandView) -> tuple[Standing, Markup]:
    _ = scene.words
    ended = _moment(scene, to_micros(one.ended)) if one.ended is not None else ""
    match one.state:
        case "done":
            return "good", _("done at %(time)s", time=ended)
        case "refused":
            return "bad", _("not done: %(why)s", why=_why(scene, one.code))
        case "expired":
            return "bad", _("not done: the device did not answer in time")
        case "waiting":
            if one.kind is DeviceCommandKind.RESTART:
                return "open", _("waits until nobody uses the device")
            return "open", _("waits for the device")


def _why(scene: ManagerView, code: str) -> Markup:
    """Say why; a code that this release does not know is shown as it is."""
    _ = scene.words
    return {
        DeviceCommandFault.NOT_STORED.value: _("its disk takes nothing"),
        DeviceCommandFault.LOG_NOT_TAKEN.value: _("the server did not take the log"),
    }.get(code) or Markup('<bdi dir="ltr">{}</bdi>').format(code)


def _moment(scene: ManagerView, at: Micros) -> Markup:
    """Write when it was; of another day with the day."""
    if at < scene.state.starts_at:
        return Markup('<bdi dir="ltr">{} {}</bdi>').format(scene.clock.day(at, "d MMM"), scene.clock.hhmm(at))
    return Markup('<bdi dir="ltr">{}</bdi>').format(scene.clock.hhmm(at))
