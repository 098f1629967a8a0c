"""``/healthz`` (the process runs), ``/readyz`` (it may be given work, or why not) and ``/metrics``."""

from collections import Counter as Tally
from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_address
from typing import Final

import msgspec
from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy import Connection

from queue_server.accounts.api import devices
from queue_server.accounts.permissions import Permission, allowed
from queue_server.clock import MAX_STEP
from queue_server.conditions import Condition, ConditionCode, present
from queue_server.domain.values import SECOND, CentreId, ConsularError, Micros
from queue_server.eventlog.port import DatabaseUnavailableError
from queue_server.framework.problems import NotPermittedError, NotSignedInError
from queue_server.framework.server import SERVER, Server
from queue_server.keys import check_fingerprints
from queue_server.payments import closing_store as closings
from queue_server.payments import store as payments
from queue_server.readiness import check_ready


class Reason(msgspec.Struct, frozen=True):
    """Why a server is not ready; ``docs/failure-codes.md`` explains the code."""

    code: str
    placeholders: dict[str, str | int]


class Readiness(msgspec.Struct, frozen=True):
    ready: bool
    reasons: tuple[Reason, ...]


def add(app: web.Application) -> None:
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)


async def healthz(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})


async def readyz(request: web.Request) -> web.Response:
    """Answer 200 or 503, with every reason that was found."""
    reasons = tuple([reason async for reason in _reasons(request.app[SERVER])])
    body = msgspec.json.encode(Readiness(not reasons, reasons))
    return web.Response(status=503 if reasons else 200, body=body, content_type="application/json")


async def _reasons(server: Server) -> AsyncIterator[Reason]:
    try:
        await check_ready(server.database)
        await server.log.run(lambda connection: check_fingerprints(connection, server.keys))
        await server.log.check_writable()
    except ConsularError as error:
        yield Reason(error.code, error.placeholders)
        return
    if server.trouble is not None:
        yield Reason(server.trouble.code, server.trouble.placeholders)
    for condition in await present(server.watches):
        if condition.is_unready:
            yield Reason(condition.code, {"amount": condition.amount})
    for centre in server.centres.values():
        trouble = centre.writer.trouble
        if trouble is not None:
            yield Reason(trouble.code, {**trouble.placeholders, "centre": centre.id})
        elif centre.state.at - server.clock() > MAX_STEP:
            seconds = (centre.state.at - server.clock()) // SECOND
            yield Reason(ConditionCode.CLOCK_BEHIND, {"seconds": seconds, "centre": centre.id})


async def metrics(request: web.Request) -> web.Response:
    """Show figures of this process to this machine, and to those who may see them. Nothing names a person."""
    server = request.app[SERVER]
    # What comes from a proxy comes from loopback too, whoever asked it.
    if server.behind_proxy or not _is_loopback(request.remote):
        principal = (await server.identities.of(request)).principal
        if not allowed(principal, Permission.METRICS):
            raise NotSignedInError if principal.actor is None else NotPermittedError
    registry = CollectorRegistry()
    registry.register(_Figures(server, await _devices(server), await _payments(server), await present(server.watches)))
    return web.Response(body=generate_latest(registry), headers={"Content-Type": _MEDIA_TYPE})


async def _devices(server: Server) -> Tally[tuple[CentreId, str, str]]:
    """Count devices by centre, kind and state; nothing where the database is away."""
    centres, now, rules = tuple(server.centres), server.clock(), server.settings.accounts

    def count(connection: Connection) -> Tally[tuple[CentreId, str, str]]:
        return Tally(
            (centre, one.kind, "copied" if one.machines else "late" if one.late else one.mode or "unknown")
            for centre in centres
            for one in devices.look(connection, centre, now, rules)
        )

    try:
        return await server.log.run(count)
    except DatabaseUnavailableError:
        return Tally()


async def _payments(server: Server) -> Tally[tuple[CentreId, str]]:
    """Count by centre the payments that wait for staff, and ends of day that differ; nothing without a database."""
    centres = tuple(server.centres)
    stalled = Micros(server.clock() - server.settings.payments.stalled_s * SECOND)

    def count(connection: Connection) -> Tally[tuple[CentreId, str]]:
        found: Tally[tuple[CentreId, str]] = Tally()
        for centre in centres:
            found[centre, "waiting"] = payments.count_waiting(connection, centre, stalled)
            found[centre, "differs"] = closings.count_alarms(connection, centre)
        return found

    try:
        return await server.log.run(count)
    except DatabaseUnavailableError:
        return Tally()


_MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


def _is_loopback(remote: str | None) -> bool:
    try:
        return ip_address(remote or "").is_loopback
    except ValueError:
        return False


class _Figures(Collector):
    """Reads everything at the moment it is asked."""

    def __init__(
        self,
        server: Server,
        devices_by_state: Tally[tuple[CentreId, str, str]],
        payment_alarms: Tally[tuple[CentreId, str]],
        conditions: tuple[Condition, ...],
    ) -> None:
        self._server = server
        self._devices = devices_by_state
        self._payments = payment_alarms
        self._conditions = conditions

    def collect(self) -> Iterator[Metric]:
        answers = CounterMetricFamily("queue_answers", "Answers by route and status", labels=("route", "status"))
        for (route, status), count in self._server.requests.items():
            answers.add_metric((route, str(status)), count)
        yield answers
        yield GaugeMetricFamily("queue_feed_clients", "Open feeds", value=len(self._server.feeds))
        states = GaugeMetricFamily("queue_devices", "Devices by state", labels=("centre", "kind", "state"))
        for labels, count in self._devices.items():
            states.add_metric(labels, count)
        yield states
        money = GaugeMetricFamily("queue_payment_alarms", "Money that needs somebody", labels=("centre", "kind"))
        for (centre_id, alarm), count in self._payments.items():
            money.add_metric((centre_id, alarm), count)
        yield money
        conditions = GaugeMetricFamily("queue_condition", "What is wrong with the machine", labels=("code",))
        for condition in self._conditions:
            conditions.add_metric((condition.code,), condition.amount)
        yield conditions
        events = CounterMetricFamily("queue_events", "Events seen by type", labels=("centre", "type"))
        waiting = GaugeMetricFamily("queue_commands_waiting", "Commands that wait for the writer", labels=("centre",))
        totals = {
            name: CounterMetricFamily(f"queue_writer_{name}", text, labels=("centre",))
            for name, text in (
                ("commands", "Commands decided"),
                ("batches", "Batches decided; commands by batches is the size of a batch"),
                ("conflicts", "Batches decided again because another server appended first"),
                ("unknown", "Commits whose outcome was not known at first"),
                ("restarts", "Starts of a writer that had failed"),
                ("commit_seconds", "Time spent in commits"),
            )
        }
        for centre in self._server.centres.values():
            waiting.add_metric((centre.id,), centre.writer.depth)
            for kind, count in centre.told.items():
                events.add_metric((centre.id, kind), count)
            for name, family in totals.items():
                family.add_metric((centre.id,), getattr(centre.writer.stats, name))
        yield from (events, waiting, *totals.values())
