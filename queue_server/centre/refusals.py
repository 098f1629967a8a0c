"""What the engine refuses, as handlers name it (``framework.refuses``)."""

from functools import partial

import msgspec

from queue_server.centre.errors import RefusedError
from queue_server.framework.refusals import Codes
from queue_server.queue.refusal_index import refusals
from queue_server.queue.refusals import RefusalCode


def refused(*commands: type[msgspec.Struct]) -> Codes:
    """Name the refusals of commands; they are read from the code of the engine once somebody asks."""
    return Codes(RefusedError, partial(_refusals, commands))


def refused_as(*codes: RefusalCode) -> Codes:
    """Name refusals that a handler gives in the words of the engine."""
    return Codes(RefusedError, lambda: codes)


def _refusals(commands: tuple[type[msgspec.Struct], ...]) -> frozenset[RefusalCode]:
    return frozenset[RefusalCode]().union(*map(refusals, commands))
