"""What managers say to everybody: notices on boards and kiosks, and whether kiosks issue tickets today."""

from queue_server.contract import messages as m
from queue_server.http import views
from queue_server.http.ask import Ask
from queue_server.http.problems import BodyInvalidError
from queue_server.queue import commands as c
from queue_server.queue.events import NoticeShown
from queue_server.values import MINUTE, Micros, NoticeId, NoticeText, new_id
from queue_server.writer import Answer


async def show(ask: Ask) -> m.NoticeAnswer:
    """Show a notice; minutes count from now by this server's clock.

    Raises:
        BodyInvalidError: there is a text of one's own without its kind, or the other way round.
    """
    wanted = ask.body(m.NoticeRequest)
    if (wanted.text is NoticeText.OWN) != bool(wanted.own):
        raise BodyInvalidError("Expected `own` where `text` is `own`, and only there - at `$.own`")
    command = c.ShowNotice(
        notice=NoticeId(new_id()),
        kind=wanted.kind,
        text=wanted.text,
        where=wanted.where,
        until=None if wanted.minutes is None else Micros(ask.server.clock() + wanted.minutes * MINUTE),
    )
    answer = await ask.execute(command)
    shown = next((one.body.notice for one in answer.events if isinstance(one.body, NoticeShown)), command.notice)
    return _answer(ask, answer, shown)


async def end(ask: Ask) -> m.NoticeAnswer:
    ident = NoticeId(ask.path("notice"))
    return _answer(ask, await ask.execute(c.EndNotice(ident)), ident)


async def intake(ask: Ask) -> m.IntakeAnswer:
    answer = await ask.execute(c.ChangeIntake(ask.body(m.IntakeRequest).intake))
    return m.IntakeAnswer(answer.state.intake, answer.cursor)


def _answer(ask: Ask, answer: Answer, ident: NoticeId) -> m.NoticeAnswer:
    notice = answer.state.notices.get(ident)
    return m.NoticeAnswer(None if notice is None else views.notice_view(notice, ask.centre.facts), answer.cursor)
