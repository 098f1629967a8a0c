"""Lists in pieces: ``limit`` and ``after`` of a request, and ``next`` of its answer.

A cursor is the place of the last row that was given, and nothing that a client may read anything from. What is new
meanwhile comes where it belongs: nothing is given twice, and nothing that was there is left out.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from queue_server.framework.problems import ApiError

#: Rows of a piece where nothing is said, and at most.
DEFAULT_LIMIT: Final = 100
MAX_LIMIT: Final = 500
_MAX_CURSOR: Final = 512


class ListPosition(msgspec.Struct, frozen=True, array_like=True):
    """A row of a list that is ordered by an instant, and then by an id."""

    at: Annotated[int, Meta(ge=0, le=2**62)]
    id: Annotated[str, Meta(max_length=128, pattern=r"^[!-~]*$(?!\n)")]


class QueryInvalidError(ApiError):
    """``name`` is the parameter of the address that is none of what the description of the API allows."""

    code = "query-invalid"
    title = "A parameter of the address is wrong"


class PageRequest(msgspec.Struct, frozen=True):
    """Which piece of a list is wanted: so many rows behind a place; None: from the beginning."""

    limit: int
    after: ListPosition | None

    def piece[T](self, found: Sequence[T], place: Callable[[T], ListPosition]) -> tuple[Sequence[T], str | None]:
        """Cut what was found, one row more than is wanted where there is one, and name where it goes on."""
        if len(found) <= self.limit:
            return found, None
        rows = found[: self.limit]
        return rows, _cursor(place(rows[-1]))


def read_cut(query: Mapping[str, str]) -> PageRequest:
    """Read which piece is wanted.

    Raises:
        QueryInvalidError: there is no such piece.
    """
    limit = query.get("limit", str(DEFAULT_LIMIT))
    digits = limit.isascii() and limit.isdigit() and len(limit) <= len(str(MAX_LIMIT))
    if not digits or not 1 <= int(limit) <= MAX_LIMIT:
        raise QueryInvalidError(name="limit")
    after = query.get("after")
    return PageRequest(int(limit), None if after is None else _place(after))


def _cursor(place: ListPosition) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).rstrip(b"=").decode()


def _place(text: str) -> ListPosition:
    try:
        if len(text) > _MAX_CURSOR or not text.isascii():
            raise QueryInvalidError(name="after")
        return msgspec.json.decode(
            base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True), type=ListPosition
        )
    except (ValueError, msgspec.DecodeError) as error:
        raise QueryInvalidError(name="after") from error
