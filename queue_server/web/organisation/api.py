"""How all centres stand, for programs and for pages."""

from datetime import date

from queue_server.accounts.identities import known
from queue_server.centre.centres import Centres
from queue_server.contract.base import Names
from queue_server.contract.organisation import (
    CentreComparisonView,
    CentreStandingView,
    ComparisonAnswer,
    OrganisationAnswer,
)
from queue_server.domain.values import to_datetime
from queue_server.framework.paging import QueryInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.web.organisation import scope
from queue_server.web.organisation.comparing import Comparisons
from queue_server.web.organisation.comparison import CentreComparison, in_order
from queue_server.web.organisation.comparison_query import read_query
from queue_server.web.organisation.look import OrganisationLook
from queue_server.web.organisation.scope import Scope
from queue_server.web.organisation.standing import CentreStanding, by_trouble


async def scope_of(ask: RequestContext) -> Scope:
    """Say which centres whoever asks may see."""
    session = known(ask.identity).session
    if session is None:
        return scope.of_program(ask.principal, ask.server[Centres])
    return await ask.server.log.run(lambda connection: scope.of_session(connection, session))


async def standings(ask: RequestContext) -> OrganisationAnswer:
    mine, look = await scope_of(ask), await ask.server[OrganisationLook].now()
    centres = ask.server[Centres]
    seen = by_trouble(one for ident, one in look.centres.items() if ident in mine.centres)
    shown = ((one, centres[one.id].facts.catalogue.centre) for one in seen)
    return OrganisationAnswer(
        to_datetime(look.at), tuple(_view(one, place.name, place.zone) for one, place in shown), mine.barred
    )


@refuses(QueryInvalidError)
async def comparison(ask: RequestContext) -> ComparisonAnswer:
    """Compare centres over past days.

    Raises:
        QueryInvalidError: the days make no sense, or are too many.
    """
    query = read_query(ask.request.query, to_datetime(ask.server.clock()).date())
    if query is None:
        raise QueryInvalidError(name="from, to or service")
    mine, found = await scope_of(ask), await ask.server[Comparisons].of(query)
    seen = in_order(one for ident, one in found.items() if ident in mine.centres)
    names = {ident: centre.facts.catalogue.centre.name for ident, centre in ask.server[Centres].items()}
    return ComparisonAnswer(
        date.fromisoformat(query.first),
        date.fromisoformat(query.last),
        query.service,
        tuple(_comparison(one, names[one.id]) for one in seen),
        mine.barred,
    )


def _comparison(one: CentreComparison, name: Names) -> CentreComparisonView:
    return CentreComparisonView(
        id=one.id,
        name=name,
        visits=one.visits,
        open_s=one.open_s,
        served_per_open_hour=one.per_hour,
        in_time_share=one.kept_share,
        wait_p50_s=one.wait_p50_s,
        wait_p90_s=one.wait_p90_s,
        missed_share=one.missed_share,
        idle_share=one.idle_share,
    )


def _view(one: CentreStanding, name: Names, zone: str) -> CentreStandingView:
    return CentreStandingView(
        id=one.id,
        name=name,
        zone=zone,
        is_open=one.is_open,
        is_full=one.is_full,
        needs_somebody=one.needs_somebody,
        trouble=one.trouble,
        alarms_of_people=one.alarms_of_people,
        alarms_of_devices=one.alarms_of_devices,
        alarms_of_others=one.alarms_of_others,
        waiting=one.waiting,
        overdue=one.overdue,
        oldest_s=one.oldest_s,
        with_staff=one.with_staff,
        called=one.called,
        in_time=one.kept,
        finished=one.finished,
        counters=one.counters,
        opened=one.opened,
        paused=one.paused,
        devices=one.devices,
        away=one.away,
        unwell=one.unwell,
    )
