"""How the parts of a desk are said to be before they have said anything themselves."""

from peripherals.serve.devices import DeskDevices
from peripherals.serve.settings import DeskDeviceAddresses


def test_a_part_that_has_not_said_how_it_is_is_starting_and_not_missing() -> None:
    addresses = DeskDeviceAddresses(scanner="scanner+serial:///dev/ttyACM0")
    desk = DeskDevices(addresses, changed=lambda: None, scanned=lambda _text, _is_seal: None)
    states = {part.name: part.state for part in desk.parts}
    assert states == {"reader": "noDevice", "chip": "noDevice", "scanner": "starting", "printer": "noDevice"}
