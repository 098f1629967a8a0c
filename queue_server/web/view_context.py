"""One look at a centre: the day, the set-up, the reader and the time, and the words that every page needs."""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any, Final

import msgspec
from babel.core import Locale, UnknownLocaleError
from markupsafe import Markup

from queue_server.centre.views import Facts
from queue_server.contract.base import Names
from queue_server.contract.catalogue import ServiceView
from queue_server.domain.values import (
    Category,
    CounterId,
    GovernmentId,
    Micros,
    ServiceId,
    StepId,
)
from queue_server.framework.rooms import RoomCollection
from queue_server.queue.settings import CentreSettings, Skills
from queue_server.queue.state import DayState, Visit
from queue_server.web import times, wording
from queue_server.web.rules import PageRules
from queue_server.web.times import Clockface
from queue_server.web.wording import MarkupTranslations


class PageReader(msgspec.Struct, frozen=True):
    """For whom the page is written: words and times of one language in one centre, right to left or not.

    ``brought`` is what rooms bring to all pages: entries of the bar, and words of their own codes.
    """

    words: MarkupTranslations
    clock: Clockface
    language: str
    rtl: bool
    brought: RoomCollection = RoomCollection(())


def name_in(names: Names, language: str, fallback: str) -> str:
    """Choose a name in the reader's language, else in English, which every name has."""
    return names.get(language) or names.get("en") or fallback


class Tag(msgspec.Struct, frozen=True):
    """A short word about a visit, with its icon."""

    text: Markup
    icon: str = ""


#: So much is kept of what pages have in common.
_MAX_KNOWN: Final = 8192


