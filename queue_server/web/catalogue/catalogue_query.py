"""What of the set-up somebody looks at, as the address says it. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, Self
from urllib.parse import urlencode

import msgspec

from queue_server.catalogue.schema import sections

PATH: Final = "/catalogue"
#: Digits of the number of a version.
_LONGEST: Final = 9


class CatalogueQuery(msgspec.Struct, frozen=True):
    """A section, the draft, the history (from ``version`` back), one version, or what counts from ``day`` on.

    ``opening``: who puts the draft in force goes on to open the centre.
    """

    view: Literal["section", "draft", "history", "version", "plan"] = "section"
    section: str = "centre"
    version: int = 0
    day: str = ""
    opening: bool = False

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Self:
        """Read an address; what it says wrongly it does not say."""
        number = said.get("version", "")
        version = int(number) if number.isascii() and number.isdecimal() and len(number) <= _LONGEST else 0
        if "draft" in said:
            return cls("draft", opening="opening" in said)
        if "history" in said:
            return cls("history", version=version)
        if version:
            return cls("version", version=version)
        if _is_day(day := said.get("from", "")):
            return cls("plan", day=day)
        section = said.get("section", "")
        return cls(section=section) if section in sections() else cls()

    @property
    def address(self) -> str:
        """What stands behind the question mark."""
        match self.view:
            case "draft":
                return "draft=1&opening=1" if self.opening else "draft=1"
            case "history":
                return urlencode({"history": "1", **({"version": self.version} if self.version else {})})
            case "version":
                return urlencode({"version": self.version})
            case "plan":
                return urlencode({"from": self.day})
            case _:
                return urlencode({"section": self.section})

    @property
    def href(self) -> str:
        return f"{PATH}?{self.address}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
