"""Centres whose lists of what to bring nobody has looked through for too long."""

from collections.abc import Mapping
from datetime import date

from queue_server.centre.centres import Centres
from queue_server.domain.values import CentreId
from queue_server.framework.parts import AlarmCount
from queue_server.framework.server import Server
from queue_server.requirements.review import stale
from queue_server.requirements.settings import RequirementRules


async def counts(server: Server) -> Mapping[CentreId, AlarmCount]:
    """Count one alarm for a centre, as its managers see it, however many lists there are."""
    days = server.settings[RequirementRules].stale_days
    return {
        ident: AlarmCount(others=1)
        for ident, centre in server[Centres].items()
        if stale(centre.facts.catalogue, date.fromisoformat(centre.state.day), days)
    }
