"""What managers say to everybody: notices on boards and kiosks, and what kiosks issue tickets for today."""

from functools import partial

from queue_server.centre import views
from queue_server.centre.refusals import refused
from queue_server.centre.submit import centre_of, execute
from queue_server.contract.base import Names
from queue_server.contract.hall import (
    ClosedServicesAnswer,
    IntakeAnswer,
    IntakeRequest,
    NoticeAnswer,
    NoticeRequest,
)
from queue_server.domain.values import MINUTE, Micros, NoticeId, NoticeText, ServiceId, new_id
from queue_server.framework.problems import BodyInvalidError
from queue_server.framework.refusals import refuses
from queue_server.framework.request_context import RequestContext
from queue_server.queue import commands as c
from queue_server.queue.events import NoticeShown
from queue_server.vault.model import PeopleRules, end_of
from queue_server.vault.store import Vault
from queue_server.writer import CommandResult, Rows


@refuses(refused(c.ShowNotice))
async def show(ask: RequestContext) -> NoticeAnswer:
    """Show a notice; minutes count from now by this server's clock.

    Raises:
        BodyInvalidError: there is a text of one's own without its kind, or the other way round.
    """
    wanted = ask.body(NoticeRequest)
    if (wanted.text is NoticeText.OWN) != bool(wanted.own):
        raise BodyInvalidError("Expected `own` where `text` is `own`, and only there - at `$.own`")
    command = c.ShowNotice(
        notice=NoticeId(new_id()),
        kind=wanted.kind,
        text=wanted.text,
        where=wanted.where,
        until=None if wanted.minutes is None else Micros(ask.server.clock() + wanted.minutes * MINUTE),
    )
    if wanted.own:
        # Before the commit: the event's own frames already carry it.
        centre_of(ask).know_notice(command.notice, wanted.own)
    answer = await execute(ask, command, _keeping(ask, command.notice, wanted.own) if wanted.own else None)
    shown = next((one.body.notice for one in answer.events if isinstance(one.body, NoticeShown)), command.notice)
    if wanted.own and shown not in centre_of(ask).facts.notices:
        # The request was repeated here, after another server had shown it: its body says the same.
        centre_of(ask).know_notice(shown, wanted.own)
    return _answer(ask, answer, shown)


def _keeping(ask: RequestContext, notice: NoticeId, own: Names) -> Rows:
    """Make the rows of a notice: what was typed goes into the vault with its event, or not at all."""
    server, centre, now = ask.server, centre_of(ask), ask.server.clock()
    ends_at = end_of(centre.rule, centre.rule.day_at(now), server.settings[PeopleRules].announcement_days)
    return partial(
        server[Vault].put_announcement,
        notice=notice,
        own=own,
        centre=centre.id,
        actor=ask.actor,
        at=now,
        ends_at=ends_at,
    )


@refuses(refused(c.EndNotice))
async def end(ask: RequestContext) -> NoticeAnswer:
    ident = NoticeId(ask.path("notice"))
    return _answer(ask, await execute(ask, c.EndNotice(ident)), ident)


@refuses(refused(c.ChangeIntake))
async def intake(ask: RequestContext) -> IntakeAnswer:
    answer = await execute(ask, c.ChangeIntake(ask.body(IntakeRequest).intake))
    return IntakeAnswer(answer.state.intake, answer.cursor)


@refuses(refused(c.CloseService))
async def close_service(ask: RequestContext) -> ClosedServicesAnswer:
    answer = await execute(ask, c.CloseService(ServiceId(ask.path("service"))))
    return ClosedServicesAnswer(views.closed_services(answer.state), answer.cursor)


@refuses(refused(c.ReopenService))
async def reopen_service(ask: RequestContext) -> ClosedServicesAnswer:
    answer = await execute(ask, c.ReopenService(ServiceId(ask.path("service"))))
    return ClosedServicesAnswer(views.closed_services(answer.state), answer.cursor)


def _answer(ask: RequestContext, answer: CommandResult, ident: NoticeId) -> NoticeAnswer:
    notice = answer.state.notices.get(ident)
    return NoticeAnswer(None if notice is None else views.notice_view(notice, centre_of(ask).facts), answer.cursor)
