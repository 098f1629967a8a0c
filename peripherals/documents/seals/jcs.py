"""JSON as it is signed: the JSON Canonicalization Scheme, RFC 8785, for JSON without fractions. Pure.

A seal has texts and whole numbers alone, so the scheme's rules for fractions are not here: one is refused. So is what
two readers could take differently: a name that occurs twice, a number that a double cannot hold (RFC 7493, 2.2), half a
character.
"""

import json
from typing import Any

from peripherals.errors import SealError

#: RFC 7493, 2.2.
_EXACT = 2**53 - 1
_DEPTH = 16


def parse(text: bytes) -> Any:
    """Read JSON from outside, in UTF-8.

    Raises:
        SealError: fault ``json``, ``json-depth``, ``json-number`` or ``json-name``.
    """
    try:
        value = json.loads(
            text.decode("utf-8"), object_pairs_hook=_members, parse_int=_integer, parse_float=_no_fraction
        )
    except RecursionError as error:
        raise SealError(fault="json-depth") from error
    except ValueError as error:
        raise SealError(fault="json") from error
    _check(value, _DEPTH)
    return value


def canonical(value: Any) -> bytes:
    """Write JSON that ``parse`` gave in the one way that is signed: members in order of their names in UTF-16."""
    return _write(value).encode("utf-8")


def _write(value: Any) -> str:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{_write(name)}:{_write(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_write, value)) + "]"
    # The standard library escapes in a text just what RFC 8785, 3.2.2.2, wants escaped, and writes it alike.
    return json.dumps(value, ensure_ascii=False)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise SealError(fault="json-name")
    return members


def _integer(digits: str) -> int:
    # "-0" is the one whole number that is written in two ways.
    if len(digits) > len(str(-_EXACT)) or digits == "-0" or abs(int(digits)) > _EXACT:
        raise SealError(fault="json-number")
    return int(digits)


def _no_fraction(_: str) -> Any:
    raise SealError(fault="json-number")


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise SealError(fault="json-depth")
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise SealError(fault="json") from error
    elif isinstance(value, list):
        for each in value:
            _check(each, depth - 1)
    elif isinstance(value, dict):
        for name, each in value.items():
            _check(name, depth)
            _check(each, depth - 1)
    elif isinstance(value, float):
        # NaN and Infinity, which the standard library takes for numbers.
        raise SealError(fault="json-number")
