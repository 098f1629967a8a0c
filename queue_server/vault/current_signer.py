"""Signs with the key that signs now, whichever that is."""

from queue_server.signing import EventSigner, Verifier
from queue_server.vault.keys import Keys


class CurrentSigner(EventSigner):
    """For whoever signs again and again. Ask for ``key_id`` on the event loop, with no wait after ``sign``."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    @property
    def verifier(self) -> Verifier:
        return self._keys.signer().verifier

    def sign(self, message: bytes) -> bytes:
        return self._keys.signer().sign(message)
