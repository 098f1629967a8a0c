"""What a handler refuses with, named beside it: the description of the API says it, and the tests hold it to that."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from queue_server.domain.values import ConsularError


class Codes(NamedTuple):
    """An error that has one of several codes, which are asked for when they are needed."""

    error: type[ConsularError]
    codes: Callable[[], Iterable[str]]


Reason = type[ConsularError] | Codes

_NAMED: dict[Callable[..., object], tuple[Reason, ...]] = {}


def refuses[F: Callable[..., object]](*reasons: Reason) -> Callable[[F], F]:
    """Name with what a handler refuses, beside what every route does by what it asks for (``answers``)."""

    def name(handler: F) -> F:
        _NAMED[handler] = reasons
        return handler

    return name


def reasons_of(handler: Callable[..., object]) -> tuple[Reason, ...]:
    return _NAMED.get(handler, ())
