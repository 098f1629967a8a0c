"""What the catalogue puts in the place of placeholders, in the words of one language. Pure.

Amounts, hours and stops are those of a day: what holds from a later day on says so.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from datetime import date, timedelta
from typing import Final

import msgspec
from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from markupsafe import Markup

from queue_server.catalogue import price_words
from queue_server.catalogue.checklists import RequirementDefinition
from queue_server.catalogue.fields import Names
from queue_server.catalogue.hours import is_holiday
from queue_server.catalogue.model import ServiceDefinition, Setup, tariff
from queue_server.domain.tariff import Rate
from queue_server.domain.values import BandId
from queue_server.framework.words import PageTranslations
from queue_server.information import words
from queue_server.information.placeholders import Placeholder
from queue_server.requirements.own_words import wanted

#: Closed days are told so far ahead.
_AHEAD: Final = timedelta(days=60)
_DAY: Final = timedelta(days=1)
#: Between amounts in one line.
_BESIDE: Final = Markup(" \N{MIDDLE DOT} ")
#: Around what stands left to right in every language (Unicode, UAX 9: LRI and PDI).
_LTR, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
#: A week beginning on Monday, to name its days.
_MONDAY: Final = date(2024, 1, 1)


class FilledRow(msgspec.Struct, frozen=True):
    """A line of a list: what it is about, and what holds for that."""

    label: str
    value: str = ""


class FilledList(msgspec.Struct, frozen=True):
    """``heading`` may be empty; ``ordered``: one comes after the other; ``in_words``: values are long, not amounts."""

    heading: str
    rows: tuple[FilledRow, ...]
    ordered: bool = False
    in_words: bool = False


class Filling:
    """What a centre says on a ``day``, in one ``language`` (BCP 47) with its ``words``."""

    def __init__(self, setup: Setup, day: date, language: str, translations: PageTranslations) -> None:
        self._setup, self._day, self._language, self._words = setup, day, language, translations
        self._tariff = tariff(setup)
        try:
            self._locale = Locale.parse(language, sep="-")
        except (UnknownLocaleError, ValueError):
            self._locale = Locale.parse("en")
        self._services: dict[str, ServiceDefinition] = {one.id: one for one in setup.services}

    def text(self, placeholder: Placeholder | None) -> str:
        """Give what stands in a sentence; what is not known here sends people to the staff."""
        match placeholder:
            case Placeholder("centre"):
                return self._name(self._setup.centre.name)
            case Placeholder("address") if self._setup.centre.address:
                return self._name(self._setup.centre.address)
            case Placeholder("fee", service) if service in self._services:
                return _BESIDE.join(self._fees_of(self._services[service]))
        return str(words.ask_staff(self._words))

    def lists(self, placeholder: Placeholder | None) -> tuple[FilledList, ...]:
        """Give what stands in place of a paragraph."""
        match placeholder:
            case Placeholder("fees", government):
                return tuple(self._fees(government))
            case Placeholder("hours"):
                return tuple(self._hours())
            case Placeholder("steps", service) if service in self._services:
                return (self._steps(self._services[service]),)
            case Placeholder("requirements", service) if lines := self._lines(service):
                return (FilledList("", tuple(self._requirement(line) for line in lines), in_words=True),)
        return (FilledList("", (FilledRow(str(words.ask_staff(self._words))),)),)

    def date(self, day: date) -> str:
        return format_date(day, "d MMMM y", locale=self._locale)

    def _name(self, names: Names) -> str:
        return names.get(self._language) or names.get("en") or next(iter(names.values()))

    def _fees(self, only: str) -> Iterator[FilledList]:
        """Tell of each government what costs something, and of the whole what does not."""
        priced = {one.service for one in self._setup.fees}
        for government in self._setup.governments:
            if only and government.id != only:
                continue
            rows = tuple(
                FilledRow(self._name(one.name), "\n".join(self._fees_of(one)))
                for one in self._setup.services
                if one.government == government.id and one.id in priced
            )
            if rows:
                yield FilledList(self._name(government.name), rows)

    def _fees_of(self, service: ServiceDefinition) -> list[str]:
        """Write each amount by itself, with who pays it, and from when on where that is not yet."""
        rates = [one for one in self._tariff.rates if one.service == service.id]
        later: dict[date, list[Rate]] = defaultdict(list)
        for one in rates:
            if one.valid_from is not None and one.valid_from > self._day:
                later[one.valid_from].append(one)
        told = self._amounts([one for one in rates if one.holds_on(self._day)])
        for day, ones in sorted(later.items()):
            amounts = _BESIDE.join(self._amounts(ones, {band for one in ones for band in one.bands}))
            told = (*told, words.from_day(self._words, self.date(day), amounts))
        return [one.unescape() for one in told]

    def _amounts(self, rates: list[Rate], only: Container[BandId] | None = None) -> tuple[Markup, ...]:
        """Say what the rates are for all ages, or for those alone whose price changes."""
        names = {one.id: self._name(one.name) for one in self._setup.bands if only is None or one.id in only}
        return price_words.of_service(self._words, self._locale, rates, names)

    def _hours(self) -> Iterator[FilledList]:
        week = self._setup.hours.week
        rows = []
        for number, spans in enumerate(week):
            day = format_date(_MONDAY + number * _DAY, "EEEE", locale=self._locale)
            # One entry a span, so that a line may break between two of them and nowhere else.
            shown = ", ".join(f"{_LTR}{span.replace('-', '\N{EN DASH}')}{_END}" for span in spans)
            if spans == ("00:00-24:00",):
                shown = str(words.day_and_night(self._words))
            rows.append(FilledRow(day, shown or str(words.closed(self._words))))
        yield FilledList("", tuple(rows))
        ahead = (self._day + number * _DAY for number in range(_AHEAD.days))
        closed = tuple(
            FilledRow(format_date(day, "EEEE d MMMM", locale=self._locale))
            for day in ahead
            if week[day.weekday()] and is_holiday(self._setup.holidays, day)
        )
        if closed:
            yield FilledList(str(words.also_closed(self._words)), closed)

    def _steps(self, service: ServiceDefinition) -> FilledList:
        stops = {one.id: one for one in self._setup.steps}
        rows = (
            FilledRow(self._name(stops[step].name), self._name(stops[step].place) if stops[step].place else "")
            for step in service.steps
        )
        return FilledList("", tuple(rows), ordered=True)

    def _lines(self, service: str) -> tuple[RequirementDefinition, ...]:
        return next((one.lines for one in self._setup.checklists if service in one.services), ())

    def _requirement(self, line: RequirementDefinition) -> FilledRow:
        """Write a thing to bring, with who needs it where that is not everybody, and in which form."""
        told = [wanted(self._words, line, self._language)]
        if line.bands:
            names: dict[str, str] = {one.id: self._name(one.name) for one in self._setup.bands}
            people = self._words(", ").join(names[band] for band in line.bands)
            told.insert(0, words.needed_by(self._words, people))
        if line.per == "party":
            told.append(words.once_for_all(self._words))
        return FilledRow(self._name(line.name), str(self._words(", ").join(filter(None, told)).unescape()))
