"""The technician's pages: found by who knows of them, and harmless to who does not."""

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.journey.availability import Availability
from kiosk.journey.bench import Trial
from kiosk.journey.events import (
    AddressAnswered,
    AvailabilityChanged,
    CheckPin,
    DocumentRead,
    DocumentUnread,
    HealthChanged,
    ModeChanged,
    PinAnswered,
    PrintTest,
    Restart,
    RollChanged,
    Scanned,
    SetAddress,
    SetOutOfOrder,
    TrialAnswered,
    Wipe,
)
from kiosk.journey.idle import IdlePage
from kiosk.journey.notice import EmergencyNoticePage
from kiosk.journey.steps.address import AddressPage
from kiosk.journey.steps.closed import ClosedPage
from kiosk.journey.steps.display import DisplayPage
from kiosk.journey.steps.help import HelpPage
from kiosk.journey.steps.language import LanguagePage
from kiosk.journey.steps.pin import PinPage
from kiosk.journey.steps.technician import TechnicianPage
from kiosk.journey.surroundings import DevicePart, Health, Surroundings
from kiosk.journey.ticket_lookup import Lookup
from tests.kiosk.journey.conftest import LEAVE
from tests.kiosk.journey.walk import TIMING, Walk

PIN = "407182"


def to_pin(walk: Walk, pin: str = PIN) -> None:
    walk("technician", *[("digit", digit) for digit in pin], "submit")


@pytest.fixture
def inside(walk: Walk) -> Walk:
    to_pin(walk)
    walk(PinAnswered(walk.number, ok=True))
    walk.effects.clear()
    return walk


def trial(walk: Walk) -> Trial | None:
    shown = walk.page
    assert isinstance(shown, TechnicianPage)
    return shown.trial


def test_a_good_result_goes_when_its_part_fails_and_is_calm_beside_another_fault(inside: Walk) -> None:
    def health(printer: str = "", terminal: str = "") -> HealthChanged:
        parts = (DevicePart("printer", "online", printer, "p"), DevicePart("terminal", "online", terminal, "t"))
        return HealthChanged(Health(parts=parts, connected=True))

    inside(health(), "test-terminal", TrialAnswered(1, "terminal"))
    assert trial(inside) == Trial("terminal", "good")
    inside(health(printer="printer-paper-out"))
    assert trial(inside) == Trial("terminal", "stands"), "nothing is green under a fault"
    inside(health(terminal="device-not-connected"))
    assert trial(inside) is None
    inside(health())
    assert trial(inside) is None, "what was good before the fault proves nothing after it"
    inside("print-test", TrialAnswered(1, "print"), health(printer="printer-cover-open"))
    assert trial(inside) is None
    inside("print-test", TrialAnswered(1, "print", "printer-cover-open"))
    assert trial(inside) == Trial("print", "bad", "printer-cover-open"), "a test that failed says so all the same"


def test_the_right_pin_opens_the_page_and_no_page_shows_it(walk: Walk) -> None:
    first = walk("technician")
    assert isinstance(first, PinPage)
    for count, digit in enumerate(PIN, 1):
        shown = walk(("digit", digit))
        assert isinstance(shown, PinPage)
        assert shown.entered == "•" * count
    walk(("digit", "9"), "submit", "submit", ("digit", "1"))
    assert walk.effects == [CheckPin(1, PIN)]
    shown = walk(PinAnswered(1, ok=True))
    assert isinstance(shown, TechnicianPage)
    assert (shown.kiosk, shown.connected, shown.out_of_order) == ("Kiosk 3", True, False)
    assert shown.parts == walk.journey.around.health.parts
    assert PIN not in msgspec.json.encode(walk.journey.context).decode()


def test_a_wrong_pin_says_so_and_too_many_cost_time(walk: Walk) -> None:
    to_pin(walk)
    wrong = walk(PinAnswered(1, ok=False))
    assert isinstance(wrong, PinPage)
    assert (wrong.problem, wrong.entered) == ("pin-wrong", "")
    walk(*[("digit", digit) for digit in PIN], "submit")
    waits = walk(PinAnswered(1, ok=False, wait_s=61))
    assert isinstance(waits, PinPage)
    assert (waits.problem, waits.wait_min) == ("pin-wait", 2)
    typed = walk(("digit", "4"))
    assert isinstance(typed, PinPage)
    assert typed.problem == ""


def test_who_finds_it_by_chance_loses_nothing(walk: Walk) -> None:
    walk("show-display", "toggle-large", "done")
    before = walk.journey.context
    walk("technician", ("digit", "1"))
    assert isinstance(walk("back"), LanguagePage)
    assert walk.journey.context == before
    walk("technician")
    assert isinstance(walk("help"), HelpPage)


def test_there_is_no_way_in_without_a_pin_or_in_mid_journey(around: Surroundings) -> None:
    walk = Walk(replace(around, pin=False))
    assert isinstance(walk("technician"), LanguagePage)
    walk = Walk(around)
    confirm = walk.to_confirm()
    assert walk("technician") == confirm
    assert isinstance(Walk(replace(around, out_of_order=True))("technician"), PinPage)


def test_an_answer_that_comes_under_another_page_opens_it_there(walk: Walk) -> None:
    to_pin(walk)
    assert isinstance(walk("show-display"), DisplayPage)
    assert isinstance(walk(PinAnswered(1, ok=True)), DisplayPage)
    assert isinstance(walk("done"), TechnicianPage)
    assert isinstance(walk(PinAnswered(1, ok=True)), TechnicianPage)


