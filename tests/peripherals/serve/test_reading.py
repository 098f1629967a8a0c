"""Documents, codes and paper at a desk: the real program, simulated devices on their own wires."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from peripherals.documents.specimens import SPECIMENS
from queue_server.contract.documents import DocumentReading, from_text, to_text, unseal
from queue_server.contract.faces import is_plain, unseal_face
from queue_server.contract.process_memory import FORGETFUL
from queue_server.domain.values import VisitId, new_id
from tests.kiosk.app.test_process import files_with, in_memory
from tests.peripherals.serve.bench import Bench, Devices
from tests.peripherals.serve.page import ORIGIN, Line, Page

SERVER = X25519PrivateKey.generate()
KEY = to_text(SERVER.public_key().public_bytes_raw())


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, devices: Devices) -> Iterator[Page]:
    """Give a page that is paired, at a desk with all devices there."""
    folder = tmp_path_factory.mktemp("desk")
    with Bench(folder, ORIGIN, devices, documents="chip_wait_s = 5") as bench:
        made = Page(bench)
        assert made.pair().status == 200
        all_there(made)
        yield made


def all_there(page: Page) -> None:
    with page.follow("GET", "/v1/events") as line:
        for news in line.news():
            states = {part["name"]: part["state"] for part in news.get("parts", ())}
            if states and set(states.values()) <= {"online", "unknown"}:
                return


class Reading:
    """One reading, as a page asks for it."""

    def __init__(self, page: Page) -> None:
        self.visit = VisitId(new_id())
        self.line: Line = page.follow("POST", "/v1/read", {"visit": self.visit, "key": KEY})

    def done(self, **wanted: object) -> DocumentReading:
        told = self.line.until(state="done", **wanted)
        self.face = unseal_face(from_text(told["face"]), self.visit, SERVER).jpeg if "face" in told else b""
        return unseal(from_text(told["sealed"]), self.visit, SERVER)


@contextlib.contextmanager
def reading(page: Page) -> Iterator[Reading]:
    made = Reading(page)
    with made.line:
        assert made.line.until(state="waiting")
        yield made


def test_a_document_is_read_judged_and_sealed_to_the_visit(page: Page, devices: Devices) -> None:
    with reading(page) as one:
        zone = devices.lay_down(read_by=page.bench)
        read = one.done(outcome="read")
    assert (read.number, read.issuer, read.kind) == (zone[44:53].rstrip("<"), "UTO", "P")
    assert read.standing == "genuine"
    # The picture goes by itself, sealed to the same visit, and to no other.
    assert is_plain(one.face)
    assert ("face", "passed") in {(each.check, each.outcome) for each in read.verdicts}
    assert page.ask("GET", "/v1/desk").body["paired"]


@pytest.mark.parametrize(
    ("profile", "outcome", "standing"),
    [
        ("clone-chip", "look", "refused"),
        ("document-expired", "expired", "refused"),
        ("inspection-only", "chip-reserved", "unproved"),
        ("authority-unknown", "read", "issuer-unknown"),
        ("dg2-changed", "look", "refused"),
    ],
)
def test_it_says_and_shows_what_a_kiosk_does(
    page: Page, devices: Devices, profile: str, outcome: str, standing: str
) -> None:
    with reading(page) as one:
        devices.lay_down(profile, page.bench)
        assert one.done(outcome=outcome).standing == standing
    # A picture is shown where nothing is wrong but the last day.
    assert bool(one.face) is (profile in {"document-expired", "authority-unknown"})


def test_a_card_that_wants_its_number_is_opened_by_it(page: Page, devices: Devices) -> None:
    with reading(page) as one:
        devices.lay_down("can-only", page.bench)
        assert one.line.until(state="can")["left"] == 3
        can = devices.passport.tell("status")["can"]
        wrong = f"{(int(can) + 1) % 1_000_000:06}"
        assert page.ask("POST", "/v1/can", {"can": wrong}).status == 204
        assert one.line.until(state="can")["left"] == 2
        assert page.ask("POST", "/v1/can", {"can": can}).status == 204
        read = one.done(outcome="read")
    assert read.standing in {"genuine", "face-unread"}
    assert {(each.check, each.outcome) for each in read.verdicts} >= {("access", "passed"), ("printed", "passed")}


def test_without_the_number_the_paper_goes_alone(page: Page, devices: Devices) -> None:
    with reading(page) as one:
        devices.lay_down("can-only", page.bench)
        one.line.until(state="can")
        assert page.ask("POST", "/v1/can", {"can": ""}).status == 204
        assert one.done(outcome="chip-access-refused").number
    # There is nothing to give it to any more.
    assert page.ask("POST", "/v1/can", {"can": ""}).status == 400


def test_lines_that_are_misread_are_asked_for_again_and_taken_the_second_time_alike(
    page: Page, devices: Devices
) -> None:
    devices.passport.tell("remove")
    with reading(page) as one:
        devices.reader.tell("fault not-mrz")
        devices.reader.tell("show td3")
        assert one.line.until(state="again")
        first, second = SPECIMENS["td3"]
        for taken_for in "GC":
            devices.reader.tell(f"show {first} {second.replace('L898902C3', f'L8989{taken_for}2C3')}")
            assert one.line.until(state="again")
        devices.reader.tell(f"show {first} {second.replace('L898902C3', 'L8989G2C3')}")
        read = one.done(outcome="mrz-invalid")
    assert {(each.check, each.reason) for each in read.verdicts} >= {("zone", "check-digit-wrong")}


def test_one_document_at_a_time_and_whoever_leaves_makes_room(page: Page) -> None:
    with reading(page):
        answer = page.follow("POST", "/v1/read", {"visit": new_id(), "key": KEY})
        with answer:
            assert answer.until(code="device-busy")
    # The page has gone, and nobody presses anything: the next one is served.
    while True:
        with page.follow("POST", "/v1/read", {"visit": new_id(), "key": KEY}) as line:
            if next(line.news()).get("state") == "waiting":
                break


def test_a_reader_that_is_unplugged_says_so_and_is_found_again(page: Page, devices: Devices) -> None:
    with page.follow("GET", "/v1/events") as line:
        devices.reader.tell("unplug")
        while fault(line.until(trust="")) != "device-not-connected":
            pass
        with page.follow("POST", "/v1/read", {"visit": new_id(), "key": KEY}) as refused:
            assert refused.until(code="device-not-connected")
        devices.reader.tell("plug")
        while fault(line.until(trust="")):
            pass
    with reading(page) as one:
        devices.lay_down(read_by=page.bench)
        assert one.done(outcome="read").number


def fault(news: dict[str, Any]) -> str:
    return next(str(part["fault"]) for part in news["parts"] if part["name"] == "reader")


def test_a_code_reaches_every_page_that_is_open(page: Page, devices: Devices) -> None:
    with page.follow("GET", "/v1/events") as line, page.follow("GET", "/v1/events") as other:
        for one in (line, other):
            one.until(trust="")
        devices.scanner.tell("scan B042")
        for one in (line, other):
            assert one.until(scan="B042")


def test_paper_comes_out_as_it_was_drawn(page: Page, devices: Devices) -> None:
    width = page.ask("GET", "/v1/desk").body["width"]
    assert width == 576
    before = len(devices.printer.tell("tickets")["tickets"])
    rows = b"\x00" * 72 * 40 + b"\xff" * 72 * 40 + b"\x00" * 72 * 40
    answer = page.ask("POST", "/v1/print", rows, Content_Type="application/octet-stream")
    assert (answer.status, answer.body) == (200, {"proof": "proved"})
    assert len(devices.printer.tell("tickets")["tickets"]) == before + 1
    answer = page.ask("POST", "/v1/print", b"not a whole row", Content_Type="application/octet-stream")
    assert (answer.status, answer.body) == (400, {"code": "desk-request"})
    devices.printer.tell("paper out")
    try:
        answer = page.ask("POST", "/v1/print", rows, Content_Type="application/octet-stream")
        assert answer.body["code"] == "printer-paper-out"
    finally:
        devices.printer.tell("paper ok")


@pytest.mark.fresh
def test_memory_that_is_given_back_is_overwritten(tmp_path: Path) -> None:
    """What was freed is found only now and then, so that a search says little: what it is told to do is looked at."""
    with Bench(tmp_path, ORIGIN) as bench:
        begun = Path(f"/proc/{bench.agent.pid}/environ").read_bytes().split(b"\0")
    assert {f"{name}={value}".encode() for name, value in FORGETFUL.items()} <= set(begun)


def test_nothing_of_a_document_is_left_in_memory_or_on_disk(page: Page, devices: Devices) -> None:
    with reading(page) as one:
        zone = devices.lay_down("typical", page.bench)
        sealed = one.done()
    wanted = tuple(text.encode() for text in (zone[44:57], zone[57:71]))
    held = in_memory(page.bench.agent.pid, (*wanted, ORIGIN.encode()))
    # The origin shows that the search finds what is there.
    assert held == {ORIGIN.encode()}
    for secret in (*wanted, sealed.number.encode()):
        assert files_with(page.bench.folder, secret) == []
