"""Findings: what is here for whoever has shown a document or typed a code. Nothing is one page, whatever the reason."""

from math import ceil
from typing import Literal

import msgspec
from msgspec.structs import replace

from kiosk.journey import collecting
from kiosk.journey.collecting import Collecting
from kiosk.journey.context import Context
from kiosk.journey.events import Action, Event, OpenDoor, ProofAnswered, Prove, WhereToGet
from kiosk.journey.page import JourneyPage
from kiosk.journey.patience import last
from kiosk.journey.step import Continue, EndJourney, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import Surroundings, Timing
from queue_server.domain.values import HelpSubject


class FoundRow(msgspec.Struct, frozen=True):
    """Something that is theirs: what it is (a code), and where they get it."""

    kind: str
    where: WhereToGet


class FindingsPage(JourneyPage, frozen=True):
    """What is theirs, as far as the page has room (``further`` are more).

    ``found``: ``asking`` | ``found`` | ``nothing`` | ``slowed`` (nothing is tried for ``wait_min`` minutes) | ``away``.
    ``here``: how many lie behind a door; ``at_counter``: something is at the counter.
    """

    found: Literal["asking", "found", "nothing", "slowed", "away"] = "asking"
    rows: tuple[FoundRow, ...] = ()
    further: int = 0
    here: int = 0
    at_counter: bool = False
    by_code: bool = False
    wait_min: int = 0


#: As many are seen at a glance, also in large letters.
_ROWS = 4


def page(context: Context, around: Surroundings) -> JourneyPage:
    del around
    known = context.of(Collecting)
    if known.outcome != "found":
        return FindingsPage(found=known.outcome or "asking", by_code=known.by_code, wait_min=known.wait_min)
    shown = known.items if len(known.items) <= _ROWS else known.items[: _ROWS - 1]
    return FindingsPage(
        found="found" if known.items else "nothing",
        rows=tuple(FoundRow(one.kind, one.where) for one in shown),
        further=len(known.items) - len(shown),
        here=len(known.here),
        at_counter=any(one.where == "counter" for one in known.items),
        by_code=known.by_code,
    )


def handle(context: Context, around: Surroundings, event: Event, number: int) -> Outcome:  # noqa: PLR0911 - one line an event
    del around
    known = context.of(Collecting)
    match event:
        case Action("continue") if not known.is_asked:
            return _ask(context, number)
        case ProofAnswered(_, look, outcome, items, wait_s) if look == known.looks and not known.outcome:
            told = replace(known, outcome=outcome, items=items, wait_min=ceil(wait_s / 60), typed="")
            return Stay(context.keeping(told))
        case Action("open") if known.here:
            asked = replace(
                known,
                item=known.here[0],
                opens=known.opens + 1,
                state="opening",
                door="",
                wall=(),
                label="",
                receipt="",
            )
            return Continue(context.keeping(asked), (OpenDoor(number, asked.opens, known.here[0].item),))
        case Action("counter") if known.outcome == "found" and known.items:
            return Continue(context, by="counter")
        case Action("again") if known.outcome:
            return Continue(collecting.begun_anew(context), by="again")
        case Action("done") if known.outcome:
            return EndJourney()
    return Stay(context)


def _ask(context: Context, number: int) -> Stay:
    """Ask the server, once; without a chip that was read, and without a code, there is nothing to be asked."""
    known, chip = context.of(Collecting), context.chip
    looks = known.looks + 1
    asked = replace(known, is_asked=True, looks=looks, outcome="", items=())
    laid = 0 if known.by_code or chip is None else chip.laid
    code = known.typed if known.by_code else ""
    if not (laid or code or known.again):
        return Stay(context.keeping(replace(asked, outcome="found")))
    return Stay(context.keeping(asked), (Prove(number, looks, laid, code, known.again),))


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    """It asks by itself. Once nothing was found there is nothing left to be asked."""
    del around
    known = context.of(Collecting)
    if not known.is_asked:
        return StepTimeout(0.0, "continue")
    if known.outcome and not known.items:
        return StepTimeout(last(context, timing, timing.place), "wipe")
    return None


FINDINGS = JourneyStep(
    name="findings",
    page=page,
    handle=handle,
    exits=frozenset({"counter", "again"}),
    takes={ProofAnswered: PersonPresence.RENEWED},
    left=collecting.begun_anew,
    patience=patience,
    subject=HelpSubject.DOCUMENT,
)
