"""Reads a plain line of a command: options that are named whole, each once. Imports nothing that takes time.

What begins where people wait for it is read by this alone; any other line goes to the parser of all commands, which
knows what to say of it.
"""

from collections.abc import Collection, Iterable


def read(words: Iterable[str], values: Collection[str], flags: Collection[str]) -> dict[str, str] | None:
    """Read options with a value and those without, which are ``yes``; None where anything else stands there."""
    said: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        option, joined, value = word.partition("=")
        if option in values and not joined:
            value = next(rest, "")
        elif option not in values:
            value = "yes" if word in flags else ""
        if option in said or not value or value.startswith("-"):
            return None
        said[option] = value
    return said


def has_password(url: str) -> bool:
    """Tell whether a URL may hold a password: one of a user, or one among its options."""
    user, at, _ = url.partition("://")[2].rpartition("@")
    return bool(at and ":" in user) or "password=" in url
