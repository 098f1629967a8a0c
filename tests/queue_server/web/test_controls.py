"""No control of the counter page does nothing: each one is pressed, and the page, a dialog or a request must answer.

Nothing that is sent reaches the server, so every control of a state is pressed in that same state.
"""

import json
import re

from playwright.sync_api import Locator, Route, expect

from queue_server.domain.values import HelpKind
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.reader import arrive

#: What can be pressed, chosen or typed into. Of a list of which one is chosen, the others are the control. What leads
#: to another page leaves this one: test_waiting and test_roles go there. What locks the page is pressed by test_lock,
#: what is for the item with the ring by test_counter_papers.
CONTROLS = (
    "button:visible:not([aria-disabled=true]):not(:disabled):not([data-lock-now]), a[href]:not([href^='/']):visible, "
    "select:visible, textarea:visible, "
    "input:visible:not([type=radio]), input[type=radio]:visible:not(:checked)"
)
IDLE = ("KeyG", "KeyK", "Shift+KeyP", "Slash", "Shift+Slash")
SERVING = ("KeyT", "KeyP", "KeyC", "KeyN", "KeyA", "KeyD", "KeyV")
#: Everything that a press can change on a page from which nothing reaches the server.
PICTURE = """() => JSON.stringify([
  Array.from(document.querySelectorAll('input, select, textarea'), (one) => [one.value, one.checked]),
  Array.from(document.querySelectorAll('dialog[open]'), (one) => [one.id, one.dataset.shows]),
  Array.from(document.querySelectorAll('[data-error], #notice-text'), (one) => one.textContent),
  [document.activeElement.localName, document.activeElement.name],
  document.querySelector('[data-paper][data-chosen]')?.id,
])"""

#: Fills what a form asks for, where its button is going to be pressed.
FILL = """(button) => {
  const asked = button.type === 'submit' ? button.form.querySelectorAll(':invalid') : [];
  for (const field of asked) field.value = '7';
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
        name = control.evaluate("one => one.outerHTML.slice(0, 120)")
        # What the browser itself asks to be filled in is filled in.
        control.evaluate(FILL)
        before, sent, said = self.page.evaluate(PICTURE), self.sent, self.said
        kind = control.evaluate("one => one.localName")
        sends = control.evaluate("one => one.matches('button[data-act], form[data-act] [type=submit]')")
        if kind == "select":
            control.select_option(index=control.evaluate("one => (one.selectedIndex + 1) % one.options.length"))
        elif (
            kind == "textarea"
            or control.get_attribute("data-search") is not None
            or control.get_attribute("name") in ("party_size", "reference", "slip", "amount")
        ):
            control.fill("7")
        elif control.get_attribute("id") == "assist":
            self.page.keyboard.down("F8")
        else:
            control.click()
        for _ in range(3_000):
            if self.sent > sent or (not sends and self.page.evaluate(PICTURE) != before):
                break
            self.page.wait_for_timeout(20)
        else:
            raise AssertionError(name)
        self.page.keyboard.up("F8")
        self.pressed.append(name)
        if self.said > said:
            expect(self.page.locator("#notice:visible, [data-error]:visible")).to_have_count(1)

    def leave(self) -> None:
        if self.page.locator("dialog[open]").count():
            self.desk.press("Escape")
        expect(self.page.locator("dialog[open]")).to_have_count(0)
        if self.page.locator("#notice").is_visible():
            self.page.click("#notice-close")
        # The ring goes off the list of papers.
        ring = self.page.locator("[data-paper][data-chosen]")
        if ring.count():
            self.desk.press("Escape")
        expect(ring).to_have_count(0)
        # The switch of single keys was pressed like everything else.
        self.page.evaluate("localStorage.clear()")

    def page_itself(self) -> None:
        controls = self.page.locator("#page").locator(CONTROLS)
        for index in range(controls.count()):
            self.press(controls.nth(index))
            self.leave()

    def dialog(self, key: str) -> None:
        shown = self.page.locator("dialog[open]")
        count = 1
        index = 0
        while index < count:
            self.desk.press(key)
            expect(shown, f"{key} after {self.pressed[-1]}").to_be_visible()
            if key in ("Slash", "KeyG"):
                expect(shown.locator("[data-found] li")).not_to_have_count(0)
            controls = shown.locator(CONTROLS)
            count = controls.count()
            self.press(controls.nth(index))
            index += 1
            self.leave()


def test_every_control_does_something(desk: Desk) -> None:
    desk.may_be_cut = True
    desk.page.evaluate("document.getElementById('assist').dataset.hold = 100")
    for _ in range(3):
        arrive(desk.centre)
    desk.waits(3)
    desk.press("Space")
    desk.stage("called")
    desk.press("KeyP")
    desk.press("Enter")
    desk.stage("idle")
    desk.centre.call_help(HelpKind.HELP)
    expect(desk.page.locator(".help")).to_have_count(1)
    presser = Presser(desk)
    presser.page_itself()
    for key in IDLE:
        presser.dialog(key)
    desk.page.unroute_all()
    desk.press("Space")
    desk.stage("called")
    presser = Presser(desk)
    presser.page_itself()
    desk.page.unroute_all()
    desk.press("Enter")
    desk.stage("serving")
    serving = Presser(desk)
    serving.page_itself()
    for key in SERVING:
        serving.dialog(key)
    assert len(presser.pressed) > 8
    assert len(serving.pressed) > 30
