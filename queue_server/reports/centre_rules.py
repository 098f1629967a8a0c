"""What a centre has set up for its figures: which counters are counted together, and its service standards. Pure."""

from collections.abc import Mapping
from typing import Final

from queue_server.catalogue.model import Setup
from queue_server.domain.values import CounterId
from queue_server.reports.figures import ServiceStandard

#: The team of counters that serve every step.
ANY: Final = "any"


def teams_of(setup: Setup) -> Mapping[CounterId, str]:
    """Name the team of each counter: the steps that it serves, joined by ``+``.

    Where the centre says that single counters are shown, each is its own.
    """
    if setup.rules.staff_figures:
        return {one.id: one.id for one in setup.counters}
    return {one.id: "+".join(sorted(one.steps)) or ANY for one in setup.counters}


def standards_of(setup: Setup) -> Mapping[str, ServiceStandard]:
    """Give the standards of the services that have one."""
    return {
        one.id: ServiceStandard(one.standard_minutes, one.standard_percent)
        for one in setup.services
        if one.standard_minutes is not None
    }
