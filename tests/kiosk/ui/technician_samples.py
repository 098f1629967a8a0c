"""What a technician sees, and a kiosk that is new."""

from msgspec.structs import replace

from kiosk.journey.bench import Trial
from kiosk.journey.events import FailureCode
from kiosk.journey.page import JourneyPage
from kiosk.journey.steps.address import AddressPage
from kiosk.journey.steps.pin import PinPage
from kiosk.journey.steps.setup import SetupPage
from kiosk.journey.steps.technician import TechnicianPage
from kiosk.journey.surroundings import DevicePart
from tests.kiosk.ui.sample_centre import SampleCentre

PARTS = (
    DevicePart("printer", "userError", "printer-paper-out", "escpos+tcp://10.20.30.40:9100?width=576"),
    DevicePart("reader", "online", "", "mrz+serial:///dev/serial/by-id/usb-Specimen_Reader_0001-if00?envelope=desko"),
    DevicePart("chip", "online", "trust-invalid", "emrtd+pcsc:///Specimen Contactless Reader 0003?extended=65536"),
    DevicePart("scanner", "noDevice", "", "scanner+evdev:///dev/input/by-id/usb-Specimen_Scanner_0002-event-kbd"),
    DevicePart("terminal", "online", "terminal-refused", "zvt+tcp://10.20.30.41:20007?password=000000"),
)


def technicians(here: SampleCentre) -> dict[str, JourneyPage]:
    """Every page for technicians."""
    centre = here.centre
    return {
        "pin": PinPage(centre=centre, entered="•••"),
        "pin-full": PinPage(centre=centre, entered="••••••", problem="pin-wrong"),
        "pin-busy": PinPage(centre=centre, busy=True),
        "pin-wait": PinPage(centre=centre, problem="pin-wait", wait_min=15),
        "technician": TechnicianPage(
            centre=centre,
            kiosk="Kiosk 3",
            version="1.2.3",
            parts=tuple(replace(one, state="online", code="") for one in PARTS),
            connected=True,
            trial=Trial("print", "good"),
        ),
        "technician-fault": TechnicianPage(
            centre=centre,
            kiosk="Kiosk 3",
            version="1.2.3",
            parts=(PARTS[0], replace(PARTS[1], state="unknown"), *(replace(one, code="") for one in PARTS[2:])),
            connected=True,
            trial=Trial("terminal", "stands"),
        ),
        "technician-running": TechnicianPage(
            centre=centre, kiosk="Kiosk 3", version="1.2.3", parts=PARTS, waiting=12, trial=Trial("roll")
        ),
        "technician-bad": TechnicianPage(
            centre=centre,
            kiosk="Kiosk 3",
            version="1.2.3",
            parts=PARTS,
            refused=1,
            out_of_order=True,
            trial=Trial("print", "bad", "device-setting-invalid"),
        ),
        "technician-reader": TechnicianPage(
            centre=centre, kiosk="Kiosk 3", parts=PARTS, view="more", trial=Trial("reader")
        ),
        "technician-chip": TechnicianPage(
            centre=centre, kiosk="Kiosk 3", parts=PARTS, view="more", trial=Trial("chip", "bad", "chip-absent")
        ),
        "technician-addresses": TechnicianPage(centre=centre, kiosk="Kiosk 3", parts=PARTS, view="addresses"),
        "technician-bare": TechnicianPage(centre=centre, kiosk="Kiosk 3", connected=True),
        "address": AddressPage(centre=centre, part="printer", entered=PARTS[0].address),
        "address-long": AddressPage(
            centre=centre, part="scanner", entered=PARTS[3].address * 2, problem="device-url-invalid"
        ),
        "address-busy": AddressPage(centre=centre, part="reader", busy=True),
        "setup": SetupPage(entered="407", can_back=False, can_restart=False),
        "setup-scans": SetupPage(types=False, scans=True, can_back=False, can_restart=False),
        "setup-both": SetupPage(scans=True, can_back=False, can_restart=False),
        "setup-neither": SetupPage(types=False, can_back=False, can_restart=False),
        "setup-text": SetupPage(types=False, scans=True, problem=FailureCode.ENROL_TEXT),
        "setup-strange": SetupPage(scans=True, problem=FailureCode.ENROL_STRANGE),
        "setup-kind": SetupPage(types=False, scans=True, problem=FailureCode.ENROL_KIND),
        "setup-full": SetupPage(entered="40718293", problem=FailureCode.ENROL_CODE),
        "setup-away": SetupPage(problem=FailureCode.ENROL_AWAY),
        "setup-limit": SetupPage(problem=FailureCode.ENROL_LIMIT),
        "setup-busy": SetupPage(entered="40718293", busy=True),
    }
