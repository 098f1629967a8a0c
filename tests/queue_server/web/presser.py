"""Presses every control of a state; what is sent does not reach the server, so that the state stays the same."""

import json
import re
from itertools import count

from playwright.sync_api import Locator, Route, expect

from tests.queue_server.web.desk import Desk

#: What can be pressed, chosen or typed into. Of a list of which one is chosen, the others are the control. What leads
#: to another page leaves this one: test_waiting and test_roles go there. What locks the page is pressed by test_lock,
#: what is for the item with the ring by test_counter_papers.
CONTROLS = (
    "button:visible:not([aria-disabled=true]):not(:disabled):not([data-lock-now]), a[href]:not([href^='/']):visible, "
    "select:visible, textarea:visible, "
    "input:visible:not([type=radio]), input[type=radio]:visible:not(:checked)"
)

#: Everything that a press can change on a page from which nothing reaches the server.
PICTURE = """() => JSON.stringify([
  Array.from(document.querySelectorAll('input, select, textarea'), (one) => [one.value, one.checked]),
  Array.from(document.querySelectorAll('dialog[open]'), (one) => [one.id, one.dataset.shows]),
  Array.from(document.querySelectorAll('[data-error], #notice-text'), (one) => one.textContent),
  [document.activeElement.localName, document.activeElement.name],
  document.querySelector('[data-paper][data-chosen]')?.id,
])"""

#: Places of the controls that are pressed: of choices of one name, and of rows that offer the same, two.
CHOSEN = r"""(all) => {
  const seen = new Map();
  const key = (one, place) => {
    if (one.matches('[type=radio], [type=checkbox]')) return `${one.type} ${one.name}`;
    const act = (one.dataset.act || '').replace(/\d.*/, '');
    const list = one.closest('li, tr')?.parentElement;
    const where = list && (list.id || list.className);
    return list ? [one.localName, one.className, Object.keys(one.dataset), act, where].join() : place;
  };
  return all.map((one, place) => {
    const found = key(one, place);
    seen.set(found, (seen.get(found) || 0) + 1);
    return seen.get(found) > 2 ? -1 : place;
  }).filter((place) => place >= 0);
}"""

#: Fills what a form asks for, where its button is going to be pressed, and says what the control is.
FILL = f"""(one) => {{
  const asked = one.type === 'submit' ? one.form.querySelectorAll(':invalid') : [];
  for (const field of asked) field.value = '7';
  const isTyped = one.localName === 'textarea' || one.dataset.search !== undefined
    || ['party_size', 'reference', 'slip', 'amount'].includes(one.getAttribute('name'));
  const kind = isTyped ? 'typed' : one.id === 'assist' ? 'assist' : one.localName;
  const sends = one.matches('button[data-act], form[data-act] [type=submit]');
  return [one.outerHTML.slice(0, 120), kind, sends, ({PICTURE})()];
}}"""

#: What is left open: the notice, and the ring on the list of papers. The switch of single keys was pressed too.
LEFT = """() => {
  localStorage.clear();
  return [document.getElementById('notice').checkVisibility(), !!document.querySelector('[data-paper][data-chosen]')];
}"""


class Presser:
    def __init__(self, desk: Desk) -> None:
        self.desk, self.page = desk, desk.page
        self.sent = 0
        #: Of these the page says that they were refused; it says nothing of a call for assistance.
        self.said = 0
        self.pressed: list[str] = []
        self.page.route(re.compile(r"/api/|/sign-out$|/seal$"), self._refuse)

    def _refuse(self, route: Route) -> None:
        if route.request.method != "POST":
            route.fallback()
            return
        self.sent += 1
        if route.request.url.endswith("/sign-out"):
            # The browser stays where it is.
            route.fulfill(status=204)
        else:
            # What became of a seal stands in its dialog.
            seal = route.request.url.endswith("/seal")
            self.said += route.request.post_data != '{"kind":"help"}' and not seal
            problem = json.dumps({"code": "visit-not-here"})
            route.fulfill(status=409, content_type="application/problem+json", body=problem)

    def press(self, control: Locator) -> None:
        """Press a control, and wait until something has come of it."""
        # What the browser itself asks to be filled in is filled in.
        name, kind, sends, before = control.evaluate(FILL)
        sent, said = self.sent, self.said
        if kind == "select":
            control.select_option(index=control.evaluate("one => (one.selectedIndex + 1) % one.options.length"))
        elif kind == "typed":
            control.fill("7")
        elif kind == "assist":
            self.page.keyboard.down("F8")
        else:
            control.click()
        for _ in range(3_000):
            if self.sent > sent or (not sends and self.page.evaluate(PICTURE) != before):
                break
            self.page.wait_for_timeout(20)
        else:
            raise AssertionError(name)
        if kind == "assist":
            self.page.keyboard.up("F8")
        self.pressed.append(name)
        if self.said > said:
            expect(self.page.locator("#notice:visible, [data-error]:visible")).to_have_count(1)

    def leave(self) -> None:
        if self.page.locator("dialog[open]").count():
            self.desk.press("Escape")
            expect(self.page.locator("dialog[open]")).to_have_count(0)
        has_notice, has_ring = self.page.evaluate(LEFT)
        if has_notice:
            self.page.click("#notice-close")
        if has_ring:
            self.desk.press("Escape")
            expect(self.page.locator("[data-paper][data-chosen]")).to_have_count(0)

    def page_itself(self) -> None:
        controls = self.page.locator("#page").locator(CONTROLS)
        for place in controls.evaluate_all(CHOSEN):
            self.press(controls.nth(place))
            self.leave()

    def dialog(self, key: str) -> None:
        shown = self.page.locator("dialog[open]")
        for pressed in count():
            self.desk.press(key)
            expect(shown, f"{key} after {self.pressed[-1]}").to_be_visible()
            if key in ("Slash", "KeyG"):
                expect(shown.locator("[data-found] li")).not_to_have_count(0)
            controls = shown.locator(CONTROLS)
            places = controls.evaluate_all(CHOSEN)
            # A list that is asked of the server can be shorter than when the dialog was opened before.
            if pressed < len(places):
                self.press(controls.nth(places[pressed]))
            self.leave()
            if pressed + 1 >= len(places):
                return
