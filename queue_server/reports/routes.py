"""The routes of figures."""

from queue_server.contract.figures import FiguresAnswer
from queue_server.framework.routing import CENTRE, Parameter, Route
from queue_server.reports import api
from queue_server.reports import permissions as may

ROUTES: tuple[Route, ...] = (
    Route(
        "figures",
        "GET",
        f"{CENTRE}/figures",
        may.SEE_FIGURES,
        api.figures_of,
        FiguresAnswer,
        "What days come to: how many came, how long they waited, how it ended",
        parameters=(
            Parameter("from", "query", "The first service day (`YYYY-MM-DD`); today where both are left out."),
            Parameter("to", "query", f"The last service day, counted too; {api.MAX_DAYS} days at most."),
            Parameter(
                "by",
                "query",
                "`day`, `hour`, `service`, `government`, `step`, `counter` (counted in teams), `category`, `language` "
                "or `source`; `day` where left out.",
            ),
            Parameter("format", "query", "`csv` for a file (`text/csv`) instead of JSON."),
        ),
    ),
)
