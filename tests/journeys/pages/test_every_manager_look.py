"""The manager page in every language and window: a large crowd at twenty counters, and all that rooms add at once."""

from itertools import islice, repeat
from pathlib import Path

from playwright.sync_api import Browser, expect

from queue_server.domain.values import HelpKind
from tests.queue_server.web.manager.journeys.test_looks import SERVICES, faults_of_all_rooms, look_at
from tests.queue_server.web.manager.office import Office, issue_many
from tests.queue_server.web.server import LARGE, Centre, Server
from tests.queue_server.web.walks.public import EVERY_DESK_LOOK


def test_a_large_crowd_and_twenty_counters(browser: Browser, tmp_path: Path) -> None:
    many = 130
    with Server(tmp_path / "data", centres=(LARGE,)) as server, Office(browser, Centre(server, LARGE)) as office:
        centre = office.centre
        office.look()
        for counter in range(1, 21):
            office.post(f"counters/{counter}/open", {})
        issue_many(centre, islice((one for some in repeat(SERVICES) for one in some), many))
        for counter in range(1, 21):
            office.post(f"counters/{counter}/call-next", {})
        office.post("notices", {"kind": "emergency", "text": "stay-inside", "where": "everywhere"})
        for kind in HelpKind:
            centre.call_help(kind)
        # One person stands at a kiosk: the private room takes the place of the call before.
        office.expect_alarms(len(HelpKind) - 1)
        waiting = sum(int(text) for text in office.find(".step-number b").all_inner_texts())
        assert waiting == int(office.figure("waiting").first.inner_text())
        assert waiting + int(office.figure("called or with staff").inner_text()) == many
        expect(office.figure("counters open")).to_have_text("20")
        assert look_at(office, "crowded", EVERY_DESK_LOOK) == []


def test_all_that_rooms_add_at_once(browser: Browser, centre: Centre) -> None:
    assert faults_of_all_rooms(browser, centre, EVERY_DESK_LOOK) == []
