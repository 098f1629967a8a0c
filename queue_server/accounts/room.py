"""Accounts: who may come in, staff and devices."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Select, literal, select

from queue_server.accounts import errors
from queue_server.accounts.account_events import ACCOUNTS
from queue_server.accounts.device_events import CODEC as DEVICE_CODEC
from queue_server.accounts.device_events import DEVICES
from queue_server.accounts.events import CODEC
from queue_server.accounts.model import AccountRules
from queue_server.accounts.permissions import PERMISSIONS
from queue_server.accounts.retention import TABLES
from queue_server.accounts.tables import devices, staff_roles
from queue_server.contract.device_settings import DeviceSettingError
from queue_server.database.failures import DatabaseUnavailableError
from queue_server.domain.values import CentreId, Micros
from queue_server.framework.permissions import PrincipalKind
from queue_server.framework.problems import ProblemMapping
from queue_server.framework.room import Barred, Room, Stream
from queue_server.framework.settings import HttpSettings
from queue_server.framework.words import Vocabulary

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric
    from typer import Typer

    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server

PROBLEMS = (
    ProblemMapping(errors.TokenUnknownError, 401, "No device has this token"),
    ProblemMapping(errors.TokenRevokedError, 401, "This device was revoked"),
    ProblemMapping(errors.EnrolmentCodeError, 403, "The enrolment code is wrong, used or too old"),
    ProblemMapping(errors.TooManyTriesError, 429, "Too many tries; wait"),
    ProblemMapping(errors.SecondFactorError, 403, "The second factor is wrong, or was used before"),
    ProblemMapping(errors.SecondFactorNeededError, 409, "The centre asks for a second factor: the last one stays"),
    ProblemMapping(DeviceSettingError, 422, "No device would take these settings"),
    ProblemMapping(errors.SeriesExhaustedError, 409, "No series of tickets is left in this centre"),
    ProblemMapping(errors.CounterTakenError, 409, "Somebody else is signed in at this counter"),
)

BARRING = (
    Barred(errors.TokenUnknownError),
    Barred(errors.TokenRevokedError),
    Barred(errors.SessionLockedError, lambda route: PrincipalKind.ANONYMOUS not in route.permission.kinds),
    Barred(errors.StartSupersededError, lambda route: route.counts_starts),
)


def _streams(centre: CentreId, _: Micros) -> "Select[str]":
    return select(literal(ACCOUNTS.prefix).concat(staff_roles.c.staff)).where(staff_roles.c.centre == centre)


def _device_streams(centre: CentreId, _: Micros) -> "Select[str]":
    return select(literal(DEVICES.prefix).concat(devices.c.id)).where(devices.c.centre == centre)


def _vocabulary() -> Vocabulary:
    from queue_server.accounts.words import VOCABULARY

    return VOCABULARY


def _routes() -> "Iterable[Route]":
    from queue_server.accounts.routes import ROUTES

    return ROUTES


def _commands() -> "Mapping[str, Typer]":
    from queue_server.accounts import (
        authority_command_line,
        command_line,
        device_command_line,
        profile_command_line,
    )

    return {
        "staff": command_line.app,
        "": device_command_line.app,
        "authority": authority_command_line.app,
        "device-settings": profile_command_line.app,
    }


def _assemble(server: "Server") -> None:
    from queue_server.accounts.enrolment import Enrolment
    from queue_server.accounts.factors import lasting_before
    from queue_server.accounts.identities import KnownIdentities
    from queue_server.accounts.passwords import Passwords
    from queue_server.accounts.second_factor import SecondFactors
    from queue_server.framework.access import Identities
    from queue_server.vault.key_keeper import KeyKeeper
    from queue_server.vault.keys import Keys

    rules, keys = server.settings[AccountRules], server[Keys]
    memory = server.settings[HttpSettings].identity_cache_ms
    server[KeyKeeper].uses.setdefault("sessions", []).append(lasting_before)

    def sessions() -> tuple[bytes, ...]:
        return tuple(keys.rings["sessions"])

    found = KnownIdentities(server.log, rules, server.clock, memory)
    server.put(Identities, found)  # type: ignore[type-abstract] # it stands for its kind
    server.put(Passwords, Passwords())
    server.put(Enrolment, Enrolment(rules, sessions, lambda: tuple(keys.rings["tickets"]), f"{server.public_url}/t/"))
    origin = server.staff_url or server.place.address
    server.put(SecondFactors, SecondFactors(server.log, rules, sessions, origin))


async def _stop(server: "Server") -> None:
    from queue_server.accounts.passwords import Passwords

    server[Passwords].close()


async def _metrics(server: "Server") -> "Iterable[Metric]":
    """Count devices by centre, kind and state, and say what kiosks hold; nothing where the database is away."""
    from queue_server.accounts import figures
    from queue_server.accounts.device_states import list_by_centre

    now, rules = server.clock(), server.settings[AccountRules]
    try:
        there = await server.log.run(lambda connection: list_by_centre(connection, now, rules))
    except DatabaseUnavailableError:
        there = {}
    return figures.metrics(there)


ROOM = Room(
    name="accounts",
    permissions=PERMISSIONS,
    problems=PROBLEMS,
    barring=BARRING,
    settings={"accounts": AccountRules},
    streams={
        ACCOUNTS.prefix: Stream((CODEC,), (_streams,), ACCOUNTS),
        DEVICES.prefix: Stream((DEVICE_CODEC,), (_device_streams,), DEVICES),
    },
    tables=TABLES,
    tags={
        "devices": "Kiosks, screens, locker banks and integrations, and how they are.",
        "device-settings": "By which settings kiosks and boards work.",
        "device-commands": "What managers ask of devices from afar.",
    },
    path_words={"device": "Id of the device.", "command": "Id of what was asked of a device."},
    vocabulary=_vocabulary,
    routes=_routes,
    commands=_commands,
    assemble=_assemble,
    stop=_stop,
    metrics=_metrics,
)
