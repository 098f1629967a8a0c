"""TrustFolder: whom a kiosk trusts about chips, from the folder that its settings name."""

from pathlib import Path

from peripherals.documents.settings import DocumentSettings
from peripherals.documents.trust import files
from peripherals.documents.trust.store import TrustStore


class TrustFolder:
    """Nobody is trusted where no folder is named. Both methods read files."""

    def __init__(self, settings: DocumentSettings) -> None:
        self._path = Path(settings.trust) if settings.trust else None

    def load(self) -> TrustStore:
        return TrustStore(()) if self._path is None else files.load(self._path)

    def mark(self) -> object:
        return None if self._path is None else files.mark(self._path)
