"""The pages of a screen in the hall: one frozen value each, in one language; the labels turn, the numbers stay."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from queue_server.contract.feeds import BoardCallView, BoardCounter, BoardView, BoardWaiting
from queue_server.contract.hall import NoticeView
from queue_server.domain.values import CounterState, NoticeText
from signage.board import BoardContent
from signage.filling import filled
from signage.lines import lines
from signage.sizes import SizePlan, Sizes, plan

#: The name of a sentence (``NoticeText``; ``own`` is the one beside a typed emergency), then its language.
type Words = Mapping[str, Mapping[str, str]]

#: On a screen that is not connected so many languages stand at once.
_AT_ONCE = 3

#: Typed sentences beside the first: with more, none could be read from afar.
_TYPED = 2


class ScreenPlace(msgspec.Struct, frozen=True):
    """What a screen is: the plate of its counter ("" for a board), the way out from it, sizes of a board's letters."""

    counter: str = ""
    exit: str = ""
    sizes: Sizes = Sizes()


class CalledTicket(msgspec.Struct, frozen=True):
    """A code in its two parts, the plate of the counter, and the physical way from this board ("" where unknown)."""

    letter: str
    digits: str
    counter: str
    direction: str
    active: bool
    repeats: int


class StepRange(msgspec.Struct, frozen=True):
    """From ``low`` to ``high`` minutes; rough where no day has taught yet how wrong that may be."""

    low: int
    high: int
    is_rough: bool = False


class Waiting(msgspec.Struct, frozen=True):
    """How many visits wait for a step, and how long whoever is ready there now; None where nobody can say."""

    name: str
    visits: int
    wait: StepRange | None = None


class AnnouncementLine(msgspec.Struct, frozen=True):
    language: str
    text: str


class ScreenPage(msgspec.Struct, frozen=True, tag_field="page", tag=lambda name: name.removesuffix("Page").lower()):
    """``clock`` is the centre's local time, ``hh:mm``; ``counter`` the plate where the screen hangs over a counter."""

    centre: str
    clock: str
    counter: str


class BoardPage(ScreenPage, frozen=True):
    """``notice``: the line of an announcement that is shown now."""

    now: CalledTicket | None
    before: tuple[CalledTicket, ...]
    waiting: tuple[Waiting, ...]
    notice: AnnouncementLine | None
    plan: SizePlan


class OfflinePage(ScreenPage, frozen=True):
    """``since`` is when data last came, ``hh:mm`` in the centre's zone; ``languages`` are all said at once."""

    since: str
    languages: tuple[str, ...]


class EmergencyPage(ScreenPage, frozen=True):
    """``text`` names the sentence, ``title`` is it; ``typed`` the same in further languages, ``others`` in all others.

    ``exit`` is the way out, "" where none is to be shown. ``since`` is when data last came, "" while connected.
    """

    text: str
    title: AnnouncementLine
    typed: tuple[AnnouncementLine, ...]
    others: tuple[AnnouncementLine, ...]
    exit: str
    since: str


class CounterPage(ScreenPage, frozen=True):
    """``code`` is "" where nobody is there; ``state`` tells why."""

    letter: str
    digits: str
    state: Literal["called", "serving", "free", "paused", "closed", "unknown"]


