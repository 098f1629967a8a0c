"""Turns the checklist of a visit into what pages show of it. Pure."""

from collections.abc import Iterator
from itertools import takewhile
from typing import Final

import msgspec
from markupsafe import Markup

from queue_server.contract.requirements import RequirementView
from queue_server.domain.requirements import FEE_LINE, RequiredItem, RequirementId, RequirementStatus
from queue_server.domain.tariff import PARTY, size
from queue_server.domain.values import BandId, ServiceId, StepId
from queue_server.queue.state import Visit
from queue_server.requirements.decide import is_accepted
from queue_server.requirements.own_words import name, wanted
from queue_server.requirements.party_checklist import PartyChecklist, needs_checklist
from queue_server.web.requirements import wording
from queue_server.web.requirements.page import Cell, ChecklistPart, MissingLine, Row
from queue_server.web.view_context import StaffView

Whose = tuple[BandId, int]

_ICONS: Final = {
    None: ("clock", ""),
    RequirementStatus.SEEN: ("okc", "good"),
    RequirementStatus.DIFFERS: ("xc", "bad"),
    RequirementStatus.MISSING: ("alert", "bad"),
    RequirementStatus.WILL_BRING: ("down", ""),
}
#: Missing things that the line names; the others are on the list.
_NAMED: Final = 3


def checklist_part(look: StaffView, visit: Visit, now: PartyChecklist, base: str) -> ChecklistPart | None:
    """Show the list of a visit; None where nothing is asked. ``base`` is the address of the centre in the API."""
    if not now.items:
        return None
    whose = columns(now)
    names = {(service, line.id): line for service, line in now.lines}
    several = len({service for service, _ in now.lines}) > 1
    url = f"{base}/visits/{visit.id}/checklist"
    missing = tuple(_missing(look, now, names[own[0].service, own[0].requirement], own) for own in _alike(now))
    line, tone, icon = _line(look, now)
    return ChecklistPart(
        visit=visit.id,
        code=visit.code,
        url=url,
        print_url=f"/counter/missing/{visit.id}",
        head=look.words("Papers"),
        line=line,
        tone=tone,
        icon=icon,
        said=_said(look, now),
        columns=tuple(person(look, now, one) for one in whose),
        rows=tuple(
            Row(
                name=name(listed.name, look.reader.language),
                wanted=wanted(look.words, listed, look.reader.language),
                service=look.service_name(service) if several else "",
                cells=tuple(_cell(look, now, service, listed, one) for one in whose),
            )
            for service, listed in now.lines
        ),
        missing=missing,
        missing_body=msgspec.json.encode([msgspec.to_builtins(item) for item in now.missing]).decode(),
        gate=_gate(look, visit, now),
        owners=_owners(look, visit),
    )


def columns(now: PartyChecklist) -> tuple[Whose, ...]:
    """Give whose things are on the list: person by person, then those of all together."""
    named = dict.fromkeys((item.band, item.number) for item in now.items)
    people = [
        (one.band, number) for one in now.people for number in range(1, one.count + 1) if (one.band, number) in named
    ]
    return (*people, *(one for one in named if one[0] == PARTY))


def person(look: StaffView, now: PartyChecklist, whose: Whose) -> Markup:
    band, own = whose
    before = takewhile(lambda one: one.band != band, now.people)
    number = sum(one.count for one in before) + own
    bands = look.known.catalogue.bands
    return wording.person(look.words, bands, band, number, size(now.people), look.reader.language)


def _cell(look: StaffView, now: PartyChecklist, service: ServiceId, line: RequirementView, whose: Whose) -> Cell:
    item = RequiredItem(service, line.id, *whose)
    if item not in now.items:
        return Cell(text=look.words("Not needed"))
    mark = now.marks.get(item)
    status = None if mark is None else mark.status
    icon, tone = _ICONS[status]
    says = status is None and item in now.lacking
    text = look.words("Says: not here") if says else wording.status(look.words, status)
    if status is None and not says and line.only:
        text = look.words("Only if needed")
    return Cell(
        id=f"paper-{service}-{line.id}-{whose[0]}-{whose[1]}",
        body=msgspec.json.encode(item).decode(),
        seq=0 if mark is None or mark.before is mark.status else mark.seq,
        status="" if status is None else status.value,
        text=text,
        icon="help" if says else icon,
        tone=tone,
        says=says,
        label=look.words(
            "%(thing)s, %(person)s: %(status)s",
            thing=name(line.name, look.reader.language),
            person=person(look, now, whose),
            status=text,
        ),
    )


