"""The places that there are for items, where the set-up of the centre names any. Pure."""

from collections.abc import Iterable, Sequence

import msgspec

from queue_server.catalogue.model import ShelfDefinition
from queue_server.custody.errors import PlaceUnknownError


class ShelfUse(msgspec.Struct, frozen=True):
    """A drawer as it is used; ``free`` is its first place in which nothing lies, None where it is full."""

    id: str
    places: int
    taken: int
    free: str | None


def check_place(shelves: Sequence[ShelfDefinition], place: str) -> None:
    """Check that there is such a place; a centre that names no drawers has them all.

    Raises:
        PlaceUnknownError: there is none.
    """
    if shelves and not any(shelf.has(place) for shelf in shelves):
        raise PlaceUnknownError(place=place)


def check_drawer(shelves: Sequence[ShelfDefinition], drawer: str) -> None:
    """Check that there is such a drawer.

    Raises:
        PlaceUnknownError: there is none.
    """
    if shelves and not any(shelf.id == drawer for shelf in shelves):
        raise PlaceUnknownError(place=drawer)


def shelf_uses(shelves: Iterable[ShelfDefinition], taken: frozenset[str]) -> tuple[ShelfUse, ...]:
    """Tell how full each drawer is; ``taken`` are all places in which something lies."""
    return tuple(_use(shelf, taken) for shelf in shelves)


def _use(shelf: ShelfDefinition, taken: frozenset[str]) -> ShelfUse:
    names = [f"{shelf.id}-{number}" for number in range(1, shelf.places + 1)]
    free = [name for name in names if name not in taken]
    return ShelfUse(shelf.id, shelf.places, shelf.places - len(free), free[0] if free else None)
