"""A seal of either kind: found in bytes, shown in fields, and its zone."""

from typing import Any

from peripherals.documents import mrz
from peripherals.documents.mrz import Mrz
from peripherals.documents.seals import profiles, vds, vds_nc
from peripherals.documents.seals.profiles import Coding
from peripherals.documents.seals.vds import Vds
from peripherals.documents.seals.vds_nc import VdsNc
from peripherals.errors import MrzError, SealError

type Seal = Vds | VdsNc


def parse(data: bytes | bytearray | memoryview) -> Seal:
    """Take a seal apart, of whichever kind its first byte says.

    Raises:
        SealError: not a seal; ``fault`` as ``vds.parse`` and ``vds_nc.parse`` give it.
    """
    return vds.parse(data) if data and data[0] == vds.MAGIC else vds_nc.parse(data)


def zone(seal: Seal) -> Mrz | None:
    """Take the machine-readable zone in a seal apart, None where it has none; ``wipe()`` it after use.

    Raises:
        SealError: what stands in its place is no zone: fault ``zone``, or as ``profiles.value``.
    """
    known = profiles.profile(seal.header) if isinstance(seal, Vds) else None
    if not isinstance(seal, Vds) or known is None:
        return None
    for tag, feature in known.features.items():
        if feature.coding is Coding.ZONE and tag in seal.tags:
            try:
                return mrz.parse(profiles.value(seal, tag, feature))
            except MrzError as error:
                raise SealError(fault="zone") from error
    return None


def describe(seal: Seal) -> dict[str, Any]:
    """Give everything at once, for the command line: personal data, decoded.

    A feature that is not written as its kind of document says comes in hexadecimal, as one that is not known does.
    """
    if isinstance(seal, VdsNc):
        return {
            "kind": "vds-nc",
            "document": seal.type,
            "version": seal.version,
            "issuer": seal.country,
            "fields": dict(seal.message),
        }
    header = seal.header
    known = profiles.profile(header)
    try:
        fields = profiles.fields(seal, known)
    except SealError:
        fields = profiles.fields(seal, None)
    return {
        "kind": "vds",
        "document": known.name if known else f"{header.definition:02x}{header.category:02x}",
        "version": header.version,
        "issuer": header.country,
        "signer": header.signer,
        "certificate": header.reference,
        "issued": header.issued.isoformat(),
        "signed": header.signed.isoformat(),
        "fields": fields,
    }