def test_an_answer_for_a_pin_of_somebody_else_opens_nothing(walk: Walk) -> None:
    to_pin(walk)
    walk("restart")
    assert isinstance(walk("technician", PinAnswered(1, ok=True)), PinPage)
    assert isinstance(walk(PinAnswered(2, ok=True)), PinPage), "nobody has asked"


@pytest.mark.parametrize(
    ("action", "effect", "what"), [("print-test", PrintTest(1), "print"), ("roll-changed", RollChanged(1), "roll")]
)
def test_the_printer_is_tried_once_at_a_time(inside: Walk, action: str, effect: object, what: str) -> None:
    inside(action, "print-test", "roll-changed", "test-reader")
    assert inside.effects == [effect]
    assert trial(inside) == Trial(what)  # type: ignore[arg-type]
    inside(TrialAnswered(1, what, "printer-paper-out"))  # type: ignore[arg-type]
    assert trial(inside) == Trial(what, "bad", "printer-paper-out")  # type: ignore[arg-type]
    inside(action, TrialAnswered(1, what))  # type: ignore[arg-type]
    assert trial(inside) == Trial(what, "good")  # type: ignore[arg-type]
    inside(TrialAnswered(1, what, "late"))  # type: ignore[arg-type]
    assert trial(inside) == Trial(what, "good")  # type: ignore[arg-type]


def test_reader_and_scanner_are_tried_by_what_they_read(inside: Walk) -> None:
    inside(DocumentRead("UTO"), Scanned("anything"))
    assert trial(inside) is None, "nothing was asked for"
    inside("test-reader", Scanned("anything"))
    assert trial(inside) == Trial("reader")
    inside(DocumentUnread())
    assert trial(inside) == Trial("reader", "bad", "mrz-invalid")
    inside(DocumentRead("UTO"))
    assert trial(inside) == Trial("reader", "good")
    inside("test-scanner", DocumentRead("UTO"), Scanned("https://elsewhere.example"))
    assert trial(inside) == Trial("scanner", "good")
    inside("test-reader", DocumentRead("UTO", laid=1, seal="visa"))
    assert trial(inside) == Trial("reader"), "a seal is no document on the reader"
    inside("test-scanner", DocumentRead("UTO", laid=1, seal="visa"))
    assert trial(inside) == Trial("scanner", "good")
    context = inside.journey.context
    assert (context.document, context.of(Lookup).status) == ("", None)
    assert inside.effects == []


def test_out_of_order_holds_after_the_technician_has_gone(inside: Walk) -> None:
    inside("out-of-order")
    assert inside.effects == [SetOutOfOrder(out_of_order=True)]
    shown = inside(ModeChanged(out_of_order=True))
    assert isinstance(shown, TechnicianPage)
    assert shown.out_of_order
    rest = inside("done")
    assert isinstance(rest, ClosedPage)
    assert rest.reason == "out-of-order"
    to_pin(inside)
    inside(PinAnswered(2, ok=True), "out-of-order", ModeChanged(out_of_order=False), "restart-kiosk")
    assert inside.effects[1:] == [Wipe(), CheckPin(2, PIN), SetOutOfOrder(out_of_order=False), Restart()]
    assert isinstance(inside("done"), LanguagePage)


def test_an_address_is_typed_tried_and_kept(inside: Walk) -> None:
    inside(("view", "more"), ("view", "nowhere"), ("view", "addresses"))
    assert isinstance(inside(("address", "camera")), TechnicianPage), "there is no such device here"
    shown = inside(("address", "printer"))
    assert isinstance(shown, AddressPage)
    assert (shown.part, shown.entered) == ("printer", "escpos+tcp://127.0.0.1:9100")
    inside("erase", ("key", "1"), ("key", " "), ("key", "ab"), ("key", ""), "submit", ("key", "9"), "submit")
    assert inside.effects == [SetAddress(1, "printer", "escpos+tcp://127.0.0.1:9101")]
    refused = inside(AddressAnswered(1, "device-url-invalid"))
    assert isinstance(refused, AddressPage)
    assert (refused.problem, refused.busy) == ("device-url-invalid", False)
    cleared = inside("clear")
    assert isinstance(cleared, AddressPage)
    assert (cleared.entered, cleared.problem) == ("", "")
    kept = inside("submit", AddressAnswered(1))
    assert isinstance(kept, TechnicianPage)
    assert kept.view == "addresses"
    inside(("address", "printer"))
    left = inside("back")
    assert isinstance(left, TechnicianPage)
    assert left.view == "addresses"


def test_the_state_of_devices_is_followed(inside: Walk) -> None:
    parts = (DevicePart("printer", "userError", "printer-paper-out"),)
    shown = inside(HealthChanged(Health(parts, connected=False, waiting=3, refused=1)))
    assert isinstance(shown, TechnicianPage)
    assert (shown.parts, shown.connected, shown.waiting, shown.refused) == (parts, False, 3, 1)


def test_the_page_leaves_when_nobody_works_there(inside: Walk) -> None:
    assert isinstance(inside.wait(TIMING.technician - 1), TechnicianPage)
    assert isinstance(inside.wait(1), IdlePage)
    assert isinstance(inside.wait(TIMING.countdown), LanguagePage)
    assert inside.effects == [Wipe()]
    walk = inside
    walk("technician")
    assert isinstance(walk.wait(TIMING.idle), IdlePage)


def test_an_emergency_ends_the_work(inside: Walk) -> None:
    inside("print-test")
    assert isinstance(inside(AvailabilityChanged(Availability(notices=(LEAVE,)))), EmergencyNoticePage)
    assert isinstance(inside(TrialAnswered(1, "print")), EmergencyNoticePage)
    assert isinstance(inside(AvailabilityChanged(Availability())), LanguagePage)
