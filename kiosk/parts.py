"""What a kiosk is made of: its data, its settings, its devices, and the hands that show and draw for it."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from kiosk.devices.parts import Devices
from kiosk.kit.bridge import Frame
from kiosk.kit.paper import PaperTest, PaperTicket
from kiosk.kit.slips import PaperClaim, PaperReceipt
from kiosk.settings import Settings
from kiosk.store.data import DataFolder
from peripherals.documents.trust.store import TrustStore
from peripherals.printers.port import MonoImage
from queue_server.contract.client import ApiClient
from queue_server.contract.starts import Start


class Parts(NamedTuple):
    """What a kiosk is made of. ``connect`` makes a client with a token and a start; None before enrolment.

    ``trust`` loads whom the kiosk trusts about chips, ``trust_mark`` says how its files stand; both read files.
    ``translated`` are the languages that screen and
    paper both speak.
    """

    data: DataFolder
    settings: Settings
    server: str
    version: str
    connect: Callable[[str | None, Start | None], ApiClient]
    devices: Devices
    trust: Callable[[], TrustStore]
    translated: Collection[str]
    show: Callable[[Frame], None]
    draw: Callable[[PaperTicket, int], MonoImage]
    draw_test: Callable[[PaperTest, int], MonoImage]
    draw_claim: Callable[[PaperClaim, int], MonoImage]
    draw_receipt: Callable[[PaperReceipt, int], MonoImage]
    trust_mark: Callable[[], object] = lambda: None
