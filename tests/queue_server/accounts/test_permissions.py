"""The whole matrix, written out once more by hand: rows are permissions, columns kinds of principal."""

import pytest

from queue_server.accounts.model import EnrolledDevice, Role, Session, SessionId
from queue_server.accounts.permissions import of_device, of_session
from queue_server.centre.permissions import CALL, CALL_NEXT, FINISH, HAND_BACK, UNDO, audience
from queue_server.domain.values import CentreId, CounterId, DeviceId, Micros, StaffId
from queue_server.framework.permissions import ANONYMOUS, Permission, Principal, PrincipalKind, allowed
from queue_server.payments.permissions import RECORD_MANUAL_PAYMENT
from queue_server.web.permissions import SIGN_OUT
from tests.queue_server.house import KNOWN

#: anonymous, kiosk, screen, locker, integration-counter, integration-manager, integration-booking, reception, counter,
#: cashier, custody, manager, auditor, lead, administrator; x is allowed.
TABLE = """
                an ki sc lo ic im ib re co ca cu ma au le ad
enrol           x  .  .  .  .  .  .  .  .  .  .  .  .  .  .
openapi         x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
health          x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
metrics         .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
services        .  x  x  .  x  x  x  x  x  x  .  x  .  .  .
counters        .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
own-series      .  x  .  .  x  x  .  .  .  .  .  .  .  .  .
issue           .  x  .  .  x  x  .  x  .  .  .  x  .  .  .
read-visit      .  x  .  .  x  x  .  x  x  x  .  x  .  .  .
code-status     .  x  .  .  .  .  .  .  .  .  .  .  .  .  .
count-papers    .  x  .  .  x  x  .  x  .  .  .  x  .  .  .
cancel          .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
reinstate       .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
reclassify      .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
change-visit    .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
merge           .  .  .  .  x  x  .  x  .  .  .  x  .  .  .
resume          .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
notes           .  .  .  .  .  .  .  x  x  .  .  x  .  .  .
read-document   .  .  .  .  .  .  .  x  x  .  .  x  .  .  .
read-at-desk    .  .  .  .  .  .  .  x  x  .  .  x  .  .  .
correct-document .  .  .  .  .  .  .  x  x  .  .  x  .  .  .
compare-face    .  .  .  .  .  .  .  x  x  .  .  x  .  .  .
verify-seal     .  .  .  .  .  .  .  x  x  .  .  x  .  .  .
find-document   .  .  .  .  .  .  .  x  .  .  .  x  .  .  .
erase           .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
applications    .  .  .  .  x  x  .  x  x  .  x  x  .  .  .
report-payment  .  x  .  .  .  .  .  .  .  .  .  .  .  .  .
payments        .  .  .  .  x  x  .  x  x  x  .  x  .  .  .
list-payments   .  .  .  .  .  x  .  .  .  x  .  x  x  .  .
receipts        .  .  .  .  .  .  .  x  x  x  .  x  .  .  .
record-manual-payment .  .  .  .  .  .  .  .  .  x  .  x  .  .  .
waive           .  .  .  .  .  .  .  .  .  x  .  x  .  .  .
refund          .  .  .  .  .  .  .  .  .  x  .  x  .  .  .
export-payments .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
reconciliations .  .  .  .  .  x  .  .  .  x  .  x  .  .  .
accept-payment  .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
acknowledge-reconciliation .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
requirements    .  x  .  .  x  x  x  x  x  x  .  x  .  .  .
checklist       .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
fill-forms      .  x  .  .  x  x  .  x  x  .  .  x  .  .  .
read-forms      .  .  .  .  .  .  .  x  x  .  .  x  .  .  .
receive-item    .  .  .  .  .  .  .  x  x  .  x  x  .  .  .
see-items       .  .  .  .  x  x  .  x  x  .  x  x  x  .  .
handle-items    .  .  .  .  .  .  .  .  .  .  x  x  .  .  .
end-items       .  .  .  .  .  .  .  .  .  .  x  x  .  .  .
settle-notifications .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
read-information .  x  x  x  x  x  x  x  x  x  x  x  x  x  x
manage-information .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
information-editor .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
catalogue-page  .  .  .  .  .  .  .  .  .  .  .  .  .  .  x
information-page x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
collect         .  x  .  .  .  .  .  .  .  .  .  .  .  .  .
authorise-collection .  .  .  .  .  .  .  .  x  .  x  x  .  .  .
book-appointments .  x  .  .  x  x  x  x  x  .  .  x  .  .  .
check-appointments .  x  .  .  x  x  .  x  x  .  .  x  .  .  .
change-appointments .  .  .  .  x  x  x  x  x  .  .  x  .  .  .
see-appointments .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
see-appointment-days .  .  .  .  x  x  .  x  .  .  .  x  .  .  .
change-appointment-days .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
link-bank       .  .  .  x  .  .  .  .  .  .  .  .  .  .  .
see-warnings    .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
take-warning    .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
see-banks       .  .  .  .  x  x  .  x  x  .  x  x  x  .  .
handle-banks    .  .  .  .  .  .  .  .  .  .  x  x  .  .  .
call-next       .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
call            .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
transfer        .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
park            .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
hand-back       .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
recall          .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
start           .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
finish          .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
missed          .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
undo            .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
open-counter    .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
close-counter   .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
pause-counter   .  .  .  .  x  x  .  .  x  .  .  x  .  .  .
call-help       .  x  .  .  x  x  .  x  x  .  .  x  .  .  .
withdraw-help   .  x  .  .  .  .  .  .  .  .  .  .  .  .  .
take-help       .  .  .  .  x  x  .  x  x  .  .  x  .  .  .
announce        .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
intake          .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
report-status   .  x  x  x  .  .  .  .  .  .  .  .  .  .  .
devices         .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
enrol-devices   .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
set-device-settings .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
command-devices .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
resolve-device-copy .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
verify          .  .  .  .  .  .  .  .  .  .  .  .  x  .  .
see-figures     .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
follow          .  x  x  .  x  x  .  x  x  x  x  x  x  x  x
sign-in-page    x  .  .  .  .  .  .  x  x  x  x  x  x  x  x
sign-out        .  .  .  .  .  .  .  x  x  x  x  x  x  x  x
lock            .  .  .  .  .  .  .  x  x  x  x  x  x  x  x
account-page    .  .  .  .  .  .  .  x  x  x  x  x  x  x  x
colleagues-page .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
end-sessions    .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
admit           .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
counter-page    .  .  .  .  .  .  .  .  x  .  .  x  .  .  .
reach-remote    .  .  .  .  .  .  .  .  x  .  .  x  .  .  .
reception-page  .  .  .  .  .  .  .  x  .  .  .  x  .  .  .
waiting-page    .  .  .  .  .  .  .  x  x  .  .  x  .  .  .
appointments-page . .  .  .  .  .  .  x  x  .  .  x  .  .  .
cash-page       .  .  .  .  .  .  .  .  .  x  .  x  .  .  .
custody-page    .  .  .  .  .  .  .  .  .  .  x  x  .  .  .
audit-page      .  .  .  .  .  .  .  .  .  .  .  .  x  .  .
manager-page    .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
own-day         .  .  .  .  .  .  .  .  x  .  .  x  .  .  .
teams           .  .  .  .  .  .  .  .  .  .  .  x  .  x  .
staffing-page   .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
forecast-page   .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
accuracy-page   .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
figures-page    .  .  .  .  .  .  .  .  .  .  .  x  .  .  .
organisation-page . .  .  .  .  .  .  .  .  .  .  x  .  .  .
compare-centres .  .  .  .  .  x  .  .  .  .  .  x  .  .  .
ticket-page     x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
form-page       x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
visit-forms-page .  .  .  .  .  .  .  x  x  .  .  x  .  .  .
booking-page    x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
reminders-page  x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
static          x  x  x  x  x  x  x  x  x  x  x  x  x  x  x
"""
#: What a monitoring system may do beside what everybody may; it has no column, since it stands in no other row.
OF_MONITORING = {"metrics", "compare-centres"}
#: The column before which its own would stand.
_BEFORE = 7


