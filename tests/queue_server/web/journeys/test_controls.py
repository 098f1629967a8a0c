"""No control of the counter page does nothing: each one is pressed, and the page, a dialog or a request must answer.

Nothing that is sent reaches the server, so every control of a state is pressed in that same state.
"""

from playwright.sync_api import expect

from queue_server.domain.values import HelpKind
from tests.queue_server.web.desk import Desk
from tests.queue_server.web.presser import Presser
from tests.queue_server.web.reader import arrive

IDLE = ("KeyG", "KeyK", "Shift+KeyP", "Slash", "Shift+Slash")
SERVING = ("KeyT", "KeyP", "KeyC", "KeyN", "KeyA", "KeyD", "KeyV")


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
