"""Fifty visits by keyboard alone, all verbs mixed: the page says what happened, and the log has each act once."""

import random
from collections import Counter

from playwright.sync_api import Browser, expect

from tests.queue_server.web.desk import Desk
from tests.queue_server.web.server import QUICK, Centre, Server

VISITS = 50
#: What is done with a visit that was called, and how often.
STORIES = {"serve": 25, "undo": 5, "park": 6, "transfer": 5, "note": 4, "missed": 3, "particular": 2}


class Hands:
    """Presses keys, waits for what the page says, and counts what should then stand in the log."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.done: Counter[str] = Counter()

    def press(self, key: str, stage: str, *events: str) -> None:
        self.desk.press(key)
        self.desk.stage(stage)
        self.done.update(events)

    def dialog(self, *keys: str) -> None:
        self.desk.press(keys[0])
        expect(self.desk.page.locator("dialog[open]")).to_be_visible()
        for key in keys[1:]:
            self.desk.press(key)

    def call(self) -> None:
        self.press("Space", "called", "visit-called")

    def finish(self) -> None:
        self.press("Enter", "serving", "visit-started")
        self.press("KeyF", "idle", "visit-done")

    def serve(self) -> None:
        self.call()
        self.finish()

    def undo(self) -> None:
        self.call()
        self.press("KeyU", "idle", "undone")
        self.call()
        self.press("Enter", "serving", "visit-started")
        self.press("KeyU", "called", "undone")
        self.finish()

    def park(self) -> None:
        self.call()
        self.dialog("KeyP", "Digit2")
        self.press("Enter", "idle", "visit-parked")
        self.dialog("KeyK")
        self.press("Enter", "called", "visit-called")
        self.finish()

    def transfer(self) -> None:
        """To an extra step and back: the visit comes to this counter, which takes every step, two times more."""
        self.call()
        self.dialog("KeyT", "Digit1", "Tab", "Tab", "End")
        self.press("Enter", "idle", "visit-transferred")
        self.call()
        self.press("Enter", "serving", "visit-started")
        self.press("KeyF", "idle", "step-finished")
        self.serve()

    def note(self) -> None:
        self.call()
        self.dialog("KeyN")
        self.desk.page.keyboard.type("kf 12 un m")
        self.desk.press("Enter")
        expect(self.desk.page.locator("#written")).to_contain_text("kf 12 un m")
        self.done["visit-noted"] += 1
        self.finish()

    def missed(self) -> None:
        self.call()
        self.press("KeyR", "called", "visit-recalled")
        expect(self.desk.page.locator("#act-missed")).not_to_have_attribute("aria-disabled", "true")
        self.press("KeyM", "idle", "visit-missed")

    def particular(self) -> None:
        last = self.desk.page.locator(".queue li").last.locator(".code").inner_text().replace("\N{NO-BREAK SPACE}", "")
        self.dialog("KeyG")
        self.desk.page.keyboard.type(last)
        self.press("Enter", "called", "visit-called")
        assert self.desk.code() == last
        self.finish()


def test_fifty_visits_by_keyboard(browser: Browser, server: Server) -> None:
    rng = random.Random(50)
    stories = [name for name, count in STORIES.items() for _ in range(count)]
    assert len(stories) == VISITS
    rng.shuffle(stories)
    centre = Centre(server, QUICK[2])
    with Desk(browser, centre) as desk:
        desk.sign_in("ines.moreau", "3")
        desk.open()
        # Two more than are served, so that there is always somebody to call out of turn.
        centre.crowd(VISITS + 2, "uto-information")
        desk.waits(VISITS + 2)
        hands = Hands(desk)
        for story in stories:
            getattr(hands, story)()
        desk.waits(2)
        assert {name: centre.events(name) for name in hands.done} == dict(hands.done)
        assert centre.events("visit-done") == VISITS - STORIES["missed"]
        # The mouse was never needed, nor was a key pressed for nothing.
        assert desk.page.locator("#notice").is_hidden()
