"""All that the page of the hours ahead looks at."""

import msgspec

from queue_server.catalogue.model import Setup
from queue_server.forecast.advice import StaffingAdvice
from queue_server.forecast.futures import DayOutlook
from queue_server.forecast.week_plan import DayStaffing
from queue_server.web.forecast.forecast_query import ForecastQuery
from queue_server.web.forecast.foresight import ForeseenMoment
from queue_server.web.forecast.saved_plans import SavedPlan
from queue_server.web.view_context import StaffView


class BesidePlan(msgspec.Struct, frozen=True):
    """A kept plan that lies beside what is looked at, and what comes of it."""

    plan: SavedPlan
    then: DayOutlook


class ForecastView(msgspec.Struct, frozen=True):
    """``moment`` is None where nothing can be foreseen; ``is_known``: days were learned from, but it is closed.

    ``other`` is what comes of the changes, None where there is none; ``beside`` of a plan that was kept. ``week`` is
    looked at instead of the day.
    """

    look: StaffView
    asked: ForecastQuery
    setup: Setup
    moment: ForeseenMoment | None = None
    other: DayOutlook | None = None
    advice: tuple[StaffingAdvice, ...] = ()
    is_known: bool = False
    week: tuple[DayStaffing, ...] = ()
    kept: tuple[SavedPlan, ...] = ()
    beside: BesidePlan | None = None
