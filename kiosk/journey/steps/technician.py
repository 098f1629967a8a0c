"""Technician: how the kiosk is, and what is done to it by touch alone.

Reader and scanner are tested by what they read: the page waits for it.
"""

from msgspec.structs import replace

from kiosk.journey.bench import Bench, Trial, View
from kiosk.journey.context import Context
from kiosk.journey.events import (
    Action,
    DocumentRead,
    DocumentUnread,
    Effect,
    Event,
    FindChip,
    HealthChanged,
    PrintTest,
    ReadingStarted,
    Restart,
    RollChanged,
    Scanned,
    SetOutOfOrder,
    TrialAnswered,
    TryTerminal,
)
from kiosk.journey.page import JourneyPage
from kiosk.journey.step import EndJourney, JourneyStep, Outcome, PersonPresence, Stay, StepTimeout
from kiosk.journey.surroundings import DevicePart, Health, Surroundings, Timing


class TechnicianPage(JourneyPage, frozen=True):
    """How the kiosk is, and what a technician does to it: often (``main``), rarely (``more``), or to ``addresses``."""

    kiosk: str = ""
    version: str = ""
    parts: tuple[DevicePart, ...] = ()
    connected: bool = False
    waiting: int = 0
    refused: int = 0
    out_of_order: bool = False
    view: View = "main"
    trial: Trial | None = None


#: Which part a test is about, where it is called otherwise.
_PARTS = {"print": "printer", "roll": "printer"}


def page(context: Context, around: Surroundings) -> JourneyPage:
    health = around.health
    bench = context.of(Bench)
    return TechnicianPage(
        kiosk=around.kiosk,
        version=around.version,
        parts=health.parts,
        connected=health.connected,
        waiting=health.waiting,
        refused=health.refused,
        out_of_order=around.out_of_order,
        view=bench.view,
        trial=_shown(bench.trial, health),
    )


def _outdated(context: Context, health: Health) -> Context:
    """Take away a good result once its part has a fault: it is not so any more."""
    bench = context.of(Bench)
    if bench.trial is None or bench.trial.state != "good":
        return context
    part = _PARTS.get(bench.trial.what, bench.trial.what)
    if all(one.code == "" for one in health.parts if one.name == part):
        return context
    return context.keeping(replace(bench, trial=None))


def _shown(trial: Trial | None, health: Health) -> Trial | None:
    """Show a good result quietly under whatever else does not work."""
    if trial is None or trial.state != "good" or all(one.code == "" for one in health.parts):
        return trial
    return replace(trial, state="stands")


def handle(  # noqa: C901, PLR0911, PLR0912 - one case a control
    context: Context, around: Surroundings, event: Event, number: int
) -> Outcome:
    trial = context.of(Bench).trial
    # Paper that is on its way cannot be asked for twice; a test that only waits for a code gives way.
    running = trial is not None and trial.state == "running"
    printing = running and trial is not None and trial.what in {"print", "roll"}
    match event:
        case HealthChanged(health):
            return Stay(_outdated(context, health))
        case Action("done"):
            return EndJourney()
        case Action("view", "main" | "more" | "addresses" as view):
            return Stay(context.keeping(replace(context.of(Bench), view=view)))
        case Action("print-test") if not printing:
            return _try(context, Trial("print"), PrintTest(number))
        case Action("roll-changed") if not printing:
            return _try(context, Trial("roll"), RollChanged(number))
        case Action("test-reader") if not printing:
            return _try(context, Trial("reader"))
        case Action("test-chip") if not printing:
            return _try(context, Trial("chip"), FindChip(number))
        case Action("test-scanner") if not printing:
            return _try(context, Trial("scanner"))
        case Action("test-terminal") if not printing:
            return _try(context, Trial("terminal"), TryTerminal(number))
        case Action("out-of-order"):
            return Stay(context, (SetOutOfOrder(not around.out_of_order),))
        case Action("restart-kiosk"):
            return Stay(context, (Restart(),))
        case TrialAnswered(_, what, code) if running and trial and trial.what == what:
            return _try(context, Trial(what, "bad" if code else "good", code))
        case DocumentRead(seal=str(seal)) if seal and trial and trial.what == "scanner":
            return _try(context, Trial("scanner", "good"))
        case DocumentRead(seal="") if trial and trial.what == "reader":
            return _try(context, Trial("reader", "good"))
        case DocumentUnread() if trial and trial.what == "reader":
            return _try(context, Trial("reader", "bad", "mrz-invalid"))
        case Scanned(text) if trial and trial.what == "scanner":
            return _try(context, Trial("scanner", "good") if text else Trial("scanner", "bad", "scanner-code-invalid"))
    return Stay(context)


def _try(context: Context, trial: Trial, *effects: Effect) -> Stay:
    return Stay(context.keeping(replace(context.of(Bench), trial=trial)), effects)


def left(context: Context) -> Context:
    return context.keeping(Bench())


def patience(context: Context, around: Surroundings, timing: Timing) -> StepTimeout | None:
    del context, around
    return StepTimeout(timing.technician)


TECHNICIAN = JourneyStep(
    name="technician",
    page=page,
    handle=handle,
    takes={
        ReadingStarted: PersonPresence.HERE,
        DocumentUnread: PersonPresence.HERE,
        DocumentRead: PersonPresence.HERE,
        Scanned: PersonPresence.HERE,
        TrialAnswered: PersonPresence.NONE,
        HealthChanged: PersonPresence.NONE,
    },
    left=left,
    patience=patience,
    aside=True,
)
