"""Opening what devices and desks sealed of documents, whichever key of the server they had sealed it to."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from queue_server.contract.documents import ReadingNotOpenedError
from queue_server.vault.keys import Keys


def open_sealed[T](keys: Keys, unseal: Callable[[X25519PrivateKey], T]) -> T:
    """Try each key that counts, the one that kiosks seal to now first.

    Raises:
        ReadingNotOpenedError: none of them opens it.
    """
    refused = ReadingNotOpenedError()
    for opener in keys.openers:
        try:
            return unseal(opener)
        except ReadingNotOpenedError as error:
            refused = error
    raise refused
