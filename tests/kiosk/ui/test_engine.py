"""Making a screen application: scale, and what is said when it cannot be loaded."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF

from kiosk.kit import engine
from kiosk.kit.errors import ScreenError
from kiosk.kit.frame import PageFrame
from tests.kiosk.ui import samples
from tests.kiosk.ui.stage import HEIGHT, WIDTH, Stage


def test_the_page_is_scaled_as_a_whole(stage: Stage) -> None:
    theme = stage.screen.theme
    assert theme.property("zoom") == pytest.approx(WIDTH / 1080)
    dots = stage.screen.window.screen().physicalDotsPerInch()
    assert stage.screen.millimetres() == pytest.approx(WIDTH / 1080 * 25.4 / dots)
    theme.configure(scale=0.2, reduce_motion=True)
    stage.settle()
    assert theme.property("zoom") == pytest.approx(0.2)
    theme.configure(scale=0.0, reduce_motion=True)
    stage.settle()
    assert theme.property("zoom") == pytest.approx(WIDTH / 1080)


#: Where the upper left corner of the page lies, as a share of the panel, and how wide and high a panel for it is.
TURNED = {0: (0, 0), 90: (1, 0), 180: (1, 1), 270: (0, 1)}


@pytest.fixture
def turned(stage: Stage) -> Iterator[Callable[[int], None]]:
    """Turn the page on a panel that hangs turned the other way."""

    def turn(degrees: int) -> None:
        stage.screen.theme.configure(scale=0.0, reduce_motion=True, rotation=degrees)
        stage.screen.window.resize(*((HEIGHT, WIDTH) if degrees % 180 else (WIDTH, HEIGHT)))
        stage.settle()

    yield turn
    turn(0)


@pytest.mark.parametrize("degrees", TURNED)
def test_a_page_is_turned_with_its_touches_and_fills_a_panel_that_hangs_turned(
    stage: Stage, turned: Callable[[int], None], degrees: int
) -> None:
    turned(degrees)
    stage.show(PageFrame.of(samples.pages("en")["kind"]))
    assert stage.screen.theme.property("zoom") == pytest.approx(WIDTH / 1080)
    window, corner = stage.screen.window, stage.page.mapToScene(QPointF(0, 0))
    assert (corner.x() / window.width(), corner.y() / window.height()) == pytest.approx(TURNED[degrees], abs=0.01)
    (back,) = (one for one in stage.targets() if one.property("text") == "Back")
    stage.tap(back)
    assert [name for name, _ in stage.acts] == ["back"]


def test_motion_is_none_where_it_is_reduced_and_that_of_the_tokens_elsewhere(stage: Stage) -> None:
    theme = stage.screen.theme
    assert set(theme.property("motion").toVariant().values()) == {0}
    theme.configure(scale=0.0, reduce_motion=False)
    assert theme.property("motion").toVariant()["page"] == 240
    theme.configure(scale=0.0, reduce_motion=True)


def test_the_language_turns_the_whole_page(stage: Stage) -> None:
    def back() -> float:
        return next(stage.rect(one).left() for one in stage.targets() if one.property("text") in {"Back", "رجوع"})

    page = samples.pages("en")["kind"]
    stage.show(PageFrame.of(page))
    left = back()
    stage.show(PageFrame.of(page, language="ar"))
    assert stage.screen.theme.property("rtl")
    assert back() > 540 > left


def test_a_module_that_does_not_load_says_why(
    stage: Stage, tmp_path: Path, capfd: pytest.CaptureFixture[str], qtlog: object
) -> None:
    del stage
    package = tmp_path / "broken_screen"
    (package / "translations").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    ts = '<?xml version="1.0"?><!DOCTYPE TS><TS version="2.1" language="{}"></TS>'
    for language in ("ar", "en"):
        (package / "translations" / f"broken_{language}.ts").write_text(ts.format(language))
    sys.path.insert(0, str(tmp_path))
    with qtlog.disabled(), pytest.raises(ScreenError) as caught:  # type: ignore[attr-defined]
        engine.create("broken_screen", "broken")
    sys.path.remove(str(tmp_path))
    capfd.readouterr()
    assert caught.value.placeholders["module"] == "broken_screen"
    assert caught.value.placeholders["messages"]
