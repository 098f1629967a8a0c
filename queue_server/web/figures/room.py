"""The pages that show how it went: a day, a week, a month, a year, and the visits behind each number."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from queue_server.framework.room import Room
from queue_server.web.figures.permissions import FIGURES_PAGE
from queue_server.web.figures.report_settings import DayReportRules

if TYPE_CHECKING:
    from queue_server.contract.periodic import Periodic
    from queue_server.framework.routing import PageRoute
    from queue_server.framework.server import Server


def _pages() -> "Iterable[PageRoute]":
    from queue_server.web.figures.pages import PAGES

    return PAGES


def _assemble(server: "Server") -> None:
    from queue_server.eventlog.statements import QUEUE_PREFIX
    from queue_server.notices.assembling import Composers, SubjectNames
    from queue_server.notices.values import NotificationKind
    from queue_server.web.figures.day_report_letter import DayReportComposer
    from queue_server.web.figures.day_reports import DayReports, day_names

    server.put(DayReports, DayReports(server))
    server[Composers][NotificationKind.DAY_REPORT] = DayReportComposer(server)
    server[SubjectNames][QUEUE_PREFIX] = day_names


def _tasks(server: "Server") -> "Iterable[Periodic]":
    from queue_server.web.figures.day_reports import DayReports

    return (server[DayReports].task,)


ROOM = Room(
    name="figures-pages",
    permissions=(FIGURES_PAGE,),
    settings={"day_report": DayReportRules},
    pages=_pages,
    assemble=_assemble,
    tasks=_tasks,
)
