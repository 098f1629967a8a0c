"""What a kiosk is made of: its data, its settings, its devices, and the hands that show and draw for it."""

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from kiosk.devices.opening import Devices
from kiosk.kit.frame import Frame
from kiosk.kit.papers import PaperClaim, PaperReceipt, PaperTest, PaperTicket
from kiosk.settings import Settings
from kiosk.store.data import DataFolder
from peripherals.documents.trust.store import TrustStore
from peripherals.printers.port import MonoImage
from queue_server.contract.client import ApiClient
from queue_server.contract.starts import Start


def _nothing(*_: object) -> Any:
    """Do nothing: a kiosk that is only enrolled shows and draws nothing."""


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
    translated: Collection[str] = ()
    show: Callable[[Frame], None] = _nothing
    draw: Callable[[PaperTicket, int], MonoImage] = _nothing
    draw_test: Callable[[PaperTest, int], MonoImage] = _nothing
    draw_claim: Callable[[PaperClaim, int], MonoImage] = _nothing
    draw_receipt: Callable[[PaperReceipt, int], MonoImage] = _nothing
    trust_mark: Callable[[], object] = lambda: None
