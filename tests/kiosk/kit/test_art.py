"""Icons and drawings: every colour is a token, every file draws, nothing outside of the folders is read."""

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from kiosk.kit.art import ArtProvider, recolour
from kiosk.kit.tokens import table

KIT = Path(__file__).parents[3] / "kiosk" / "kit"
UI = KIT.parent / "ui"
FILES = sorted([*KIT.glob("icons/*.svg"), *UI.glob("drawings/*.svg")])


def test_every_colour_is_one_of_the_theme(subtests: pytest.Subtests) -> None:
    for file, theme in product(FILES, ("light", "contrast")):
        with subtests.test(file=file.name, theme=theme):
            svg = recolour(file.read_text(encoding="utf-8"), theme)
            used = set(re.findall(r"#[0-9A-Fa-f]{6}", svg))
            assert used
            assert used <= set(table("color", theme).values())
            assert "<text" not in svg


def test_administrators_choose_among_the_same_pictures() -> None:
    """Packages of kiosk and server share no files: each has them, and they are the same."""
    shown = KIT.parents[1] / "queue_server" / "web" / "static" / "kiosk-pictures"
    ours = {file.name: file.read_bytes() for file in KIT.glob("icons/*.svg")}
    assert {file.name: file.read_bytes() for file in shown.iterdir()} == ours


def test_an_icon_takes_the_colours_of_its_ground() -> None:
    svg = recolour('<path stroke="#12233D" fill="#DCEBED"/>', "light", ink="#abcdef", tint="#012345")
    assert svg == '<path stroke="#abcdef" fill="#012345"/>'


def test_every_file_draws(qapp: QGuiApplication, subtests: pytest.Subtests) -> None:
    del qapp
    for file in FILES:
        with subtests.test(file=file.name):
            provider, size = ArtProvider([UI, KIT]), QSize()
            ask = f"{file.parent.name}/{file.stem}/light" + ("/12233d/dcebed" if file.parent.name == "icons" else "")
            image = provider.requestImage(ask, size, QSize(96, 96))
            assert size.width() > 0
            assert image.width() <= 96
            assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize(
    "ask",
    [
        "icons/../../secret/light/000000/000000",
        "icons/check/dark/000000/000000",
        "fonts/check/light",
        "icons/nothing/light/000000/000000",
        "icons//light/000000/000000",
        "icons/check/light/000000",
        "",
    ],
)
def test_anything_else_is_no_picture(qapp: QGuiApplication, ask: str) -> None:
    del qapp
    assert ArtProvider([UI, KIT]).requestImage(ask, QSize(), QSize()).isNull()
