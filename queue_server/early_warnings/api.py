"""Warnings over HTTP: what is there, and who sees to it."""

from queue_server.centre.centres import Centre, Centres
from queue_server.contract.early_warnings import EarlyWarningsAnswer, EarlyWarningView
from queue_server.domain.values import StaffId, to_datetime
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
