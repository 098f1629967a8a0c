"""What of documents goes along with a ticket: sealed to its visit as it is issued, so that no kiosk can open it."""

from collections.abc import Callable
from typing import NamedTuple

from queue_server.domain.values import VisitId


class Sealed(NamedTuple):
    """What was read, and the pictures, each sealed and in base64url (``contract.documents``, ``contract.faces``)."""

    readings: tuple[str, ...] = ()
    faces: tuple[str, ...] = ()


#: Seals what a kiosk holds to a visit.
type Sealer = Callable[[VisitId], Sealed]
