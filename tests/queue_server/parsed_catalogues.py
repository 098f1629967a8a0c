"""Set-ups, parsed once a process: many tests begin with a demo centre, whose file takes tens of milliseconds."""

from functools import lru_cache

from queue_server.catalogue import toml

#: Texts that are kept: those of the demo centres and what one file of tests makes of them.
_TEXTS = 64


def share() -> None:
    """Parse the same text once: what comes of it is never changed."""
    toml.parse = lru_cache(_TEXTS)(toml.parse)
