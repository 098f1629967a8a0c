"""A warning from when it comes until it is gone, and when it is told of outside of the page. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from queue_server.domain.values import MINUTE, Micros, StaffId
from queue_server.early_warnings.model import Episode

#: What a forecast sees now and not a moment later is one warning: it is gone once it was away for so long.
LINGER: Final = 2 * MINUTE


def advance(known: Mapping[str, Episode], there: Iterable[str], now: Micros) -> dict[str, Episode]:
    """Say which warnings go on, which begin now, and leave out those that are gone: who took them has no more to do."""
    named = set(there)
    kept = {
        name: replace(one, seen_at=now) if name in named else one
        for name, one in known.items()
        if name in named or now - one.seen_at < LINGER
    }
    return kept | {name: Episode(name, now, now) for name in named if name not in kept}


def take(episode: Episode, staff: StaffId, now: Micros) -> Episode:
    """Somebody does it; said again, it is as when they said it first."""
    return episode if episode.taken_by == staff else replace(episode, taken_by=staff, taken_at=now)


def give_back(episode: Episode, staff: StaffId) -> Episode:
    """Whoever took it does not do it after all."""
    return replace(episode, taken_by=None, taken_at=None) if episode.taken_by == staff else episode


def seen(episode: Episode, now: Micros) -> Episode:
    """It is there at this moment."""
    return replace(episode, seen_at=now)


def sent(episode: Episode, now: Micros) -> Episode:
    """It is told of outside of the page."""
    return replace(episode, sent_at=now)


def to_notify(episodes: Iterable[Episode], now: Micros, after: int, *, is_quiet: bool) -> tuple[Episode, ...]:
    """List what is to be told outside of the page: each once, not if somebody has taken it, and not in quiet hours.

    It is told once it has been there for ``after`` microseconds; what began in quiet hours and lasts, after them.
    """
    if is_quiet:
        return ()
    return tuple(
        one
        for one in episodes
        if one.sent_at is None and one.taken_by is None and one.seen_at == now and now - one.began_at >= after
    )
