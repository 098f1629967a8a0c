"""The bridge: frames come over from any thread in order; a touch counts once."""

import threading

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.journey.page import Choice
from kiosk.journey.steps.kind import KindPage
from kiosk.journey.steps.ticket import TicketPage
from kiosk.kit.bridge import Bridge
from kiosk.kit.frame import PageFrame


@pytest.fixture
def bridge(qapp: QGuiApplication) -> Bridge:
    del qapp
    return Bridge()


def test_a_frame_holds_nothing_but_plain_values() -> None:
    page = KindPage(government="Utopia", choices=(Choice("p", "Passport", icon="passport"),))
    frame = PageFrame.of(page, language="ar", large=True)
    assert (frame.page, frame.language, frame.large, frame.contrast) == ("kind", "ar", True, False)
    assert frame.model["government"] == "Utopia"
    assert frame.model["choices"][0] == {
        "id": "p",
        "label": "Passport",
        "icon": "passport",
        "badge": "",
        "wait": None,
        "closed": False,
    }
    assert "page" not in frame.model


def test_frames_from_another_thread_arrive_in_order_in_qts_own(bridge: Bridge, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    here = threading.get_ident()
    bridge.changed.connect(lambda: seen.append((bridge.property("model")["ahead"], threading.get_ident() == here)))

    def post() -> None:
        for ahead in range(200):
            bridge.show(PageFrame.of(TicketPage(ahead=ahead)))

    thread = threading.Thread(target=post)
    thread.start()
    thread.join()
    assert seen == []
    qtbot.waitUntil(lambda: len(seen) == 200)
    assert seen == [(ahead, True) for ahead in range(200)]


def test_what_follows_a_frame_is_prepared_before_it_is_shown(bridge: Bridge, qtbot: QtBot) -> None:
    told: list[str] = []
    bridge.prepare = lambda frame: told.append(f"prepare {frame.language}")
    bridge.changed.connect(lambda: told.append(f"show {bridge.property('page')}"))
    bridge.show(PageFrame("kind", language="ar"))
    qtbot.waitUntil(lambda: len(told) == 2, timeout=60_000)
    assert told == ["prepare ar", "show kind"]


def test_a_second_touch_waits(bridge: Bridge) -> None:
    bridge.debounce_ms = 60_000
    assert bridge.touch("")
    assert not bridge.touch("")
    assert not bridge.touch("key 1")


def test_keys_wait_for_themselves_only(bridge: Bridge) -> None:
    bridge.debounce_ms = 60_000
    assert [bridge.touch(f"key {key}") for key in "1122"] == [True, False, True, False]
    assert bridge.touch("")
    assert not bridge.touch("key 3")


def test_a_touch_counts_again_after_the_debounce(bridge: Bridge, qtbot: QtBot) -> None:
    bridge.debounce_ms = 5
    assert bridge.touch("")
    qtbot.waitUntil(lambda: bridge.touch(""), timeout=60_000)


def test_a_page_change_closes_all_and_a_new_model_none(bridge: Bridge, qtbot: QtBot) -> None:
    bridge.debounce_ms = 0
    bridge.show(PageFrame("idle", {"left": 20}))
    qtbot.waitUntil(lambda: bridge.property("page") == "idle", timeout=60_000)
    bridge.debounce_ms = 60_000
    bridge.show(PageFrame("idle", {"left": 19}))
    qtbot.waitUntil(lambda: bridge.property("model") == {"left": 19}, timeout=60_000)
    assert bridge.touch("key 1")
    bridge.show(PageFrame("kind"))
    qtbot.waitUntil(lambda: bridge.property("page") == "kind", timeout=60_000)
    assert not bridge.touch("key 2")


def test_an_act_goes_out_with_its_argument(bridge: Bridge) -> None:
    acts: list[tuple[str, str]] = []
    bridge.acted.connect(lambda name, argument: acts.append((name, argument)))
    bridge.act("choose", "passport")
    assert acts == [("choose", "passport")]