def _row(name: str, marks: list[str]) -> tuple[str, list[str]]:
    own = "x" if name in OF_MONITORING or set(marks) == {"x"} else "."
    return name, [*marks[:_BEFORE], own, *marks[_BEFORE:]]


ROWS = dict(_row(name, marks) for name, *marks in (line.split() for line in TABLE.strip().splitlines()[1:]))
HERE, THERE = CentreId("here"), CentreId("there")


def _device(kind: str, role: str | None = None) -> EnrolledDevice:
    return EnrolledDevice(DeviceId("d"), kind, role, "Kiosk 1", HERE, None, Micros(0))  # type: ignore[arg-type] # strings of a test


def _session(*roles: Role, counter: str | None = "3") -> Session:
    return Session(
        id=SessionId("s"),
        staff=StaffId("p"),
        name="Ines Moreau",
        centre=HERE,
        roles=frozenset(roles),
        counter=None if counter is None else CounterId(counter),
        csrf="c",
        created=Micros(0),
        last_seen=Micros(0),
    )


PRINCIPALS = {
    PrincipalKind.ANONYMOUS: ANONYMOUS,
    PrincipalKind.KIOSK: of_device(_device("kiosk")),
    PrincipalKind.SCREEN: of_device(_device("screen")),
    PrincipalKind.LOCKER: of_device(_device("locker")),
    PrincipalKind.INTEGRATION_COUNTER: of_device(_device("integration", "counter")),
    PrincipalKind.INTEGRATION_MANAGER: of_device(_device("integration", "manager")),
    PrincipalKind.INTEGRATION_BOOKING: of_device(_device("integration", "booking")),
    PrincipalKind.INTEGRATION_METRICS: of_device(_device("integration", "metrics")),
    **{PrincipalKind(role.value): of_session(_session(role)) for role in Role},
}


