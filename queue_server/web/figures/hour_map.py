"""The hours of a week as cells: how long people waited who came then, or how many came. Pure."""

from collections.abc import Mapping

import msgspec

from queue_server.reports.tally import Tally

#: Shades of a map; each cell has its number too.
SHADES = 5


class HourCellCount(msgspec.Struct, frozen=True):
    """Who came in an hour of one weekday; the minutes are of their first call, None where nobody was called."""

    came: int
    half_min: int | None
    most_min: int | None


class HourMap(msgspec.Struct, frozen=True):
    """``hours`` are the columns: hours of the service day; ``cells`` by weekday and hour, where somebody came."""

    hours: tuple[int, ...]
    cells: Mapping[tuple[int, int], HourCellCount]


def hour_map(found: Mapping[int, Mapping[int, Tally]]) -> HourMap:
    """Make it of what was counted by weekday and by hour. Hours without anybody between others are there, empty."""
    cells = {
        (weekday, hour): HourCellCount(
            one.arrived, one.first_waits.percentile_min(50), one.first_waits.percentile_min(90)
        )
        for weekday, hours in found.items()
        for hour, one in hours.items()
        if one.arrived
    }
    hours = [hour for _, hour in cells]
    return HourMap(tuple(range(min(hours), max(hours) + 1)) if hours else (), cells)


def bounds(numbers: list[int]) -> tuple[int, ...]:
    """Give the largest number of each shade but the darkest, so that each shade has about as many cells.

    They rise; where there are fewer different numbers than shades, there are fewer bounds.
    """
    ordered = sorted(numbers)
    below = [one for one in ordered if one < ordered[-1]]
    found: list[int] = []
    for shade in range(1, SHADES):
        if not below:
            break
        # What is largest is darkest, however many cells have it.
        bound = min(ordered[len(ordered) * shade // SHADES], below[-1])
        if not found or bound > found[-1]:
            found.append(bound)
    return tuple(found)


def shade_of(number: int, limits: tuple[int, ...]) -> int:
    """Say in which shade a number lies, 0 being the lightest; the darkest is always ``SHADES - 1``."""
    below = sum(1 for one in limits if number > one)
    return below if below < len(limits) or not limits else SHADES - 1
