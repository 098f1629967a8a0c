"""Who a kiosk is, and what its tickets are made with: enrolment gave it."""

import base64
import hashlib
import hmac
import uuid

import msgspec

from kiosk.errors import OtherKindError
from queue_server.contract.devices import EnrolAnswer
from queue_server.domain.appointments import LINK_PATH


class KioskIdentity(msgspec.Struct):
    """What enrolment gave. ``ticket_key`` is hex: the server may give another (``tickets.ticket_key``)."""

    server: str
    token: str
    device: str
    centre: str
    name: str
    ticket_key: str
    ticket_url: str

    @classmethod
    def of(cls, server: str, answer: EnrolAnswer) -> "KioskIdentity":
        """Take an answer of the server.

        Raises:
            OtherKindError: the code was not one for a kiosk.
        """
        if answer.kind != "kiosk" or answer.series is None or answer.ticket_key is None:
            raise OtherKindError(file="enrolment")
        return cls(
            server=server,
            token=answer.token,
            device=answer.device,
            centre=answer.centre,
            name=answer.name,
            ticket_key=answer.ticket_key,
            ticket_url=answer.ticket_url or f"{server.rstrip('/')}/t/",
        )

    @property
    def booking_url(self) -> str:
        """Give where the pages of appointments are: beside those of tickets."""
        return self.ticket_url.rstrip("/").removesuffix("/t") + LINK_PATH

    def ticket_address(self, visit: str) -> str:
        """Make the address that the ticket's QR code says (decision 1): it works without the server."""
        ident = uuid.UUID(visit).bytes
        mark = hmac.digest(bytes.fromhex(self.ticket_key), ident, hashlib.sha256)[:16]
        return self.ticket_url + base64.urlsafe_b64encode(ident + mark).rstrip(b"=").decode()
