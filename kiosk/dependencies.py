"""What a kiosk is made of: its data, its settings, its devices, its server, and the hands that show and draw for it."""

from collections.abc import Collection
from typing import NamedTuple

from kiosk.devices.opening import Devices
from kiosk.link.connect import ServerAddress
from kiosk.ports import Artist, ScreenPort, TrustSource
from kiosk.settings import KioskSettings
from kiosk.store.data import DataFolder
from queue_server.contract.recent_log import RecentLog


class KioskDependencies(NamedTuple):
    """``translated`` are the languages that screen and paper both speak."""

    data: DataFolder
    settings: KioskSettings
    version: str
    server: ServerAddress
    devices: Devices
    trust: TrustSource
    screen: ScreenPort
    artist: Artist
    translated: Collection[str]
    log: RecentLog