class Shared:
    """What pages have in common that look at one state at one time in one language: found out once for all of them.

    ``lasting`` is what pages of that language have in common as long as the set-up of the centre is the same,
    ``wordless`` what pages of all languages have that look at this state.
    """

    def __init__(self, lasting: "Shared | None" = None, wordless: "Shared | None" = None) -> None:
        self._known: dict[Hashable, Any] = {}
        self.lasting, self.wordless = lasting or self, wordless or self

    def once[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what ``key`` names; ``make`` needs nothing that differs between the pages but what the key says."""
        if key not in self._known:
            if len(self._known) >= _MAX_KNOWN:
                self._known.clear()
            self._known[key] = make()
        found: T = self._known[key]
        return found


class Kept:
    """What one open page has found out already, by names, each with all of the day that it follows from.

    The day's entities never change, and a day shares with the one before what is the same: where all that something
    follows from ``is`` what it was, nothing is looked at, and what is drawn of it is known to be the same as well.
    """

    def __init__(self) -> None:
        self._since: tuple[object, ...] = ()
        self._known: dict[str, tuple[tuple[object, ...], Any]] = {}

    def since(self, base: tuple[object, ...]) -> None:
        """Forget all of it, unless what everything follows from is as it was."""
        if base != self._since:
            self._since = base
            self._known.clear()

    def once[T](self, name: str, of: tuple[object, ...], make: Callable[[], T]) -> T:
        """Give what was found out of ``of``; ``make`` needs nothing else, but what does not change of the page."""
        before = self._known.get(name)
        if before is None or before[0] != of:
            before = self._known[name] = of, make()
        found: T = before[1]
        return found


class StaffView:
    """What any page of staff looks at; ``now`` is when."""

    def __init__(
        self,
        state: DayState,
        known: Facts,
        settings: CentreSettings,
        *,
        reader: PageReader,
        now: Micros,
        rules: PageRules = PageRules(),  # noqa: B008 - frozen
        shared: Shared | None = None,
    ) -> None:
        self.state, self.known, self.settings, self.reader, self.now = state, known, settings, reader, now
        self.rules = rules
        self.words, self.clock = reader.words, reader.clock
        shared = shared or Shared()
        self.once, self.ever, self.wordless = shared.once, shared.lasting.once, shared.wordless.once
        self.services: dict[ServiceId, ServiceView] = self.ever(
            "services", lambda: {service.id: service for service in known.catalogue.services}
        )

    def waiting(self) -> Iterable[Visit]:
        return (self.state.visits[visit] for _, visit in self.state.waiting)

    def waiting_at(self, step: StepId) -> tuple[int, int]:
        """Count who waits for a step, and those of them who are overdue."""
        return self.wordless("waiting-at", self._count_waiting).get(step, (0, 0))

    def _count_waiting(self) -> dict[StepId, tuple[int, int]]:
        found: dict[StepId, tuple[int, int]] = {}
        for visit in self.waiting():
            count, overdue = found.get(visit.step.step, (0, 0))
            late = times.minutes_left(visit.due, self.now) < 0
            found[visit.step.step] = count + 1, overdue + late
        return found

    def name(self, names: Names, fallback: str) -> str:
        return name_in(names, self.reader.language, fallback)

    def service(self, visit: Visit) -> str:
        return self.service_name(visit.step.service)

    def service_name(self, ident: ServiceId) -> str:
        service = self.services.get(ident)
        return ident if service is None else self.name(service.name, ident)

    def full_service_name(self, ident: ServiceId) -> Markup:
        """Name a service and its government: the same is given for several."""
        service = self.services.get(ident)
        if service is None:
            return Markup.escape(ident)
        government = self.government_name(service.government)
        return self.words("%(service)s, %(government)s", service=self.service_name(ident), government=government)

    def government(self, government: GovernmentId) -> Markup:
        return self.words("for %(government)s", government=self.government_name(government))

    def government_name(self, ident: GovernmentId) -> str:
        names = self.ever("governments", lambda: {one.id: one.name for one in self.known.catalogue.governments})
        return ident if ident not in names else self.name(names[ident], ident)

    def step(self, step: StepId) -> str:
        return self.name(self.known.steps.get(step, {}), step)

    def steps(self, skills: Skills) -> Markup:
        if not skills.steps:
            return self.words("Every step")
        return self.words(", ").join(self.step(step) for step in skills.steps)

    def spoken(self, language: str) -> str:
        """Name a language as it stands by itself."""
        return self.spoken_within(language).capitalize()

    def spoken_within(self, language: str) -> str:
        """Name a language as it stands in a sentence."""
        return spoken_name(language, self.reader.language)

    def plate_of(self, counter: CounterId) -> str:
        plate = self.known.plates.get(counter)
        return counter if plate is None else plate.name

    def due_in(self, visit: Visit) -> Markup:
        left = times.minutes_left(visit.due, self.now)
        if left > 0:
            return self.words.ngettext("in %(count)s min", "in %(count)s min", left)
        return (
            self.words("now") if left == 0 else self.words.ngettext("%(count)s min late", "%(count)s min late", -left)
        )

    def counted(self, visit: Visit) -> Markup:
        """Say from when a visit's promise counts."""
        time = self.clock.hhmm(visit.counts_from)
        if visit.records[-1].more_min:
            return self.words("more time, counts from %(time)s", time=time)
        if visit.at_step > 0:
            return self.words("ready %(time)s", time=time)
        if visit.category is Category.APPOINTMENT:
            if visit.booked_at is not None and visit.booked_at != visit.counts_from:
                booked = self.clock.hhmm(visit.booked_at)
                return self.words("appointment %(time)s, arrival %(arrived)s", time=booked, arrived=time)
            return self.words("appointment %(time)s", time=time)
        return self.words("arrival %(time)s", time=time)

    def why(self, visit: Visit) -> Markup:
        """The sentence that is the same everywhere: category, arrived, promised, due."""
        sentence, more = self._why(visit), visit.records[-1].more_min
        if not more:
            return sentence
        asked = self.words.ngettext("They asked for %(count)s min more.", "They asked for %(count)s min more.", more)
        return Markup("{} {}").format(sentence, asked)

    def _why(self, visit: Visit) -> Markup:
        _, hhmm = self.words, self.clock.hhmm
        category = wording.category(_, visit.category)
        values = {
            "category": category,
            "from": hhmm(visit.counts_from if visit.booked_at is None else visit.booked_at),
            "arrived": hhmm(visit.issued_at),
            "ready": hhmm(visit.records[-1].ready_at),
            "promise": _.ngettext("%(count)s min", "%(count)s min", visit.promise),
            "due": hhmm(visit.due),
        }
        if visit.at_step > 0:
            return _("%(category)s, ready here %(ready)s, promised %(promise)s, due %(due)s.", **values)
        if visit.category is Category.APPOINTMENT:
            return _("%(category)s %(from)s, arrived %(arrived)s, promised %(promise)s, due %(due)s.", **values)
        return _("%(category)s, arrived %(arrived)s, promised %(promise)s, due %(due)s.", **values)

    def party(self, visit: Visit) -> Markup:
        """Say how many people a visit is, and of which ages where they are not all of the first that pays."""
        bands = {band.id: band for band in self.known.catalogue.bands}
        named = [one for one in visit.people if one.band in bands]
        first = next(iter(bands), None)
        if not named or all(one.band == first for one in named):
            return wording.party(self.words, visit.party_size)
        ages = (Markup("{} {}").format(self.name(bands[one.band].name, one.band), one.count) for one in named)
        return Markup(" \N{MIDDLE DOT} ").join((wording.party(self.words, visit.party_size), *ages))

    def _categories(self, visit: Visit) -> tuple[Tag, ...]:
        """Say as what a visit waits, and the time of its appointment, which staff may have put aside since."""
        booked = None if visit.booked_at is None else self.clock.hhmm(visit.booked_at)
        if visit.category is Category.APPOINTMENT:
            return (Tag(wording.appointment(self.words, booked)),)
        category = Tag(wording.category(self.words, visit.category))
        return (category,) if booked is None else (category, Tag(wording.appointment(self.words, booked), "clock"))

    def tags(self, visit: Visit) -> tuple[Tag, ...]:
        tags: tuple[Tag, ...] = (
            *self._categories(visit),
            Tag(self.party(visit), "user" if visit.party_size == 1 else "users"),
            Tag(Markup.escape(self.spoken(visit.language)), "globe"),
        )
        if visit.on_the_way_at is not None:
            time = self.clock.hhmm(visit.on_the_way_at)
            tags = (*tags, Tag(self.words("Said at %(time)s that they come", time=time), "phone"))
        return (*tags, Tag(self.words("Asks for priority"), "hand")) if visit.asks_priority else tags


@lru_cache(maxsize=1024)
def spoken_name(language: str, reader: str) -> str:
    """Name a language as it stands in a sentence of another one."""
    try:
        name = Locale.parse(language, sep="-").get_display_name(reader)
    except (UnknownLocaleError, ValueError):
        name = None
    return name or language
