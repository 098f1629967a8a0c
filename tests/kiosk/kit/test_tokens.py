"""The tokens: what they promise to the eye, and that nothing in QML names one that is not there."""

import re
from itertools import product
from pathlib import Path

import pytest

from kiosk.kit.errors import TokensError
from kiosk.kit.tokens import table, type_styles

ROOT = Path(__file__).parents[3]
#: Front and back of texts, with the floor of 7:1; then of controls, icons and focus, with 3:1 (WCAG 2.2, 1.4.11).
TEXTS = (
    *("ink/paper", "ink/surface", "ink/sunken", "ink/tint", "ink/tint2", "ink2/paper", "ink2/surface"),
    *("ink2/sunken", "ink2/tint2", "primary/paper", "primary/surface", "on_primary/primary"),
    *("on_primary/primary_press", "on_called/called", "ok/surface", "ok/ok_tint", "alert/surface"),
    *("alert/alert_tint", "on_alert/alert", "surface/ink"),
)
CONTROLS = (
    *("line/paper", "line/surface", "line/sunken", "line/tint2", "primary/sunken", "primary/tint"),
    *("primary/tint2", "ok/paper", "alert/paper", "focus/paper", "muted/paper", "muted/sunken"),
)


def luminance(color: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(front: str, back: str) -> float:
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_stand_off_from_their_ground(subtests: pytest.Subtests) -> None:
    for theme, (pair, floor) in product(
        ("light", "contrast"), [(pair, 7.0) for pair in TEXTS] + [(pair, 3.0) for pair in CONTROLS]
    ):
        with subtests.test(theme=theme, pair=pair, floor=floor):
            colors = table("color", theme)
            front, _, back = pair.partition("/")
            assert ratio(colors[front], colors[back]) >= floor


def test_both_themes_have_the_same_names() -> None:
    assert table("color", "light").keys() == table("color", "contrast").keys()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("script", ["latin", "arabic"])
def test_no_text_is_under_the_floor(large: bool, script: str) -> None:
    cap, mm = table("meta")["font_cap_ratio"], table("meta")["kiosk_mm_per_px"]
    for role, style in type_styles(large=large, script=script).items():
        assert style["px"] * cap * mm >= 7.3, role
        assert style["line"] >= style["px"], role


def test_running_arabic_has_room() -> None:
    styles = type_styles(large=False, script="arabic")
    assert all(styles[role]["line"] >= 1.5 * styles[role]["px"] - 1 for role in ("min", "body", "lead"))


def test_large_is_never_smaller() -> None:
    normal, large = (type_styles(large=large, script="latin") for large in (False, True))
    assert all(large[role]["px"] >= normal[role]["px"] for role in normal)


def test_a_missing_table_is_named() -> None:
    with pytest.raises(TokensError) as caught:
        table("color", "dark")
    assert caught.value.placeholders == {"key": "color.dark"}


def test_qml_names_only_tokens_that_exist() -> None:
    known = {
        "color": table("color", "light"),
        "type": type_styles(large=False, script="latin"),
        "board": table("type", "board"),
        **{name: table(name) for name in ("space", "grid", "target", "radius", "stroke", "motion", "touch")},
    }
    files = [*(ROOT / "kiosk").rglob("*.qml"), *(ROOT / "signage").rglob("*.qml")]
    used = {
        (file.name, group, name)
        for file in files
        for group, name in re.findall(r"\bTheme\.(\w+)\.(\w+)", file.read_text(encoding="utf-8"))
    }
    assert used
    assert [one for one in used if one[2] not in known[one[1]]] == []


def test_qml_has_no_colour_of_its_own() -> None:
    for file in (ROOT / "kiosk").rglob("*.qml"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r'"#[0-9A-Fa-f]{3,8}"', text), file.name
        assert len(text.splitlines()) < 150, file.name
        assert "pragma ComponentBehavior: Bound" in text or len(text.splitlines()) < 10, file.name
