"""What is asked for on the page of who waits: read from an address, written into one, and compared with visits."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from msgspec.structs import replace

from queue_server.domain.values import Language, ServiceId, StepId, VisitId
from queue_server.queue.state import Visit
from queue_server.web import wording
from queue_server.web.counter.find import matches
from queue_server.web.view_context import StaffView
from queue_server.web.waiting.page import WaitingFilter

#: Of a filter, and of what is typed, so much is read.
MAX_VALUES = 40
MAX_LETTERS = 80
#: Filter -> its name in the address.
FILTERS = {"steps": "step", "services": "service", "languages": "language"}


def wish_of(query: Mapping[str, Sequence[str]]) -> WaitingFilter:
    """Read an address; whatever is in it, nothing but a wish comes of it."""

    def values(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in query.get(name, ())[:MAX_VALUES] if value))

    visit = values("visit")
    return WaitingFilter(
        steps=tuple(StepId(one) for one in values("step")),
        services=tuple(ServiceId(one) for one in values("service")),
        languages=tuple(Language(one) for one in values("language")),
        text=" ".join(values("q")[:1])[:MAX_LETTERS],
        visit=VisitId(visit[0]) if visit else None,
    )


def written(wish: WaitingFilter) -> str:
    """Write a wish as the query of an address; empty where nothing is asked for."""
    pairs = [(name, value) for field, name in FILTERS.items() for value in getattr(wish, field)]
    pairs += [("q", wish.text)] if wish.text else []
    pairs += [("visit", wish.visit)] if wish.visit else []
    return urlencode(pairs)


def toggled(wish: WaitingFilter, field: str, value: str) -> WaitingFilter:
    chosen = getattr(wish, field)
    rest = tuple(one for one in chosen if one != value)
    return replace(wish, **{field: rest if value in chosen else (*chosen, value)})


def fits(look: StaffView, wish: WaitingFilter, visit: Visit, *, but: str = "") -> bool:
    """Tell whether a waiting visit is one of those asked for; ``but``: whatever this filter says."""
    has = {"steps": visit.step.step, "services": visit.step.service, "languages": visit.language}
    for field, value in has.items():
        chosen = getattr(wish, field)
        if field != but and chosen and value not in chosen:
            return False
    words = wish.text.casefold().split()
    return not words or matches(visit.code, wish.text) or _reads(look, visit, words)


def _reads(look: StaffView, visit: Visit, words: list[str]) -> bool:
    """Tell whether every word begins one of those that stand in the visit's row."""
    texts = (
        visit.code,
        look.service(visit),
        look.government_name(visit.step.government),
        look.step(visit.step.step),
        look.spoken(visit.language),
        wording.category(look.words, visit.category),
    )
    said = " ".join(texts).casefold().split()
    return all(any(one.startswith(word) for one in said) for word in words)
