"""As what devices and staff come, and who may see how devices are. Pure."""

from queue_server.accounts.model import EnrolledDevice, Session
from queue_server.domain.values import Actor
from queue_server.framework.permissions import MANAGING, Permission, Principal, PrincipalKind

REPORT_STATUS = Permission(
    "report-status", frozenset({PrincipalKind.KIOSK, PrincipalKind.SCREEN, PrincipalKind.LOCKER})
)
DEVICES = Permission("devices", MANAGING)
#: Say which of several machines that are one device goes on.
RESOLVE_DEVICE_COPY = Permission("resolve-device-copy", frozenset({PrincipalKind.MANAGER}))
#: Say by which settings devices work.
SET_DEVICE_SETTINGS = Permission("set-device-settings", MANAGING)
#: Ask a device to start anew or to send its log, and read that log.
COMMAND_DEVICES = Permission("command-devices", MANAGING)

PERMISSIONS = (REPORT_STATUS, DEVICES, RESOLVE_DEVICE_COPY, SET_DEVICE_SETTINGS, COMMAND_DEVICES)


def of_device(device: EnrolledDevice) -> Principal:
    """Say as what a device comes; it must not be revoked (``store.device_by_token``)."""
    kind = PrincipalKind(device.kind if device.role is None else f"{device.kind}-{device.role}")
    return Principal(frozenset({kind}), Actor(f"device/{device.id}"), device.centre, device=device.id)


def of_session(session: Session) -> Principal:
    """Say as what the member of staff behind a living session comes."""
    return Principal(
        frozenset(PrincipalKind(role.value) for role in session.roles),
        Actor(f"staff/{session.staff}"),
        session.centre,
        staff=session.staff,
        counter=session.counter,
    )
