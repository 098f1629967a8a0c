"""Staff, devices and sessions as values. Pure; nothing here holds a password, a token or a code."""

import re
from enum import StrEnum
from typing import Annotated, Literal, NewType

import msgspec
from msgspec import Meta

from queue_server.accounts.agents import UNKNOWN, UserAgent
from queue_server.domain.ticket_codes import Series
from queue_server.domain.values import SECOND, CentreId, CounterId, DeviceId, Micros, StaffId

#: SHA-256 of a session's cookie in hexadecimal: names the session without opening it.
SessionId = NewType("SessionId", str)

DeviceKind = Literal["kiosk", "screen", "locker", "integration"]
#: As whom an integration acts.
IntegrationRole = Literal["counter", "manager", "booking", "metrics"]

#: Kinds of devices that issue tickets.
ISSUING: frozenset[DeviceKind] = frozenset({"kiosk", "integration"})
#: Kinds that say how they are.
REPORTING: frozenset[DeviceKind] = frozenset({"kiosk", "screen", "locker"})
#: Roles of integrations that issue none: who only books, and who only reads figures.
WITHOUT_TICKETS: frozenset[IntegrationRole] = frozenset({"booking", "metrics"})

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
#: A technician types it on a kiosk's keypad.
CODE_DIGITS = 8
#: Nothing longer is hashed: the hash would be the cheapest way to keep a server busy. Characters.
MAX_PASSWORD = 256


class Role(StrEnum):
    """What a member of staff does at a centre. Each has a page to work at (``Room.navigation``)."""

    RECEPTION = "reception"
    COUNTER = "counter"
    CASHIER = "cashier"
    CUSTODY = "custody"
    MANAGER = "manager"
    AUDITOR = "auditor"
    #: Sees how the counters of a team stand, and writes to them.
    LEAD = "lead"
    #: Changes the set-up of the centre.
    ADMINISTRATOR = "administrator"


class FactorKind(StrEnum):
    """A second factor: codes of a phone, or a passkey."""

    CODE = "code"
    PASSKEY = "passkey"


class SignInProof(StrEnum):
    """How somebody proved who they are: by the password alone, or by something else behind it."""

    PASSWORD = "password"  # noqa: S105 - the name of a proof
    CODE = "code"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


class SessionStanding(StrEnum):
    """What a session opens: everything of its roles, or the one page that it waits for."""

    OPEN = "open"
    #: The second factor is asked for.
    CODE = "code"
    #: The centre asks for one, and there is none yet.
    SET_UP = "set-up"
    #: Nobody is at the desk: the password is asked for, and everything goes on where it was.
    LOCKED = "locked"


#: Roles that serve at a counter.
SERVING: frozenset[Role] = frozenset({Role.COUNTER, Role.MANAGER})
#: Roles of which a centre may ask a second factor.
PROTECTED: frozenset[Role] = frozenset({Role.MANAGER, Role.ADMINISTRATOR})


class AccountRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits, in seconds and tries. A window begins with the first try in it.

    ``enrol_tries_total`` is the number of wrong enrolment codes from all addresses together.
    ``code_tries`` numbers of tickets can be typed at one kiosk in a window, ``code_tries_total`` at all of a centre.
    ``sign_in_tries`` and ``sign_in_tries_address`` are free, then each waits longer, ``sign_in_delay_s`` at most;
    ``sign_in_tries_unknown`` is how many wrong passwords of one login all browsers that are not known have together.
    ``touch_after_s``: how old a "last seen" may get before it is written again.
    ``late_after_s``: a kiosk or screen that has not said how it is for so long is late.
    ``device_command_s``: what a device has not done so long after it was asked it does not do any more.
    ``device_log_days``: so long is kept what was asked of devices, with the logs that they sent, in days.
    ``hand_back_after_s``: a counter where nobody was seen for so long is silent, and others may hand back whom it has.

    Raises:
        ValueError: ``hand_back_after_s`` is less than twice ``touch_after_s``: a living counter would seem silent.
    """

    enrolment_code_s: Annotated[int, Meta(ge=60, le=86_400)] = 900
    enrol_tries: Annotated[int, Meta(ge=1, le=100)] = 5
    enrol_tries_total: Annotated[int, Meta(ge=1, le=10_000)] = 100
    enrol_window_s: Annotated[int, Meta(ge=1, le=86_400)] = 900
    code_tries: Annotated[int, Meta(ge=1, le=1000)] = 20
    code_tries_total: Annotated[int, Meta(ge=1, le=100_000)] = 200
    code_window_s: Annotated[int, Meta(ge=1, le=86_400)] = 300
    sign_in_tries: Annotated[int, Meta(ge=1, le=100)] = 5
    sign_in_tries_address: Annotated[int, Meta(ge=1, le=1000)] = 30
    sign_in_window_s: Annotated[int, Meta(ge=1, le=86_400)] = 900
    sign_in_delay_s: Annotated[int, Meta(ge=1, le=3_600)] = 30
    sign_in_tries_unknown: Annotated[int, Meta(ge=1, le=100_000)] = 100
    session_idle_s: Annotated[int, Meta(ge=60, le=86_400)] = 1800
    session_s: Annotated[int, Meta(ge=60, le=172_800)] = 43_200
    touch_after_s: Annotated[int, Meta(ge=1, le=600)] = 60
    hand_back_after_s: Annotated[int, Meta(ge=2, le=3600)] = 180
    late_after_s: Annotated[int, Meta(ge=1, le=3600)] = 150
    device_command_s: Annotated[int, Meta(ge=60, le=604_800)] = 86_400
    device_log_days: Annotated[int, Meta(ge=1, le=30)] = 7

    def __post_init__(self) -> None:
        if self.hand_back_after_s < 2 * self.touch_after_s:
            msg = "Expected field `hand_back_after_s` of at least twice `touch_after_s`"
            raise ValueError(msg)


class EnrolledDevice(msgspec.Struct, frozen=True):
    """A kiosk, screen, locker bank or integration that was enrolled; ``role`` is an integration's.

    ``name`` is for people: where it stands. ``series`` is None for one that issues no tickets.
    """

    id: DeviceId
    kind: DeviceKind
    role: IntegrationRole | None
    name: str
    centre: CentreId
    series: Series | None
    created: Micros
    revoked_at: Micros | None = None


class ReceptionSeries(msgspec.Struct, frozen=True):
    """The codes of the tickets that staff of a centre issue at any desk.

    ``device`` names, in events and in the keys of tickets, the one place where all of them come from.
    """

    device: DeviceId
    series: Series


class Staff(msgspec.Struct, frozen=True):
    """A member of staff; ``name`` is a display name, ``roles`` those at each centre."""

    id: StaffId
    login: str
    name: str
    roles: dict[CentreId, frozenset[Role]]
    disabled_at: Micros | None = None


class Session(msgspec.Struct, frozen=True):
    """A browser in which a member of staff is signed in, at one centre and, where they serve, one counter.

    ``csrf`` must come back in a header with every request that changes something.
    """

    id: SessionId
    staff: StaffId
    name: str
    centre: CentreId
    roles: frozenset[Role]
    counter: CounterId | None
    csrf: str
    created: Micros
    last_seen: Micros
    login: str = ""
    agent: UserAgent = UNKNOWN
    proof: SignInProof = SignInProof.PASSWORD
    proved_at: Micros = Micros(0)
    standing: SessionStanding = SessionStanding.OPEN
    lock_minutes: int = 0

    def alive(self, rules: AccountRules, now: Micros) -> bool:
        """Tell whether neither the idle nor the absolute time is over."""
        idle = now - self.last_seen < rules.session_idle_s * SECOND
        return idle and now - self.created < rules.session_s * SECOND


def is_login(text: str) -> bool:
    """Tell whether ``text`` has the shape of a login: lower-case letters, digits, dots, hyphens, underscores."""
    return _LOGIN.fullmatch(text) is not None
