"""Who asks, and what a permission is. Pure. Rooms bring the permissions; what nobody listed is denied.

A permission belongs to the room whose routes and pages ask for it (``<room>/permissions.py``), and says by itself who
has it.
"""

from enum import StrEnum

import msgspec

from queue_server.domain.values import Actor, CentreId, CounterId, DeviceId, StaffId


class PrincipalKind(StrEnum):
    """As what somebody comes: without proof, as a device, as an integration in its role, as staff in theirs."""

    ANONYMOUS = "anonymous"
    KIOSK = "kiosk"
    SCREEN = "screen"
    LOCKER = "locker"
    INTEGRATION_COUNTER = "integration-counter"
    INTEGRATION_MANAGER = "integration-manager"
    #: A contact centre, a government's site: appointments of others, and nothing of the queue.
    INTEGRATION_BOOKING = "integration-booking"
    #: A monitoring system: figures of this server and its centres, and nothing of anybody.
    INTEGRATION_METRICS = "integration-metrics"
    RECEPTION = "reception"
    COUNTER = "counter"
    CASHIER = "cashier"
    CUSTODY = "custody"
    MANAGER = "manager"
    AUDITOR = "auditor"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"


#: Whom several permissions are for.
EVERYBODY = frozenset(PrincipalKind)
STAFF = frozenset(
    {
        PrincipalKind.RECEPTION,
        PrincipalKind.COUNTER,
        PrincipalKind.CASHIER,
        PrincipalKind.CUSTODY,
        PrincipalKind.MANAGER,
        PrincipalKind.AUDITOR,
        PrincipalKind.LEAD,
        PrincipalKind.ADMINISTRATOR,
    }
)
INTEGRATIONS = frozenset({PrincipalKind.INTEGRATION_COUNTER, PrincipalKind.INTEGRATION_MANAGER})
SERVING = INTEGRATIONS | {PrincipalKind.COUNTER, PrincipalKind.MANAGER}
RECEIVING = INTEGRATIONS | {PrincipalKind.RECEPTION, PrincipalKind.MANAGER}
DEVICES = INTEGRATIONS | {PrincipalKind.KIOSK, PrincipalKind.SCREEN, PrincipalKind.LOCKER}
MANAGING = frozenset({PrincipalKind.INTEGRATION_MANAGER, PrincipalKind.MANAGER})
AT_DESKS = SERVING | {PrincipalKind.RECEPTION}


class Permission(msgspec.Struct, frozen=True):
    """One for each route of the API and each page; several routes share one where they can never differ.

    ``beside``: of a counter, and yet not only for who is signed in there; the route finds out whether that is right.
    """

    name: str
    kinds: frozenset[PrincipalKind] = frozenset()
    beside: bool = False


class Principal(msgspec.Struct, frozen=True):
    """Who asks. ``counter`` is where staff are signed in; ``centre`` is None for somebody without proof."""

    kinds: frozenset[PrincipalKind] = frozenset({PrincipalKind.ANONYMOUS})
    actor: Actor | None = None
    centre: CentreId | None = None
    device: DeviceId | None = None
    staff: StaffId | None = None
    counter: CounterId | None = None


ANONYMOUS = Principal()

OPENAPI = Permission("openapi", EVERYBODY)
HEALTH = Permission("health", EVERYBODY)
METRICS = Permission("metrics", MANAGING | {PrincipalKind.INTEGRATION_METRICS})
OWN = (OPENAPI, HEALTH, METRICS)


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
    if not principal.kinds & permission.kinds:
        return False
    if centre is not None and principal.centre != centre:
        return False
    bound = principal.staff is not None and PrincipalKind.MANAGER not in principal.kinds and not permission.beside
    return counter is None or not bound or principal.counter == counter
