"""A walk over a page of staff: its states one after another, and what is looked at in each of them.

One browser context serves all walks: a person signs in, walks, and leaves it to the next one, of another centre.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec
from playwright.sync_api import ViewportSize, expect

from queue_server.web.site import LANGUAGES
from tests.queue_server.web.accessibility import violations
from tests.queue_server.web.geometry import faults, overlaps, unreachable
from tests.queue_server.web.html_page import HtmlPage
from tests.queue_server.web.reused_desk import ReusedDesk
from tests.queue_server.web.server import Centre

#: The smallest screen, and the usual one at 200 %: what fits here has room on larger ones.
SMALLEST, LARGE_LETTERS = (1280, 720), (720, 450)
#: Phones, and the usual screen at 400 % (WCAG 1.4.10): nothing overlaps, and the page scrolls one way.
PHONES: Final = ((390, 844), (320, 640))
#: A page that has not heard the server for longer than this is not connected: any time is longer.
NO_PATIENCE: Final = "document.getElementById('page').dataset.silence = '-1'"
_LIVE: Final = """async () => {
  const isLive = () =>
    !document.body.classList.contains('away') && document.getElementById('page').dataset.live === 'on';
  if (!isLive())
    await new Promise((resolve) => {
      const observer = new MutationObserver(() => { if (isLive()) { observer.disconnect(); resolve(); } });
      observer.observe(document.documentElement, {subtree: true, childList: true, attributes: true});
    });
  await new Promise((resolve) => new PerformanceObserver(resolve).observe({type: 'paint', buffered: true}));
  document.getElementById('page').dataset.silence = '60000';
}"""
#: People of a crowd that fills the list of who waits on the smallest screen.
MANY: Final = 16
#: Is there on every page.
HELP: Final = '[data-dialog="all-keys"]'
DIALOG: Final = "dialog[open], :popover-open"
#: A language, and the sizes of the window in which a page is looked at.
type Look = tuple[str, tuple[tuple[int, int], ...]]


class State(msgspec.Struct, frozen=True):
    """A page as it stands. ``dialogs`` are the controls (selectors) that open one.

    ``query`` is what its address has beside the path, ``then`` what is done once the page is there. ``away``: it is
    looked at once more as if the line was cut. ``is_main``: the state of the page that has most on it, which every plan
    looks at, in Arabic and with axe-core too. All others are looked at only where one looks closely.
    """

    name: str
    dialogs: tuple[str, ...] = ()
    away: bool = False
    query: str = ""
    then: "Callable[[Walker], None] | None" = None
    is_main: bool = False


class Plan(msgspec.Struct, frozen=True):
    """How closely a walk looks. ``many`` are the people of a crowd.

    ``is_close``: every state is looked at in every language and with axe-core, and all dialogs are opened.
    """

    sizes: tuple[tuple[int, int], ...]
    dialog_sizes: tuple[tuple[int, int], ...]
    many: int
    is_close: bool = False

    def looks(self) -> list[Look]:
        """Return the languages in which a state is looked at, English last, with the sizes for each."""
        if self.is_close:
            return [(language, self.sizes) for language in reversed(LANGUAGES)]
        return [("ar", self.sizes[:1]), ("en", self.sizes[1:])]


class Walker(ReusedDesk):
    """The browser of all walks, with who walks at the moment."""

    home, many = "", 0

    def arrive(self, centre: Centre, login: str, home: str, *, sits: bool) -> None:
        """Sign in at a centre; no page is open yet."""
        self.move_to(centre)
        self.home = home
        self._say_who(login)
        if sits:
            form = HtmlPage(self._take("/sign-in/counter").text())
            self._send("/sign-in/counter", csrf=form.all("[name=csrf]")[0]["value"], counter="3")

    def begin(self) -> None:
        """Go to where the walk begins, connected and in English, to do something there."""
        self.go(f"{self.home}?lang=en")
        self.is_live()

    def is_live(self) -> None:
        """Wait until the page hears the server and was painted: as in every ``Desk``, but asked once."""
        self.page.evaluate(_LIVE)


class Walk(msgspec.Struct, frozen=True):
    """Who walks where, and the states on the way."""

    login: str
    path: str
    states: Callable[[Walker], Iterator[State]]
    #: Where they are before; a page of one visit cannot be asked for without it.
    begins: str = ""
    #: Nothing of this page scrolls as a whole, on any screen.
    fits: bool = False

    def __str__(self) -> str:
        return f"{self.login}-{self.path[1:]}"


def opener(*names: str) -> tuple[str, ...]:
    return tuple(f'[data-dialog="{name}"]' for name in names)


def faults_of(walk: Walk, plan: Plan, walker: Walker, centre: Centre) -> list[str]:
    """Walk, and name each fault with the state, the language and the width in which it was seen."""
    walker.many = plan.many
    walker.arrive(centre, walk.login, walk.begins or walk.path, sits="/counter" in {walk.path, walk.begins})
    found = list[str]()
    for state in walk.states(walker):
        if not (state.is_main or plan.is_close):
            continue
        for look in plan.looks():
            found += (f"{state.name}, {look[0]}{fault}" for fault in _at_state(walk, plan, walker, state, look))
        if not plan.is_close:
            break
    else:
        assert plan.is_close, "each walk has one main state"
    walker.leave()
    return found


def _at_state(walk: Walk, plan: Plan, walker: Walker, state: State, look: Look) -> Iterator[str]:
    """Look at a state as it stands; in English, or closely, also with each of its dialogs open, and not connected."""
    language, sizes = look
    walker.go(f"{walk.path}?lang={language}&{state.query}")
    walker.is_live()
    root = walker.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, "rtl" if language == "ar" else "ltr")
    if state.then is not None:
        state.then(walker)
    yield from _in_sizes(walk, walker, sizes)
    yield from _on_phones(walker)
    _resize(walker, sizes[-1])
    if language == "en":
        yield from (f": {found}" for found in violations(walker.page))
    if language == "en" or plan.is_close:
        yield from _dialogs_and_away(walk, plan, walker, state, axe=language == "en")
    _resize(walker, SMALLEST)


def _dialogs_and_away(walk: Walk, plan: Plan, walker: Walker, state: State, *, axe: bool) -> Iterator[str]:
    for selector in state.dialogs:
        if selector == HELP and not (plan.is_close or walk.fits):
            continue
        walker.page.locator(f"#page {selector}:visible, .bar {selector}:visible").first.click()
        opened = walker.page.locator(DIALOG)
        expect(opened).to_be_visible()
        if opened.locator("[data-found]").count():
            expect(opened.locator("[data-found]")).not_to_be_empty()
        yield from (f", {selector}{fault}" for fault in _of_dialog(walker, plan.dialog_sizes))
        if axe:
            yield from (f", {selector}: {found}" for found in violations(walker.page, DIALOG))
        walker.press("Escape")
        expect(opened).to_have_count(0)
    if state.away:
        walker.page.evaluate(NO_PATIENCE)
        expect(walker.page.locator("#band")).to_be_visible()
        # The smallest one first: the window has that size already.
        sizes = plan.sizes[::-1] if plan.is_close else plan.sizes[-1:]
        yield from (f", not connected{fault}" for fault in _in_sizes(walk, walker, sizes))


def _resize(walker: Walker, size: tuple[int, int]) -> None:
    """Resize the window, if it has another size: that is drawn anew."""
    wanted: ViewportSize = {"width": size[0], "height": size[1]}
    if walker.page.viewport_size != wanted:
        walker.page.set_viewport_size(wanted)


def _in_sizes(walk: Walk, walker: Walker, sizes: Iterable[tuple[int, int]]) -> Iterator[str]:
    for width, height in sizes:
        _resize(walker, (width, height))
        yield from (f", {width}: {fault}" for fault in faults(walker.page))
        if walk.fits and (width, height) != LARGE_LETTERS:
            walker.fits()
        if (width, height) == LARGE_LETTERS:
            yield from (f", {width}: cannot be reached: {control}" for control in unreachable(walker.page))


def _on_phones(walker: Walker) -> Iterator[str]:
    for width, height in PHONES:
        _resize(walker, (width, height))
        yield from (f", {width}: {fault}" for fault in overlaps(walker.page))


def _of_dialog(walker: Walker, sizes: Iterable[tuple[int, int]]) -> Iterator[str]:
    for width, height in sizes:
        _resize(walker, (width, height))
        yield from (f", {width}: {fault}" for fault in faults(walker.page))
        box = walker.page.locator(DIALOG).bounding_box()
        assert box is not None
        if not (0 <= box["x"] <= box["x"] + box["width"] <= width):
            yield f", {width}: out of the window: {box}"
        if not (0 <= box["y"] <= box["y"] + box["height"] <= height):
            yield f", {width}: out of the window: {box}"
