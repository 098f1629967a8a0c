"""How it went: what happened on each day in rows, for figures, for a spreadsheet or another program that reads SQL."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.reports.permissions import PERMISSIONS
from queue_server.reports.projection import DAYS
from queue_server.reports.settings import ReportSettings
from queue_server.reports.tables import report_counters, report_days, report_stops, report_tallies, report_visits

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.routing import Route
    from queue_server.framework.server import Server


def _routes() -> "Iterable[Route]":
    from queue_server.reports.routes import ROUTES

    return ROUTES


def _assemble(server: "Server") -> None:
    from queue_server.reports.follower import ReportFollower

    server.put(ReportFollower, ReportFollower(server, server.settings[ReportSettings].poll_s))


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.reports.follower import ReportFollower

    return (server[ReportFollower].task,)


ROOM = Room(
    name="reports",
    permissions=PERMISSIONS,
    settings={"reports": ReportSettings},
    projections=(DAYS,),
    tables={
        report_days.name: "up to which event a day is shown",
        report_visits.name: "when somebody came, what for, and how it ended, under an id that says nothing of them",
        report_stops.name: "when they waited and were served at each stop",
        report_tallies.name: "what a day comes to by service, hour, step and so on: counts alone",
        report_counters.name: "when a counter was open and when it paused; not who sat there",
    },
    tags={"figures": "What a centre's days come to."},
    routes=_routes,
    assemble=_assemble,
    tasks=_tasks,
)