def text_in(names: Mapping[str, str], language: str) -> str:
    """Pick a name in ``language``, else in English, else in any language it has."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def _call(call: BoardCallView) -> CalledTicket:
    return CalledTicket(call.code[:1], call.code[1:], call.counter, call.direction or "", call.active, call.repeats)


def _waiting(one: BoardWaiting, language: str) -> Waiting:
    said, wait = one.wait, None
    if said is not None and said.low_min is not None and said.high_min is not None:
        # Nobody waits no time at all.
        wait = StepRange(said.low_min, max(1, said.high_min), is_rough=said.latest is None)
    return Waiting(text_in(one.name, language), one.visits, wait)


class Pages:
    """Words what is shown, for one screen."""

    def __init__(self, place: ScreenPlace, words: Words, languages: list[str], *, line_s: float = 8.0) -> None:
        """Take what does not change.

        Args:
            place: what this screen is.
            words: the prepared sentences of notices.
            languages: those that the labels are translated to.
            line_s: how long one line of an announcement is shown.

        Raises:
            SizeError: the letters have no room.
        """
        self.line_s = line_s
        self._place = place
        self._words = words
        self._languages = languages
        self._plans = (plan(place.sizes), plan(place.sizes, notice=True))

    def language(self, shown: BoardContent, turn: int) -> str:
        """Choose the language of the labels: they take turns where nothing stands in several languages at once."""
        known = self._known(shown.view)
        still = shown.emergency is not None or shown.since is not None
        return known[0 if still else turn % len(known)]

    def _known(self, view: BoardView | None) -> list[str]:
        """Give the languages of the centre that the labels are translated to, else all of these."""
        offered = () if view is None else view.languages
        return [code for code in offered if code in self._languages] or self._languages

    def page(self, shown: BoardContent, now: datetime, language: str, ahead: timedelta = timedelta()) -> ScreenPage:
        """Word it in one language. ``ahead``: how far the server's clock is before this one's, by which ``now`` is."""
        # Before the first word from the server the centre is not known, nor its zone: UTC would be a wrong time.
        view = shown.view
        zone = ZoneInfo(view.zone) if view is not None else None
        centre = text_in(view.name, language) if view is not None else ""
        clock = f"{(now + ahead).astimezone(zone):%H:%M}"
        since = "" if shown.since is None else f"{(shown.since + ahead).astimezone(zone):%H:%M}"
        counter = self._place.counter
        if shown.emergency is not None and view is not None:
            return self._emergency(shown.emergency, view, language, (centre, clock, counter), since)
        if since or view is None:
            return OfflinePage(centre, clock, counter, since, tuple(self._known(view)[:_AT_ONCE]))
        if counter:
            found = next((one for one in view.counters if one.name == counter), None)
            code = "" if found is None or found.code is None else found.code
            return CounterPage(centre, clock, counter, code[:1], code[1:], _state(found))
        laid = self._plans[bool(shown.announcements)]
        before = shown.before[: laid.calls]
        longest = sorted(shown.waiting, key=lambda waiting: -waiting.visits)[: laid.steps]
        return BoardPage(
            centre,
            clock,
            counter,
            None if shown.now is None else _call(shown.now),
            tuple(map(_call, before)),
            # In the order of the centre.
            tuple(_waiting(one, language) for one in shown.waiting if one in longest),
            self._line(shown.announcements, view, now + ahead, laid.note_room),
            filled(laid, len(before)),
        )

    def _line(
        self, notices: tuple[NoticeView, ...], view: BoardView, now: datetime, room: int
    ) -> AnnouncementLine | None:
        """Choose the line of ``now``: each announcement is said to its end in a language before the next begins.

        The newest is first, and begins when it was made, by the server's clock: all boards of a hall show the same.
        """
        said = [
            AnnouncementLine(code, line)
            for notice in notices
            for code, text in self._texts(notice, view).items()
            for line in lines(text, room)
        ]
        if not said:
            return None
        return said[int((now - notices[0].at).total_seconds() // self.line_s) % len(said)]

    def _texts(self, notice: NoticeView, view: BoardView) -> Mapping[str, str]:
        """Give an announcement in every language it has, those of the centre first and in its order."""
        if notice.text is not NoticeText.OWN:
            sentences = self._words[notice.text]
            return {code: sentences[code] for code in self._known(view)}
        order = [*(code for code in view.languages if code in notice.own), *notice.own]
        return {code: notice.own[code] for code in dict.fromkeys(order)}

    def _emergency(
        self, notice: NoticeView, view: BoardView, language: str, common: tuple[str, str, str], since: str
    ) -> EmergencyPage:
        sentences = self._words.get(notice.text) or self._words[NoticeText.OWN]
        title = AnnouncementLine(language, text_in(sentences, language))
        typed: tuple[AnnouncementLine, ...] = ()
        said = {language}
        if notice.text is NoticeText.OWN and notice.own:
            first = language if language in notice.own else "en" if "en" in notice.own else next(iter(notice.own))
            title = AnnouncementLine(first, notice.own[first])
            typed = tuple(AnnouncementLine(code, text) for code, text in notice.own.items() if code != first)[:_TYPED]
            said = set()
        # Those of the centre come first.
        order = [*(code for code in view.languages if code in sentences), *sentences]
        others = tuple(AnnouncementLine(code, sentences[code]) for code in dict.fromkeys(order) if code not in said)
        way = self._place.exit if notice.text is NoticeText.LEAVE_BUILDING else ""
        return EmergencyPage(*common, notice.text, title, typed, others, way, since)


def _state(counter: BoardCounter | None) -> Literal["called", "serving", "free", "paused", "closed", "unknown"]:
    if counter is None:
        return "unknown"
    if counter.code is not None:
        return "called" if counter.called else "serving"
    match counter.state:
        case CounterState.OPEN:
            return "free"
        case CounterState.PAUSED:
            return "paused"
    return "closed"
