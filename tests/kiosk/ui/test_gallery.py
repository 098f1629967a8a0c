"""The components in their states: what a person must be able to tell apart is different on the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem

from kiosk.kit import picture
from kiosk.kit.frame import PageFrame
from kiosk.kit.tokens import table
from tests.kiosk.ui.stage import HEIGHT, WIDTH, Stage

GALLERY = Path(__file__).parent / "gallery"


@pytest.fixture(params=[False, True], ids=["light", "contrast"])
def gallery(stage: Stage, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The gallery at its full size of 1080 x 1920."""
    stage.show(PageFrame("idle", {"left": 3}))
    stage.pages_from(GALLERY)
    stage.screen.window.resize(1080, 1920)
    stage.show(PageFrame("gallery", contrast=request.param))
    yield stage
    stage.screen.window.resize(WIDTH, HEIGHT)


def item(stage: Stage, name: str) -> QQuickItem:
    return next(one for one in stage.items() if one.objectName() == name)


def crop(stage: Stage, one: QQuickItem, margin: int = 16) -> QImage:
    box = stage.rect(one).toRect().adjusted(-margin, -margin, margin, margin)
    return stage.screen.window.grabWindow().copy(box)


def color(stage: Stage, name: str) -> QColor:
    return QColor(table("color", "contrast" if stage.screen.theme.property("contrast") else "light")[name])


@pytest.mark.parametrize("name", ["choice", "suggested", "primary", "secondary", "checked"])
def test_pressed_and_focus_are_seen(gallery: Stage, name: str) -> None:
    target = item(gallery, name)
    rest = crop(gallery, target)
    gallery.press(target)
    gallery.settle()
    pressed = crop(gallery, target)
    gallery.release(target)
    gallery.settle()
    assert crop(gallery, target) == rest
    gallery.page.forceActiveFocus()
    target.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    gallery.settle()
    focused = crop(gallery, target)
    assert len({bytes(image.constBits()) for image in (rest, pressed, focused)}) == 3


def test_the_focus_ring_stands_off_by_its_gap(gallery: Stage) -> None:
    target = item(gallery, "primary")
    target.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    gallery.settle()
    box = gallery.rect(target)
    image = gallery.screen.window.grabWindow()
    middle = round(box.center().y())
    left = [image.pixelColor(round(box.left()) - offset, middle) for offset in range(1, 15)]
    paper, focus = color(gallery, "paper"), color(gallery, "focus")
    assert left == [paper] * 6 + [focus] * 6 + [paper] * 2


@pytest.mark.parametrize(
    ("name", "token"), [("good", "ok_tint"), ("problem", "alert_tint"), ("called", "called"), ("plate", "ink")]
)
def test_grounds_have_the_colour_of_their_token(gallery: Stage, name: str, token: str) -> None:
    box = gallery.rect(item(gallery, name))
    at = QPointF(box.left() + 14, box.center().y()).toPoint()
    assert gallery.screen.window.grabWindow().pixelColor(at) == color(gallery, token)


def test_amber_is_only_where_a_ticket_is_called(gallery: Stage) -> None:
    amber = color(gallery, "called").rgb()
    image = gallery.screen.window.grabWindow()
    box = gallery.rect(item(gallery, "called")).toRect()
    found = [
        (x, y)
        for y in range(0, image.height(), 4)
        for x in range(0, image.width(), 4)
        if image.pixelColor(x, y).rgb() == amber
    ]
    assert found
    assert all(box.contains(x, y) for x, y in found)


def test_a_busy_button_says_so_and_does_not_act(gallery: Stage, tmp_path: Path) -> None:
    file = picture.save(gallery.screen.window, tmp_path, picture.name("kiosk", PageFrame("gallery", large=True)))
    assert file.name == "kiosk-gallery-en-large.png"
    assert QImage(str(file)).size() == gallery.screen.window.size()
    gallery.tap(item(gallery, "off"))
    assert gallery.acts == []
