"""What people bring for the chosen services: asked before they get a number, and never a reason to refuse one."""

from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from kiosk.journey import order
from kiosk.journey.context import Context
from kiosk.journey.events import PrintTopic
from kiosk.journey.information import TopicLine
from kiosk.journey.offer import text
from kiosk.journey.page import Fee
from kiosk.journey.surroundings import Surroundings
from queue_server.contract.requirements import RequirementView, StatedItem
from queue_server.domain.requirements import FEE_LINE, RequiredForm, RequirementKind, items, joined
from queue_server.domain.tariff import PARTY
from queue_server.domain.values import ServiceId

#: Of a heading that says what the page is: the paper has the words for it.
BRING_HEAD: Final = "bring"


class Brought(msgspec.Struct, frozen=True):
    """``had`` are the lines that were touched, as ``BringChoice.id`` names them; ``asked``: they have gone on.

    ``turned`` are the lines, counted from 0, with which each further page of the list began that they turned to.
    ``prints`` counts how often the list was asked for on paper, ``paper`` is what became of the last.
    """

    had: tuple[str, ...] = ()
    asked: bool = False
    turned: tuple[int, ...] = ()
    prints: int = 0
    paper: Literal["", "printing", "taken", "none"] = ""


class BringChoice(msgspec.Struct, frozen=True):
    """One line: ``count`` people need it, ``fee`` is what has to be paid where it is that; ``had``: it was touched.

    Of ``note``, ``form`` and ``only`` (when it is needed at all) the page says what matters most.
    """

    id: str
    kind: str
    label: str = ""
    note: str = ""
    form: Literal["", "original", "copy", "either"] = ""
    only: str = ""
    translated: bool = False
    count: int = 1
    fee: Fee | None = None
    had: bool = False


def _listed(context: Context, around: Surroundings) -> tuple[tuple[ServiceId, RequirementView], ...]:
    return joined(map(ServiceId, order.services(context)), around.offer.checklists)


def lines(context: Context, around: Surroundings) -> tuple[BringChoice, ...]:
    """List what these people are asked to bring; what it costs stands last."""
    had = context.of(Brought).had
    listed = _listed(context, around)
    wanted = items(listed, order.people(context, around))
    found = []
    for service, line in listed:
        count = sum((one.service, one.requirement) == (service, line.id) for one in wanted)
        ident = f"{service}/{line.id}"
        if count:
            found.append(
                BringChoice(
                    id=ident,
                    kind=line.kind.value,
                    label=text(line.name, context.language),
                    note=text(line.note, context.language),
                    form=_form(line),
                    only=text(line.only, context.language),
                    translated=line.translated,
                    count=count,
                    had=ident in had,
                )
            )
    fee = _fee(context, around)
    if found and fee is not None:
        found.append(BringChoice(FEE_LINE, RequirementKind.FEE.value, fee=fee, had=FEE_LINE in had))
    return tuple(found)


def _fee(context: Context, around: Surroundings) -> Fee | None:
    return around.offer.fee(order.services(context), order.people(context, around))


def _form(line: RequirementView) -> Literal["", "original", "copy", "either"]:
    return "" if line.form is None else RequiredForm(line.form).value


def turn(context: Context, around: Surroundings, first: str) -> Context:
    """Turn the list: the screen knows how many lines it has room for, and with which one it goes on."""
    known = context.of(Brought)
    # Behind the last line stands the way to have it printed.
    there = range(begins(context, around) + 1, len(lines(context, around)) + 1)
    if not first.isdecimal() or int(first) not in there:
        return context
    return context.keeping(replace(known, turned=(*known.turned, int(first))))


def begins(context: Context, around: Surroundings) -> int:
    """Give the line with which the page begins that is shown."""
    turned = context.of(Brought).turned
    last = turned[-1] if turned else 0
    return last if last <= len(lines(context, around)) else 0


def matters(context: Context, around: Surroundings) -> bool:
    """Tell whether there is anything to ask, and the centre wants it asked."""
    return around.offer.asks_to_bring and bool(_listed(context, around)) and bool(lines(context, around))


def touched(context: Context, ident: str) -> Context:
    """They have it; touched again, they have not."""
    known = context.of(Brought)
    others = tuple(one for one in known.had if one != ident)
    return context.keeping(replace(known, had=others if ident in known.had else (*others, ident)))


def printed(context: Context, around: Surroundings, number: int) -> PrintTopic | None:
    """Have the list printed, as the ``prints``-th; None where there is none."""
    listed, known = _listed(context, around), context.of(Brought)
    if not listed:
        return None
    names = " + ".join(one.service for one in order.chosen(context, around))
    return PrintTopic(
        number,
        known.prints + 1,
        context.language,
        names,
        on_paper(context, around),
        around.offer.reviewed.get(listed[0][0], ""),
    )


def on_paper(context: Context, around: Surroundings) -> tuple[TopicLine, ...]:
    """Write the list for paper, with its heading; nothing where nothing is asked for."""
    listed = lines(context, around)
    names = " + ".join(one.service for one in order.chosen(context, around))
    made = [TopicLine("heading", names, BRING_HEAD)] if listed else []
    for one in listed:
        if one.fee is None:
            what = one.label if one.count == 1 else f"{one.label} (\N{MULTIPLICATION SIGN} {one.count})"
            form = " ".join(part for part in (one.form, "translated" if one.translated else "") if part)
            made.append(TopicLine("item", what, "[  ]", form))
            made += (TopicLine("paragraph", more) for more in (one.note, one.only) if more)
    return tuple(made)


def missing(context: Context, around: Surroundings) -> int:
    """Count what they did not touch; a line that may not be for them is not missing."""
    return sum(not one.had and not one.only for one in lines(context, around))


def lacking(context: Context, around: Surroundings) -> tuple[StatedItem, ...] | None:
    """Give what goes along with the ticket, so that staff see it too; None where nobody was asked."""
    known = context.of(Brought)
    if not known.asked:
        return None
    listed = _listed(context, around)
    needed = {
        (service, line.id) for service, line in listed if not line.only and f"{service}/{line.id}" not in known.had
    }
    found = [
        StatedItem(one.service, one.requirement, one.band, one.number)
        for one in items(listed, order.people(context, around))
        if (one.service, one.requirement) in needed
    ]
    if listed and _fee(context, around) is not None and FEE_LINE not in known.had:
        found.append(StatedItem(listed[0][0], FEE_LINE, PARTY))
    return tuple(found)
