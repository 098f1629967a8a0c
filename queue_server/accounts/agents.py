"""Which browser, on what kind of machine, as a browser says itself (RFC 9110, section 10.1.5): for people. Pure."""

from enum import StrEnum
from typing import Final

import msgspec


class Browser(StrEnum):
    FIREFOX = "firefox"
    EDGE = "edge"
    OPERA = "opera"
    CHROME = "chrome"
    SAFARI = "safari"
    OTHER = "other"


class Machine(StrEnum):
    PHONE = "phone"
    TABLET = "tablet"
    WINDOWS = "windows"
    MAC = "mac"
    CHROMEBOOK = "chromebook"
    LINUX = "linux"
    OTHER = "other"


#: In this order: most name those that they want to be taken for.
_BROWSERS: Final = (
    (("Firefox/", "FxiOS/"), Browser.FIREFOX),
    (("Edg/", "EdgA/", "EdgiOS/"), Browser.EDGE),
    (("OPR/",), Browser.OPERA),
    (("Chrome/", "Chromium/", "CriOS/"), Browser.CHROME),
    (("Safari/",), Browser.SAFARI),
)
_MACHINES: Final = (
    (("iPad", "Tablet"), Machine.TABLET),
    (("iPhone", "Mobile"), Machine.PHONE),
    (("Android",), Machine.TABLET),
    (("Windows",), Machine.WINDOWS),
    (("Macintosh",), Machine.MAC),
    (("CrOS",), Machine.CHROMEBOOK),
    (("Linux", "X11"), Machine.LINUX),
)


class UserAgent(msgspec.Struct, frozen=True):
    """A browser and what it runs on."""

    browser: Browser = Browser.OTHER
    machine: Machine = Machine.OTHER


#: Nothing is known of it.
UNKNOWN: Final = UserAgent()


def agent(said: str) -> UserAgent:
    """Read a ``User-Agent`` header, which anybody may have written."""
    browser = next((kind for marks, kind in _BROWSERS if any(mark in said for mark in marks)), Browser.OTHER)
    machine = next((kind for marks, kind in _MACHINES if any(mark in said for mark in marks)), Machine.OTHER)
    return UserAgent(browser, machine)
