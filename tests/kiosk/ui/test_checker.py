"""The checker of the pages finds each kind of defect, and only where one is."""

from pathlib import Path

import pytest

from kiosk.kit.frame import PageFrame
from tests.kiosk.ui import fit
from tests.kiosk.ui.stage import Stage

PLANTED = Path(__file__).parent / "planted"
KINDS = (
    *("truncated", "glyph", "small text", "outside", "clipped", "overlap", "small target", "gap", "high"),
    *("nameless", "focus", "dead", "untranslated"),
)
#: "Done" is no text of the planted page's own translations; what is looked for is the kind of the defect.
SOURCES = {"Planted"}


def found(stage: Stage, defect: str) -> set[str]:
    stage.show(PageFrame("idle", {"left": 3}))
    stage.pages_from(PLANTED)
    model = {"defect": defect, "can_back": True, "can_restart": True, "can_language": True, "centre": "Centre"}
    frame = PageFrame("planted", model)
    stage.show(frame)
    with stage.still():
        problems = [*fit.problems(stage, lowered=False), *fit.missing_glyphs(stage, fit.glyphs())]
    problems += [*fit.focus_order(stage), *fit.dead(stage, frame)]
    stage.show(PageFrame("planted", model, language="qps"))
    shown = fit.untranslated(stage, "qps", SOURCES, {"Centre", "Done", "ꡀ", "Done and done again"})
    return {one.partition(":")[0] for one in [*problems, *shown]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_defect_is_found(stage: Stage, kind: str) -> None:
    assert kind in found(stage, kind)


def test_a_sound_page_has_none(stage: Stage) -> None:
    assert found(stage, "") == set()
