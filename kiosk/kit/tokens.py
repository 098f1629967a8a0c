"""The design tokens, read once: colours, type, spaces, targets, motion. ``tokens.toml`` is their only source.

Lengths are design pixels: 0.248 mm on the kiosk (1080 x 1920), 0.496 mm on the board (1920 x 1080).
Times are milliseconds in ``motion`` and seconds in ``timeout``.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.kit.errors import TokensError

TOKENS = Path(__file__).with_name("tokens.toml")


@cache
def tokens() -> Mapping[str, Any]:
    """The whole of ``tokens.toml``, as it stands there."""
    with TOKENS.open("rb") as file:
        return tomllib.load(file)


def table(*keys: str) -> dict[str, Any]:
    """One table of the tokens, copied: ``table("color", "light")``."""
    found: Any = tokens()
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            raise TokensError(key=".".join(keys))
        found = found[key]
    if not isinstance(found, dict):
        raise TokensError(key=".".join(keys))
    return dict(found)


def type_styles(*, large: bool, script: str) -> dict[str, dict[str, int]]:
    """Every text role as ``{"px", "line", "weight"}`` for this script (``latin``, ``arabic``, ...).

    Sizes follow ``type.script_scale``, so that the eye sees one size in every script. Lines of running text are
    not tighter than ``type.script_line`` says (1.5 for Arabic), those of titles and labels than ``script_label``.
    """
    sizes = table("type", "size")
    if large:
        sizes |= table("type", "large")
    scale = table("type", "script_scale").get(script, 1.0)
    running = table("type", "script_line").get(script, 0.0)
    label = table("type", "script_label").get(script, 0.0)
    roles_running = set(table("type")["running"])
    styles = {}
    for role, style in sizes.items():
        px = round(style["px"] * scale)
        tightest = running if role in roles_running else label
        styles[role] = {
            "px": px,
            "line": max(round(style["line"] * scale), round(px * tightest)),
            "weight": style["weight"],
        }
    return styles
