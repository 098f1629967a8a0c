"""What screens show by order of managers, and whether kiosks issue tickets."""

from collections.abc import Iterator

from markupsafe import Markup

from queue_server.centre.views import notice_views
from queue_server.contract.hall import NoticeView
from queue_server.domain.values import Intake, NoticeKind, NoticeText, to_micros
from queue_server.web.manager import words
from queue_server.web.manager.manager_context import ManagerView
from queue_server.web.manager.page import ActionButton, IntakePart, NoticeRow

#: Prepared sentences of an announcement, the likeliest first, and of an emergency.
ANNOUNCEMENTS = (
    NoticeText.DELAY,
    NoticeText.CLOSING_SOON,
    NoticeText.SYSTEM_FAULT,
    NoticeText.DOCUMENTS_READY,
    NoticeText.OWN,
)
EMERGENCIES = (NoticeText.LEAVE_BUILDING, NoticeText.STAY_INSIDE)
#: For how long an announcement may be shown, in minutes.
MINUTES = (15, 30, 60, 120, 240)


def rows(scene: ManagerView) -> tuple[NoticeRow, ...]:
    """List what is shown now: emergencies first, then the newest."""
    shown = [
        one for one in notice_views(scene.state, scene.known) if one.until is None or to_micros(one.until) > scene.now
    ]
    order = sorted(shown, key=lambda one: (one.kind is not NoticeKind.EMERGENCY, -to_micros(one.at)))
    return tuple(_row(scene, one) for one in order)


def _row(scene: ManagerView, notice: NoticeView) -> NoticeRow:
    _ = scene.words
    return NoticeRow(
        id=notice.id,
        emergency=notice.kind is NoticeKind.EMERGENCY,
        text=_text(scene, notice),
        facts=Markup(" · ").join(_facts(scene, notice)),
        end=ActionButton(
            act=f"end-{notice.id}",
            label=_("End it"),
            url=f"{scene.api}/notices/{notice.id}/end",
            slot=f"end:{notice.id}",
        ),
    )


def _text(scene: ManagerView, notice: NoticeView) -> Markup:
    if notice.text is not NoticeText.OWN:
        return words.notice_text(scene.words, notice.text)
    if not notice.own:
        return scene.words("Own text")
    own = notice.own.get(scene.reader.language) or notice.own.get("en") or next(iter(notice.own.values()))
    return Markup.escape(own)


def _facts(scene: ManagerView, notice: NoticeView) -> Iterator[Markup]:
    _, hhmm = scene.words, scene.clock.hhmm
    yield words.notice_place(_, notice.where)
    yield _("since %(time)s", time=hhmm(to_micros(notice.at)))
    yield _("until it is ended") if notice.until is None else _("until %(time)s", time=hhmm(to_micros(notice.until)))


def intake(scene: ManagerView) -> IntakePart:
    _ = scene.words
    if scene.state.intake is Intake.OPEN:
        return IntakePart(False, _("Kiosks issue tickets while the centre is open."))
    reopen = ActionButton(
        "intake-open", _("Issue tickets again"), f"{scene.api}/intake", "intake:open", '{"intake":"open"}'
    )
    return IntakePart(True, _("Kiosks issue no more tickets today. Reception still can."), reopen)
