"""Turns what was read of cases into the case list. Pure."""

import msgspec
from markupsafe import Markup

from queue_server.applications.model import MOVES, Application
from queue_server.custody.model import Item
from queue_server.domain.values import SECOND, ApplicationState, CorrectionReason, Micros
from queue_server.web import wording
from queue_server.web.audit.page import SelectOption
from queue_server.web.audit.presenter import done, who
from queue_server.web.counter.page import ActionKey
from queue_server.web.custody import words
from queue_server.web.custody.case_reading import OVER, CaseHistory, CasesRead
from queue_server.web.custody.custody_query import CustodyQuery, CustodyView
from queue_server.web.custody.item_list import bag_options, governments, keys
from queue_server.web.custody.item_rows import days_since, item_row, moment, short_hash
from queue_server.web.custody.page import CaseDetail, CaseList, CaseRow, ChainLine, ItemRow, StageCell
from queue_server.web.custody.reading import MAX_ROWS
from queue_server.web.view_context import StaffView
from queue_server.web.wording import MarkupTranslations

_S = ApplicationState
#: The states of the list, in the order of the way.
STAGES = (_S.DRAFT, _S.RECEIVED, _S.AT_AUTHORITY, _S.RETURNED, _S.READY, _S.HANDED_OVER, _S.WITHDRAWN)
#: While a case is in one of these the authority has something to do, and its time runs.
_RUNNING = frozenset({_S.DRAFT, _S.RECEIVED, _S.AT_AUTHORITY})
_DAY = 86_400 * SECOND


class BatchEntry(msgspec.Struct, frozen=True):
    """An item of a case, as the page needs it for what is done to several."""

    id: str
    label: str
    can: str


def case_list(look: StaffView, asked: CustodyQuery, read: CasesRead, deadline_days: int, api: str) -> CaseList:
    """Show the cases that fit what was asked for."""
    _ = look.words
    rows = tuple(_row(look, asked, one, read, deadline_days) for one in read.cases)
    counts = {one.stage: one for one in read.counts}
    here = CustodyQuery(CustodyView.CASES, government=asked.government, service=asked.service)
    return CaseList(
        stages=tuple(
            StageCell(
                url=here.but(stage=stage).address(),
                name=wording.application_state(_, stage),
                count=counts[stage].count if stage in counts else 0,
                oldest=_oldest(look, counts[stage].oldest) if stage in counts and stage not in OVER else Markup(),
                chosen=asked.stage == stage,
            )
            for stage in STAGES
        ),
        head=wording.application_state(_, _S(asked.stage)) if asked.stage else _("Open cases"),
        found=read.found,
        rows=rows,
        more=max(0, read.found - asked.skip - len(rows)),
        older=asked.but(skip=asked.skip + MAX_ROWS).address() if read.found > asked.skip + len(rows) else "",
        newer=asked.but(skip=max(0, asked.skip - MAX_ROWS)).address() if asked.skip else "",
        governments=governments(look, asked.government, wording.plain(_("all governments"))),
        services=(
            SelectOption("", wording.plain(_("all services")), not asked.service),
            *(SelectOption(one, look.service_name(one), one == asked.service) for one in look.services),
        ),
        narrowed=CustodyQuery(CustodyView.CASES).address() if asked.stage or asked.government or asked.service else "",
        bags=bag_options(look, read.open_bags),
        recalls=words.recall_options(_),
        chosen=None if read.chosen is None else _detail(look, read, read.chosen, deadline_days, api),
        deadline_days=deadline_days,
    )


def _oldest(look: StaffView, since: Micros) -> Markup:
    return look.words("oldest: %(days)s", days=words.days(look.words, days_since(look, since)))


def _row(look: StaffView, asked: CustodyQuery, case: Application, read: CasesRead, deadline_days: int) -> CaseRow:
    items = [_item(look, one, read) for one in read.items.get(case.id, ())]
    deadline, left, is_over = _deadline(look, case, deadline_days)
    entries = [BatchEntry(one.id, one.label, one.can) for one in items]
    return CaseRow(
        id=case.id,
        url=asked.but(case=case.reference).address(),
        reference=case.reference,
        service=look.service_name(case.service),
        government=look.government_name(case.government),
        stage=wording.application_state(look.words, case.state),
        days=days_since(look, case.opened_at),
        deadline=deadline,
        left=left,
        is_over=is_over,
        items=len(items),
        entries=msgspec.json.encode(entries).decode(),
        chosen=asked.case == case.reference,
    )


def _item(look: StaffView, item: Item, read: CasesRead) -> ItemRow:
    return item_row(look, item, read.named)


def _deadline(look: StaffView, case: Application, deadline_days: int) -> tuple[str, Markup, bool]:
    """Say until when the authority should be done, how long that is, and whether it is over."""
    _ = look.words
    if case.state not in _RUNNING:
        return "–", Markup(), False  # noqa: RUF001 - a dash stands for nothing
    until = Micros(case.opened_at + deadline_days * _DAY)
    left = -days_since(look, until)
    if left > 0:
        return look.clock.day(until, "d MMM"), _.ngettext("%(count)s day left", "%(count)s days left", left), False
    if left == 0:
        return look.clock.day(until, "d MMM"), _("ends today"), True
    return look.clock.day(until, "d MMM"), _.ngettext("%(count)s day over", "%(count)s days over", -left), True


def _detail(look: StaffView, read: CasesRead, history: CaseHistory, deadline_days: int, api: str) -> CaseDetail:
    _, case = look.words, history.case
    left, is_over = _deadline(look, case, deadline_days)[1:]
    return CaseDetail(
        reference=case.reference,
        service=look.service_name(case.service),
        government=look.government_name(case.government),
        stage=wording.application_state(_, case.state),
        age=words.days(_, days_since(look, case.opened_at)),
        left=left,
        is_over=is_over,
        url=f"{api}/applications/{case.id}/move",
        moves=tuple(
            SelectOption(one, wording.plain(wording.application_state(_, one)), number == 0)
            for number, one in enumerate(stage for stage in _S if stage in MOVES[case.state])
        ),
        reasons=tuple(
            SelectOption(one, wording.plain(wording.correction_reason(_, one)), number == 0)
            for number, one in enumerate(CorrectionReason)
        ),
        items=tuple(_item(look, one, read) for one in read.items.get(case.id, ())),
        chain=tuple(
            ChainLine(
                when=moment(look, event.at),
                what=done(look, event.type),
                who=who(look, event.actor, history.names),
                holder=Markup(),
                hash=short_hash(event.hash.hex()),
            )
            for event in reversed(history.events)
        ),
    )


def case_keys(_: MarkupTranslations, chosen: CaseDetail | None) -> tuple[ActionKey, ...]:
    """Give the keys of marked cases, and the one that corrects the chosen one."""
    ready = chosen is not None and bool(chosen.moves)
    note = _("choose a case first") if chosen is None else _("it is at its end")
    correct = ActionKey(
        "correct",
        "pen",
        _("Correct the state…"),
        _("with a reason") if ready else note,
        "F3",
        "F3",
        ready=ready,
        dialog="correct",
    )
    first, *others = keys(_)
    return (first, correct, *others)
