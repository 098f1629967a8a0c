"""A day on paper: what its page shows, as PDF, in the language of whoever reads it.

``typst`` sets it. All text goes in as data, so that no name of a step or a centre is read as a command; it reads no
file beside its template, and no font but ours.
"""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import msgspec
from markupsafe import Markup

from queue_server.framework.parts import PaperTable
from queue_server.web import wording
from queue_server.web.figures.page import FiguresPage, GroupRow, GroupTable, StandardText, StepRow
from queue_server.web.view_context import StaffView

_HERE: Final = Path(__file__).parent / "paper"


def can_print() -> bool:
    """Say whether what sets a paper is installed: it is a third of a server, and a package of its own."""
    return find_spec("typst") is not None


def day_pdf(look: StaffView, page: FiguresPage, centre: str, others: Iterable[PaperTable] = ()) -> bytes:
    """Set a day's page, and the tables of other rooms below its own; takes some tenths of a second.

    Raises:
        RuntimeError: it cannot be set, which no day brings about.
    """
    # Only who makes a paper loads what sets it.
    import typst  # noqa: PLC0415

    made: Any = typst.compile(
        str(_HERE / "day.typ"),
        root=str(_HERE),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"page": msgspec.json.encode(_data(look, page, centre, others)).decode()},
    )
    return bytes(made)


def _data(look: StaffView, page: FiguresPage, centre: str, others: Iterable[PaperTable]) -> dict[str, Any]:
    _, clock = look.words, look.clock
    return {
        "language": look.reader.language,
        "rtl": look.reader.rtl,
        "title": wording.plain(page.head),
        "centre": centre,
        "kind": wording.plain(_("the day on paper")),
        "nobody": wording.plain(_("Nobody has come.")),
        "note": wording.plain(_("No names are in it. Outside of the centre show nobody a number under five.")),
        "made": wording.plain(_("made %(day)s at %(time)s", day=clock.day(page.now), time=clock.hhmm(page.now))),
        "boxes": [
            {name: wording.plain(str(getattr(box, name))) for name in ("number", "unit", "label", "second")}
            for box in page.boxes
        ],
        "tables": [
            *([] if page.steps is None or not page.boxes else [_steps(look, page)]),
            *(_groups(look, one) for one in (page.groups, page.categories) if one is not None and page.boxes),
            *map(_brought, others),
        ],
        "hours-head": wording.plain(_("Who came, hour by hour")),
        "hours-columns": [
            wording.plain(one) for one in (_("Hour from"), _("Came"), _("Usual"), _("Half waited at most, min"))
        ],
        "hours": [
            {
                "head": hour.head,
                "came": int("".join(filter(str.isdigit, hour.came)) or 0),
                "came-text": hour.came,
                # A range goes from the smaller number to the larger also among words from the right.
                "usual": f"\N{LEFT-TO-RIGHT ISOLATE}{hour.usual or wording.NOTHING}\N{POP DIRECTIONAL ISOLATE}",
                "wait": hour.wait,
            }
            for hour in (page.hours if page.boxes else ())
        ],
    }


def _steps(look: StaffView, page: FiguresPage) -> dict[str, Any]:
    _ = look.words
    columns = (
        *(_("Step"), _("Waits"), _("Wait: half"), _("nine of ten")),
        *(_("Service: half"), _("nine of ten"), _("Called in time")),
    )
    rows = () if page.steps is None else page.steps.rows
    return {
        "head": wording.plain(_("Waiting and service at each step, minutes")),
        "columns": [wording.plain(one) for one in columns],
        "rows": [
            [
                *(row.name, row.calls, row.wait, row.wait_most, row.service, row.service_most),
                _in_time(look, row),
            ]
            for row in rows
        ],
    }


def _in_time(look: StaffView, row: StepRow | GroupRow) -> str:
    """Say which share was called in time; that it is short, in words."""
    text = wording.plain(row.in_time)
    return f"{wording.plain(look.words('below 90 %%'))}: {text}" if row.is_short else text


def _groups(look: StaffView, table: GroupTable) -> dict[str, Any]:
    _ = look.words
    columns = (
        *(Markup(), _("Visits"), _("Finished"), _("Not served")),
        *(_("Wait: half"), _("nine of ten"), _("Called in time")),
        *([_("Standard")] if table.has_standards else []),
    )
    return {
        "head": wording.plain(table.head),
        "columns": [wording.plain(one) for one in columns],
        "rows": [
            [
                *(row.name, row.visits, row.served, row.left, row.wait, row.wait_most),
                _in_time(look, row),
                *([_kept(look, row.standard)] if table.has_standards else []),
            ]
            for row in table.rows
        ],
    }


def _brought(table: PaperTable) -> dict[str, Any]:
    return {
        "head": wording.plain(table.head),
        "columns": [wording.plain(one) for one in table.columns],
        "rows": table.rows,
    }


def _kept(look: StaffView, standard: StandardText | None) -> str:
    """Say a standard and how much of it was kept; that it was not, in a word."""
    if standard is None:
        return ""
    text = f"{wording.plain(standard.goal)}: {wording.plain(standard.share)}"
    if standard.is_kept is not False:
        return text
    return str(look.words(", ")).join((text, wording.plain(look.words("not kept"))))
