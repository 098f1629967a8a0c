"""Who may do what with a centre's day. Pure."""

from typing import Literal

from queue_server.framework.permissions import (
    AT_DESKS,
    INTEGRATIONS,
    MANAGING,
    RECEIVING,
    SERVING,
    STAFF,
    Permission,
    Principal,
    PrincipalKind,
    allowed,
)

ENROL = Permission("enrol", frozenset({PrincipalKind.ANONYMOUS}))
SERVICES = Permission(
    "services",
    AT_DESKS | {PrincipalKind.CASHIER, PrincipalKind.KIOSK, PrincipalKind.SCREEN, PrincipalKind.INTEGRATION_BOOKING},
)
COUNTERS = Permission("counters", AT_DESKS)
OWN_SERIES = Permission("own-series", INTEGRATIONS | {PrincipalKind.KIOSK})
#: Snapshot and feed; ``audience`` says of what. For whoever has a page open: its line keeps the session, and says at
#: once when access has ended.
FOLLOW = Permission("follow", AT_DESKS | STAFF | {PrincipalKind.KIOSK, PrincipalKind.SCREEN})

ISSUE = Permission("issue", RECEIVING | {PrincipalKind.KIOSK})
READ_VISIT = Permission("read-visit", AT_DESKS | {PrincipalKind.CASHIER, PrincipalKind.KIOSK})
#: What boards show of a number that somebody types.
CODE_STATUS = Permission("code-status", frozenset({PrincipalKind.KIOSK}))
#: A kiosk tells of its own tickets alone; the route finds out whether it is one.
COUNT_PAPERS = Permission("count-papers", RECEIVING | {PrincipalKind.KIOSK})
CANCEL = Permission("cancel", AT_DESKS)
REINSTATE = Permission("reinstate", AT_DESKS)
RECLASSIFY = Permission("reclassify", AT_DESKS)
CHANGE_VISIT = Permission("change-visit", AT_DESKS)
MERGE = Permission("merge", RECEIVING)
RESUME = Permission("resume", AT_DESKS)

CALL_NEXT = Permission("call-next", SERVING)
CALL = Permission("call", SERVING)
TRANSFER = Permission("transfer", SERVING)
PARK = Permission("park", SERVING)
#: The route finds out whether that counter has gone silent.
HAND_BACK = Permission("hand-back", AT_DESKS, beside=True)
RECALL = Permission("recall", SERVING)
START = Permission("start", SERVING)
FINISH = Permission("finish", SERVING)
MISSED = Permission("missed", SERVING)
UNDO = Permission("undo", SERVING)
OPEN_COUNTER = Permission("open-counter", SERVING)
CLOSE_COUNTER = Permission("close-counter", SERVING)
PAUSE_COUNTER = Permission("pause-counter", SERVING)

CALL_HELP = Permission("call-help", AT_DESKS | {PrincipalKind.KIOSK})
#: Of the device's own calls alone.
WITHDRAW_HELP = Permission("withdraw-help", frozenset({PrincipalKind.KIOSK}))
TAKE_HELP = Permission("take-help", AT_DESKS)
ANNOUNCE = Permission("announce", MANAGING)
INTAKE = Permission("intake", MANAGING)

PERMISSIONS = (
    *(ENROL, SERVICES, COUNTERS, OWN_SERIES, FOLLOW),
    *(ISSUE, READ_VISIT, CODE_STATUS, COUNT_PAPERS, CANCEL, REINSTATE, RECLASSIFY, CHANGE_VISIT, MERGE, RESUME),
    *(CALL_NEXT, CALL, TRANSFER, PARK, HAND_BACK, RECALL, START, FINISH, MISSED, UNDO),
    *(OPEN_COUNTER, CLOSE_COUNTER, PAUSE_COUNTER),
    *(CALL_HELP, WITHDRAW_HELP, TAKE_HELP, ANNOUNCE, INTAKE),
)

Audience = Literal["board", "queue", "kiosk"]


def audience(principal: Principal) -> Audience | None:
    """Say which feed is for this principal; None for those who may not follow."""
    if not allowed(principal, FOLLOW):
        return None
    if PrincipalKind.SCREEN in principal.kinds:
        return "board"
    return "kiosk" if PrincipalKind.KIOSK in principal.kinds else "queue"
