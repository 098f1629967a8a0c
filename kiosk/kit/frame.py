"""Frame: one page, as one person sees it, on its way to the screen. Knows no Qt (``bridge`` carries it over)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec


@dataclass(frozen=True, slots=True)
class PageFrame:
    """One page, as one person sees it. ``model`` holds strings, numbers, booleans, lists and maps only."""

    page: str
    model: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en"
    large: bool = False
    contrast: bool = False
    lowered: bool = False

    @classmethod
    def of(
        cls,
        page: msgspec.Struct,
        *,
        language: str = "en",
        large: bool = False,
        contrast: bool = False,
        lowered: bool = False,
    ) -> "PageFrame":
        """A frame of a frozen struct whose tag (field ``page``) is the name of the page; nothing is shared with it."""
        # By way of JSON: to_builtins would keep tuples, which QML does not take for lists.
        model = msgspec.json.decode(msgspec.json.encode(page))
        return cls(str(model.pop("page")), model, language, large, contrast, lowered)