def _alike(now: PartyChecklist) -> Iterator[list[RequiredItem]]:
    """Put together what is missing of one line, and stands alike for several people."""
    groups: dict[tuple[ServiceId, RequirementId, RequirementStatus | None], list[RequiredItem]] = {}
    for item in now.missing:
        groups.setdefault((item.service, item.requirement, now.found.get(item)), []).append(item)
    yield from groups.values()


def _missing(look: StaffView, now: PartyChecklist, line: RequirementView, own: list[RequiredItem]) -> MissingLine:
    return MissingLine(
        name=name(line.name, look.reader.language),
        wanted=wanted(look.words, line, look.reader.language),
        whose=look.words(", ").join(person(look, now, (item.band, item.number)) for item in own),
        text=wording.status(look.words, now.found.get(own[0])),
    )


def _line(look: StaffView, now: PartyChecklist) -> tuple[Markup, str, str]:
    """Say how the list stands: complete, or how much was seen and what somebody found to be missing."""
    _, found = look.words, now.found
    if not now.missing:
        return _("Papers: all there"), "good", "okc"
    seen = sum(found.get(item) is RequirementStatus.SEEN for item in now.items)
    said = [_("Papers: %(seen)s of %(all)s seen", seen=seen, all=len(now.items))]
    lines = {(service, line.id): line.name for service, line in now.lines}
    named = [
        name(lines[item.service, item.requirement], look.reader.language)
        for item in now.missing
        if found.get(item) is not None
    ]
    if not named:
        return said[0], "", "doc"
    names = _(", ").join(list(dict.fromkeys(named))[:_NAMED])
    said.append(_("missing: %(things)s", things=names))
    return Markup(" \N{MIDDLE DOT} ").join(said), "bad", "alert"


def _said(look: StaffView, now: PartyChecklist) -> Markup:
    """Repeat what was said at the kiosk, for whoever begins to look."""
    if not now.stated:
        return Markup()
    lacking = [item for item in now.lacking if item in now.items and now.found.get(item) is None]
    fee = any(item.requirement == FEE_LINE for item in now.lacking)
    _ = look.words
    if not lacking and not fee:
        return _("Said at the kiosk: they have all.")
    if not lacking:
        return _("Said at the kiosk: they have all but the money.")
    return _.ngettext(
        "Said at the kiosk: %(count)s thing is not here.",
        "Said at the kiosk: %(count)s things are not here.",
        len(lacking) + fee,
    )


def gated_step(look: StaffView, visit: Visit) -> StepId | None:
    """Name the next step, if it needs a complete list."""
    if visit.next_stop is None:
        return None
    stop = visit.steps[visit.next_stop]
    return stop.step if needs_checklist(look.known.catalogue, stop.service, stop.step) else None


def _gate(look: StaffView, visit: Visit, now: PartyChecklist) -> Markup:
    step = gated_step(look, visit)
    if step is None or not now.missing:
        return Markup()
    if is_accepted(now.own, step, now.missing):
        return look.words("Goes on to %(step)s with what is missing: staff said so.", step=look.step(step))
    return look.words("%(step)s needs all of it. Say what is missing before they wait there.", step=look.step(step))


def _owners(look: StaffView, visit: Visit) -> tuple[Markup, ...]:
    """Say who answers for the lists of a visit, and when they looked through them."""
    found = (one for one in look.known.catalogue.checklists if set(one.services) & set(visit.services))
    return tuple(
        look.words(
            "%(office)s, looked through on %(day)s",
            office=name(one.owner, look.reader.language),
            day=look.clock.full_day(one.reviewed),
        )
        for one in found
    )
