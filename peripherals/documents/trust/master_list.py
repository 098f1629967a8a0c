"""Master lists: the authorities of many states, vouched for by one (ICAO Doc 9303-12, 9).

``read`` takes the list apart and checks that its signer signed it. Whether that signer is to be believed is another
question: ``store.py`` asks it when a list comes in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from peripherals.documents import ber
from peripherals.documents.trust import certificate, cms
from peripherals.documents.trust.asn1 import reading
from peripherals.documents.trust.certificate import Certificate, SignerPurpose
from peripherals.errors import TrustError

_CONTENT_TYPE = "2.23.136.1.1.2"
#: The German list of 2026 has 900 kB and 588 certificates.
_LONGEST = 16 << 20
_CERTIFICATES_MOST = 10_000
_SEQUENCE, _SET, _INTEGER = 0x30, 0x31, 0x02


@dataclass(frozen=True, slots=True)
class MasterList:
    """``certificates`` are the authorities that it lists; ``unread`` are the faults of those that cannot be read.

    ``signer`` signed the list, and ``issuers`` came with it: who may have issued the signer.
    """

    certificates: tuple[Certificate, ...]
    unread: tuple[str, ...]
    signer: Certificate
    issuers: tuple[Certificate, ...]
    signed_at: datetime | None

    @property
    def country(self) -> str:
        """The state that publishes it, as its signer's certificate names it."""
        return self.signer.country


def read(data: bytes) -> MasterList:
    """Take a master list apart.

    Raises:
        TrustError: as ``cms.read``; ``list-invalid``; ``list-signature-wrong``; ``list-signer-missing`` where its
            signer did not come with it; ``list-signer-purpose`` where the signer is not for master lists.
    """
    message = cms.read(data, longest=_LONGEST)
    if message.content_type != _CONTENT_TYPE:
        raise TrustError(fault="list-invalid")
    signer = next((each for each in message.certificates if message.signer.names(each)), None)
    if signer is None:
        raise TrustError(fault="list-signer-missing")
    # A country's authority may sign its list itself: then it needs no purpose.
    if SignerPurpose.MASTER_LIST.value not in signer.purposes and not signer.is_authority:
        raise TrustError(fault="list-signer-purpose")
    if cms.fault_of(message, signer):
        raise TrustError(fault="list-signature-wrong")
    unread: list[str] = []
    return MasterList(
        certificates=tuple(_certificates(message.content, unread)),
        unread=tuple(unread),
        signer=signer,
        issuers=tuple(each for each in message.certificates if each != signer),
        signed_at=message.signer.signing_time,
    )


def _certificates(content: bytes, unread: list[str]) -> Iterator[Certificate]:
    with reading("list-invalid"):
        version, listed = ber.parse_one(content, tag=_SEQUENCE).children()
        if (version.tag, bytes(version.value), listed.tag) != (_INTEGER, b"\0", _SET):
            raise TrustError(fault="list-invalid")
        elements = listed.children(limit=_CERTIFICATES_MOST)
    for element in elements:
        try:
            yield certificate.read(ber.encode(element.tag, element.value))
        except TrustError as error:
            unread.append(str(error.placeholders["fault"]))
