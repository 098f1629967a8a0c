"""The routes about several centres; they are of none."""

from typing import Final

from queue_server.contract.organisation import ComparisonAnswer, OrganisationAnswer
from queue_server.framework.routing import Parameter, Route
from queue_server.web.organisation import api
from queue_server.web.organisation.comparison_query import MAX_DAYS
from queue_server.web.organisation.permissions import COMPARE_CENTRES

ROUTES: Final = (
    Route(
        "organisation",
        "GET",
        "/organisation/centres",
        COMPARE_CENTRES,
        api.standings,
        OrganisationAnswer,
        "How all centres stand now that whoever asks answers for, the one that needs somebody most first",
    ),
    Route(
        "comparison",
        "GET",
        "/organisation/comparison",
        COMPARE_CENTRES,
        api.comparison,
        ComparisonAnswer,
        "How these centres compare over past days, in terms that are alike for large and small ones",
        parameters=(
            Parameter("from", "query", "The first service day (`2026-11-01`); left out: four weeks before the last."),
            Parameter("to", "query", f"The last service day; left out: yesterday. At most {MAX_DAYS} days."),
            Parameter("service", "query", "Id of the service that is compared; left out: all together."),
        ),
    ),
)
