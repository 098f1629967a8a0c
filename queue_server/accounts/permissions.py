"""Who may do what: every permission and the kinds of principal that have it. Pure. What is not listed is denied."""

from enum import StrEnum
from typing import Final, Literal

import msgspec

from queue_server.accounts.model import Device, Role, Session
from queue_server.domain.values import Actor, CentreId, CounterId, DeviceId, StaffId


class Kind(StrEnum):
    """As what somebody comes: without proof, as a device, as an integration in its role, as staff in theirs."""

    ANONYMOUS = "anonymous"
    KIOSK = "kiosk"
    SCREEN = "screen"
    LOCKER = "locker"
    INTEGRATION_COUNTER = "integration-counter"
    INTEGRATION_MANAGER = "integration-manager"
    RECEPTION = "reception"
    COUNTER = "counter"
    CASHIER = "cashier"
    MANAGER = "manager"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One for each route of the API and each page; several routes share one where they can never differ."""

    ENROL = "enrol"
    OPENAPI = "openapi"
    HEALTH = "health"
    METRICS = "metrics"
    SERVICES = "services"
    COUNTERS = "counters"
    OWN_SERIES = "own-series"
    ISSUE = "issue"
    READ_VISIT = "read-visit"
    #: What boards show of a number that somebody types.
    CODE_STATUS = "code-status"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    RECLASSIFY = "reclassify"
    CHANGE_VISIT = "change-visit"
    MERGE = "merge"
    RESUME = "resume"
    #: Write and read notes; reading is recorded.
    NOTES = "notes"
    #: Read what a kiosk read of a visit's document; recorded.
    READ_DOCUMENT = "read-document"
    #: Store what a reader at a desk of staff has read; who and when is known.
    READ_AT_DESK = "read-at-desk"
    #: Put one wrong character of its number right.
    MEND_DOCUMENT = "mend-document"
    #: Say whether the person is the one on their document; who and when is known.
    COMPARE_FACE = "compare-face"
    #: Verify a seal that staff scan, and keep what it came to; who and when is known.
    VERIFY_SEAL = "verify-seal"
    #: Find visits by a document's number; recorded.
    FIND_DOCUMENT = "find-document"
    #: Shred whoever came with a visit.
    FORGET = "forget"
    APPLICATIONS = "applications"
    #: A device tells of payments that it took, and hears what staff said of them.
    REPORT_PAYMENT = "report-payment"
    PAYMENTS = "payments"
    #: Read a receipt once more; recorded.
    RECEIPTS = "receipts"
    #: Say that money was taken without a kiosk, or for one that waits to hear it.
    TAKE_PAYMENT = "take-payment"
    WAIVE = "waive"
    #: Ask for a refund, confirm that of somebody else, say what became of it.
    REFUND = "refund"
    #: Let a payment settle what it was for, though it is not what was owed.
    ACCEPT_PAYMENT = "accept-payment"
    #: The ledger of a day, as CSV.
    EXPORT_PAYMENTS = "export-payments"
    #: See the ends of terminals' days, and what differs.
    CLOSINGS = "closings"
    SEE_CLOSING = "see-closing"
    CALL_NEXT = "call-next"
    CALL = "call"
    TRANSFER = "transfer"
    PARK = "park"
    HAND_BACK = "hand-back"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    MISSED = "missed"
    UNDO = "undo"
    OPEN_COUNTER = "open-counter"
    CLOSE_COUNTER = "close-counter"
    PAUSE_COUNTER = "pause-counter"
    CALL_HELP = "call-help"
    #: Of the device's own calls alone.
    WITHDRAW_HELP = "withdraw-help"
    TAKE_HELP = "take-help"
    ANNOUNCE = "announce"
    INTAKE = "intake"
    REPORT_STATUS = "report-status"
    DEVICES = "devices"
    #: Say which of several machines that are one device goes on.
    KEEP_DEVICE = "keep-device"
    #: Have every event looked at, and hear how that came out.
    VERIFY = "verify"
    #: Snapshot and feed; ``audience`` says of what.
    FOLLOW = "follow"
    SIGN_IN_PAGE = "sign-in-page"
    SIGN_OUT = "sign-out"
    #: Lock one's own page, and go on.
    LOCK = "lock"
    #: One's own account: password, and where one is signed in.
    ACCOUNT_PAGE = "account-page"
    #: The accounts of a centre; what is done there of colleagues is recorded.
    COLLEAGUES_PAGE = "colleagues-page"
    END_SESSIONS = "end-sessions"
    ADMIT = "admit"
    COUNTER_PAGE = "counter-page"
    RECEPTION_PAGE = "reception-page"
    CASH_PAGE = "cash-page"
    WAITING_PAGE = "waiting-page"
    AUDIT_PAGE = "audit-page"
    MANAGER_PAGE = "manager-page"
    TICKET_PAGE = "ticket-page"
    STATIC = "static"


_INTEGRATIONS = frozenset({Kind.INTEGRATION_COUNTER, Kind.INTEGRATION_MANAGER})
_SERVING = _INTEGRATIONS | {Kind.COUNTER, Kind.MANAGER}
_RECEIVING = _INTEGRATIONS | {Kind.RECEPTION, Kind.MANAGER}
_MANAGING = frozenset({Kind.INTEGRATION_MANAGER, Kind.MANAGER})
_AT_DESKS = _SERVING | {Kind.RECEPTION}
_STAFF = frozenset(Kind(role.value) for role in Role)
_EVERYBODY = frozenset(Kind)

MATRIX: Final[dict[Permission, frozenset[Kind]]] = {
    Permission.ENROL: frozenset({Kind.ANONYMOUS}),
    Permission.OPENAPI: _EVERYBODY,
    Permission.HEALTH: _EVERYBODY,
    Permission.METRICS: frozenset({Kind.INTEGRATION_MANAGER, Kind.MANAGER}),
    Permission.SERVICES: _AT_DESKS | {Kind.CASHIER, Kind.KIOSK, Kind.SCREEN},
    Permission.COUNTERS: _AT_DESKS,
    Permission.OWN_SERIES: _INTEGRATIONS | {Kind.KIOSK},
    Permission.ISSUE: _RECEIVING | {Kind.KIOSK},
    Permission.READ_VISIT: _AT_DESKS | {Kind.CASHIER, Kind.KIOSK},
    Permission.CODE_STATUS: frozenset({Kind.KIOSK}),
    Permission.CANCEL: _AT_DESKS,
    Permission.REINSTATE: _AT_DESKS,
    Permission.RECLASSIFY: _AT_DESKS,
    Permission.CHANGE_VISIT: _AT_DESKS,
    Permission.MERGE: _RECEIVING,
    Permission.RESUME: _AT_DESKS,
    # What staff write and look up about people is for staff alone: no device has a name to record.
    Permission.NOTES: frozenset({Kind.RECEPTION, Kind.COUNTER, Kind.MANAGER}),
    Permission.READ_DOCUMENT: frozenset({Kind.RECEPTION, Kind.COUNTER, Kind.MANAGER}),
    Permission.READ_AT_DESK: frozenset({Kind.RECEPTION, Kind.COUNTER, Kind.MANAGER}),
    Permission.MEND_DOCUMENT: frozenset({Kind.RECEPTION, Kind.COUNTER, Kind.MANAGER}),
    Permission.COMPARE_FACE: frozenset({Kind.RECEPTION, Kind.COUNTER, Kind.MANAGER}),
    Permission.VERIFY_SEAL: frozenset({Kind.RECEPTION, Kind.COUNTER, Kind.MANAGER}),
    Permission.FIND_DOCUMENT: frozenset({Kind.RECEPTION, Kind.MANAGER}),
    Permission.FORGET: frozenset({Kind.MANAGER}),
    Permission.APPLICATIONS: _AT_DESKS,
    Permission.REPORT_PAYMENT: frozenset({Kind.KIOSK}),
    Permission.PAYMENTS: _AT_DESKS | {Kind.CASHIER},
    Permission.CLOSINGS: _MANAGING | {Kind.CASHIER},
    # Like all that is read of people and all that moves money: for staff alone, under their names.
    Permission.RECEIPTS: frozenset({Kind.RECEPTION, Kind.COUNTER, Kind.CASHIER, Kind.MANAGER}),
    Permission.TAKE_PAYMENT: frozenset({Kind.CASHIER, Kind.MANAGER}),
    Permission.WAIVE: frozenset({Kind.CASHIER, Kind.MANAGER}),
    Permission.REFUND: frozenset({Kind.CASHIER, Kind.MANAGER}),
    Permission.ACCEPT_PAYMENT: frozenset({Kind.MANAGER}),
    Permission.EXPORT_PAYMENTS: frozenset({Kind.MANAGER}),
    Permission.SEE_CLOSING: frozenset({Kind.MANAGER}),
    Permission.CALL_NEXT: _SERVING,
    Permission.CALL: _SERVING,
    Permission.TRANSFER: _SERVING,
    Permission.PARK: _SERVING,
    Permission.HAND_BACK: _AT_DESKS,
    Permission.RECALL: _SERVING,
    Permission.START: _SERVING,
    Permission.FINISH: _SERVING,
    Permission.MISSED: _SERVING,
    Permission.UNDO: _SERVING,
    Permission.OPEN_COUNTER: _SERVING,
    Permission.CLOSE_COUNTER: _SERVING,
    Permission.PAUSE_COUNTER: _SERVING,
    Permission.CALL_HELP: _AT_DESKS | {Kind.KIOSK},
    Permission.WITHDRAW_HELP: frozenset({Kind.KIOSK}),
    Permission.TAKE_HELP: _AT_DESKS,
    Permission.ANNOUNCE: _MANAGING,
    Permission.INTAKE: _MANAGING,
    Permission.REPORT_STATUS: frozenset({Kind.KIOSK, Kind.SCREEN}),
    Permission.DEVICES: _MANAGING,
    Permission.KEEP_DEVICE: frozenset({Kind.MANAGER}),
    # Whoever has a page open: its line keeps the session, and says at once when access has ended.
    Permission.FOLLOW: _AT_DESKS | _STAFF | {Kind.KIOSK, Kind.SCREEN},
    Permission.SIGN_IN_PAGE: _STAFF | {Kind.ANONYMOUS},
    Permission.SIGN_OUT: _STAFF,
    Permission.LOCK: _STAFF,
    Permission.ACCOUNT_PAGE: _STAFF,
    Permission.COLLEAGUES_PAGE: frozenset({Kind.MANAGER}),
    Permission.END_SESSIONS: frozenset({Kind.MANAGER}),
    Permission.ADMIT: frozenset({Kind.MANAGER}),
    Permission.COUNTER_PAGE: frozenset({Kind.COUNTER, Kind.MANAGER}),
    Permission.RECEPTION_PAGE: frozenset({Kind.RECEPTION, Kind.MANAGER}),
    Permission.CASH_PAGE: frozenset({Kind.CASHIER, Kind.MANAGER}),
    Permission.WAITING_PAGE: frozenset({Kind.RECEPTION, Kind.COUNTER, Kind.MANAGER}),
    # Managers are among those whose deeds are looked at here.
    Permission.AUDIT_PAGE: frozenset({Kind.AUDITOR}),
    Permission.VERIFY: frozenset({Kind.AUDITOR}),
    Permission.MANAGER_PAGE: frozenset({Kind.MANAGER}),
    Permission.TICKET_PAGE: _EVERYBODY,
    Permission.STATIC: _EVERYBODY,
}


#: Of a counter, and yet not only for who is signed in there: the route finds out whether that counter has gone silent.
_BESIDE: Final = frozenset({Permission.HAND_BACK})


class Principal(msgspec.Struct, frozen=True):
    """Who asks. ``counter`` is where staff are signed in; ``centre`` is None for somebody without proof."""

    kinds: frozenset[Kind] = frozenset({Kind.ANONYMOUS})
    actor: Actor | None = None
    centre: CentreId | None = None
    device: DeviceId | None = None
    staff: StaffId | None = None
    counter: CounterId | None = None


ANONYMOUS = Principal()

Audience = Literal["board", "queue", "kiosk"]


def of_device(device: Device) -> Principal:
    """Say as what a device comes; it must not be revoked (``store.device_by_token``)."""
    kind = Kind(device.kind if device.role is None else f"{device.kind}-{device.role}")
    return Principal(frozenset({kind}), Actor(f"device/{device.id}"), device.centre, device=device.id)


def of_session(session: Session) -> Principal:
    """Say as what the member of staff behind a living session comes."""
    return Principal(
        frozenset(Kind(role.value) for role in session.roles),
        Actor(f"staff/{session.staff}"),
        session.centre,
        staff=session.staff,
        counter=session.counter,
    )


def allowed(
    principal: Principal,
    permission: Permission,
    *,
    centre: CentreId | None = None,
    counter: CounterId | None = None,
) -> bool:
    """Tell whether ``principal`` may do this, at this centre and counter where the route names them.

    Devices and staff act at their own centre alone, staff below a manager at the counter where they are signed in;
    what is done beside a silent counter the route checks by itself.
    """
    if not principal.kinds & MATRIX[permission]:
        return False
    if centre is not None and principal.centre != centre:
        return False
    bound = principal.staff is not None and Kind.MANAGER not in principal.kinds and permission not in _BESIDE
    return counter is None or not bound or principal.counter == counter


def audience(principal: Principal) -> Audience | None:
    """Say which feed is for this principal; None for those who may not follow."""
    if not allowed(principal, Permission.FOLLOW):
        return None
    if Kind.SCREEN in principal.kinds:
        return "board"
    return "kiosk" if Kind.KIOSK in principal.kinds else "queue"