def test_the_table_names_every_permission_and_every_kind() -> None:
    assert set(ROWS) == set(KNOWN.permissions)
    assert list(PRINCIPALS) == list(PrincipalKind)
    assert {len(marks) for marks in ROWS.values()} == {len(PrincipalKind)}


@pytest.mark.parametrize("permission", KNOWN.permissions.values(), ids=lambda one: one.name)
def test_each_may_do_what_the_table_says_and_nothing_else(permission: Permission) -> None:
    for kind, mark in zip(PrincipalKind, ROWS[permission.name], strict=True):
        assert allowed(PRINCIPALS[kind], permission) is (mark == "x"), kind


def test_nobody_acts_at_another_centre() -> None:
    for permission in KNOWN.permissions.values():
        for kind, principal in PRINCIPALS.items():
            assert not allowed(principal, permission, centre=THERE)
            if kind is not PrincipalKind.ANONYMOUS:
                assert allowed(principal, permission, centre=HERE) is allowed(principal, permission)


def test_staff_act_at_their_own_counter_and_managers_and_integrations_at_any() -> None:
    own, other = CounterId("3"), CounterId("4")

    def may(principal: Principal, counter: CounterId) -> bool:
        return allowed(principal, CALL_NEXT, centre=HERE, counter=counter)

    clerk, manager = of_session(_session(Role.COUNTER)), of_session(_session(Role.MANAGER, counter=None))
    assert (may(clerk, own), may(clerk, other)) == (True, False)
    assert not may(of_session(_session(Role.COUNTER, counter=None)), own)
    assert (may(manager, own), may(manager, other)) == (True, True)
    assert may(PRINCIPALS[PrincipalKind.INTEGRATION_COUNTER], other)


def test_handing_back_alone_is_done_beside_a_counter() -> None:
    """The route looks whether that counter has gone silent."""
    clerk, desk = of_session(_session(Role.COUNTER)), of_session(_session(Role.RECEPTION, counter=None))
    at = {
        permission
        for permission in KNOWN.permissions.values()
        if allowed(clerk, permission, centre=HERE, counter=CounterId("4"))
    }
    assert at & {HAND_BACK, UNDO, CALL, FINISH} == {HAND_BACK}
    assert allowed(desk, HAND_BACK, centre=HERE, counter=CounterId("4"))
    assert not allowed(desk, HAND_BACK, centre=THERE, counter=CounterId("4"))


def test_several_roles_add_up() -> None:
    both = of_session(_session(Role.CASHIER, Role.COUNTER))
    assert allowed(both, CALL_NEXT)
    assert allowed(both, RECORD_MANUAL_PAYMENT)
    assert not allowed(of_session(_session()), SIGN_OUT)


def test_each_follows_the_feed_that_is_for_them() -> None:
    feeds = {kind: audience(principal) for kind, principal in PRINCIPALS.items()}
    queue = {
        PrincipalKind.INTEGRATION_COUNTER,
        PrincipalKind.INTEGRATION_MANAGER,
        *(PrincipalKind(role.value) for role in Role),
    }
    expected = dict.fromkeys(queue, "queue") | {PrincipalKind.SCREEN: "board", PrincipalKind.KIOSK: "kiosk"}
    assert {kind: feed for kind, feed in feeds.items() if feed} == expected


def test_actors_are_named_by_id() -> None:
    assert of_device(_device("kiosk")).actor == "device/d"
    assert of_session(_session(Role.COUNTER)).actor == "staff/p"
    assert ANONYMOUS.actor is None
