"""Warnings over HTTP: what is there, and who sees to it."""

from collections.abc import Callable

from sqlalchemy import Connection

from queue_server.centre.centres import Centre, Centres
from queue_server.contract.early_warnings import AlarmAssignmentAnswer, EarlyWarningsAnswer, EarlyWarningView
from queue_server.domain.values import StaffId, to_datetime
from queue_server.early_warnings import assignments
from queue_server.early_warnings.assignment_events import AlarmName
from queue_server.early_warnings.assignments import AlarmAssignment, Taker
from queue_server.early_warnings.errors import WarningOverError
from queue_server.early_warnings.model import (
    BreakingPromises,
    CoverageGap,
    EarlyWarning,
    Episode,
    IdleCounter,
    SlowKiosk,
    UnservedWarning,
    name_of,
)
from queue_server.early_warnings.watching import EarlyWarnings, Look
from queue_server.framework.problems import NotSignedInError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext


async def warnings(ask: RequestContext) -> EarlyWarningsAnswer:
    return _answer(await ask.server[EarlyWarnings].current(_centre(ask)))


@refuses(WarningOverError)
async def take(ask: RequestContext) -> EarlyWarningsAnswer:
    """Note that whoever asks sees to it; who did before is relieved.

    Raises:
        WarningOverError: it is gone.
    """
    return _answer(await ask.server[EarlyWarnings].take(_centre(ask), ask.path("warning"), _staff(ask)))


@refuses(WarningOverError)
async def give_back(ask: RequestContext) -> EarlyWarningsAnswer:
    """Note that whoever asks does not see to it after all; what another one has taken stays theirs.

    Raises:
        WarningOverError: it is gone.
    """
    return _answer(await ask.server[EarlyWarnings].give_back(_centre(ask), ask.path("warning"), _staff(ask)))


async def take_alarm(ask: RequestContext) -> AlarmAssignmentAnswer:
    """Note that whoever asks sees to an alarm of the page of managers; who did before is relieved."""
    return await _assign(ask, assignments.take)


async def give_back_alarm(ask: RequestContext) -> AlarmAssignmentAnswer:
    """Note that whoever asks does not see to it after all; what another one has taken stays theirs."""
    return await _assign(ask, assignments.give_back)


async def _assign(
    ask: RequestContext, act: Callable[[Connection, Taker, AlarmName], AlarmAssignment | None]
) -> AlarmAssignmentAnswer:
    taker, alarm = Taker.of(_centre(ask), _staff(ask), ask.server.clock()), AlarmName(ask.path("alarm"))
    now = await ask.server.log.write_in_turn(taker.stream, lambda connection: act(connection, taker, alarm))
    if now is None:
        return AlarmAssignmentAnswer(alarm)
    return AlarmAssignmentAnswer(alarm, now.taken_by, to_datetime(now.taken_at))


def _centre(ask: RequestContext) -> Centre:
    return ask.server[Centres].find(ask.path("centre"))


def _staff(ask: RequestContext) -> StaffId:
    if ask.principal.staff is None:
        raise NotSignedInError
    return ask.principal.staff


def _answer(look: Look) -> EarlyWarningsAnswer:
    return EarlyWarningsAnswer(tuple(_view(one, look.episode(one)) for one in look.warnings))


def _view(warning: EarlyWarning, episode: Episode | None) -> EarlyWarningView:
    at = warning.at if isinstance(warning, CoverageGap | BreakingPromises) else None
    taken = None if episode is None else episode.taken_at
    return EarlyWarningView(
        id=name_of(warning),
        kind=warning.kind.value,
        subject=warning.subject,
        count=_count(warning),
        at=None if at is None else to_datetime(at),
        began_at=None if episode is None else to_datetime(episode.began_at),
        taken_by=None if episode is None else episode.taken_by,
        taken_at=None if taken is None else to_datetime(taken),
    )


def _count(warning: EarlyWarning) -> int:
    match warning:
        case UnservedWarning() | CoverageGap():
            return warning.lack.count
        case BreakingPromises() | IdleCounter():
            return warning.count
        case SlowKiosk():
            return warning.tickets
