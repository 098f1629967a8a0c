"""What a chip can do: the SecurityInfos of EF.CardAccess, EF.CardSecurity and data group 14 (9303-11, 9.2).

Pure. What is not known here (terminal authentication, restricted identification, ...) is passed over, as 9303-11
(9.2.8) asks for, and so is an entry that cannot be understood: chips in use carry some beside good ones.
"""

from dataclasses import dataclass
from enum import Enum, IntEnum

from peripherals.documents import ber, curves
from peripherals.documents.emrtd import public_keys
from peripherals.documents.emrtd.suites import CipherSuite
from peripherals.errors import ChipDataError

_SET, _SEQUENCE, _OID, _INTEGER = 0x31, 0x30, 0x06, 0x02
_BSI = "0.4.0.127.0.7.2.2."
_PACE, _CHIP_AUTHENTICATION, _CHIP_KEY = _BSI + "4.", _BSI + "3.", _BSI + "1."
_ACTIVE_AUTHENTICATION = "2.23.136.1.1.5"
_SUITES = {"1": CipherSuite.DES3, "2": CipherSuite.AES128, "3": CipherSuite.AES192, "4": CipherSuite.AES256}
#: SecurityInfos of one file, and those of them that bring a key or a group, which takes time to check.
_LIMIT, _CHECKED_LIMIT = 64, 8
#: The ids of keys and parameters lie below this.
_IDS = 1 << 32


class PaceMapping(IntEnum):
    """How PACE maps its nonce, the best last (9303-11, 4.4.2)."""

    INTEGRATED = 1
    GENERIC = 2
    CHIP_AUTHENTICATION = 3


class Agreement(Enum):
    DH = "dh"
    ECDH = "ecdh"


#: The arc of the protocol OID after the one of PACE (9303-11, 9.2.1).
_PACE_KINDS = {
    "1": (Agreement.DH, PaceMapping.GENERIC),
    "2": (Agreement.ECDH, PaceMapping.GENERIC),
    "3": (Agreement.DH, PaceMapping.INTEGRATED),
    "4": (Agreement.ECDH, PaceMapping.INTEGRATED),
    "6": (Agreement.ECDH, PaceMapping.CHIP_AUTHENTICATION),
}
_AGREEMENTS = {"1": Agreement.DH, "2": Agreement.ECDH}


@dataclass(frozen=True, slots=True)
class PaceInfo:
    """One way to run PACE. ``oid`` is the protocol's contents octets, as MSE:Set AT and the tokens take them."""

    oid: bytes
    agreement: Agreement
    mapping: PaceMapping
    suite: CipherSuite
    version: int
    parameter_id: int | None


@dataclass(frozen=True, slots=True)
class PaceDomainInfo:
    """Domain parameters that the chip brings for PACE; None where they are none that are taken here."""

    domain: curves.Domain | None
    parameter_id: int | None


@dataclass(frozen=True, slots=True)
class ChipAuthenticationInfo:
    oid: bytes
    agreement: Agreement
    suite: CipherSuite
    version: int
    key_id: int | None


@dataclass(frozen=True, slots=True)
class ChipKeyInfo:
    """A static public key of the chip; None where it is none that is taken here."""

    agreement: Agreement
    key: public_keys.PublicKey | None
    key_id: int | None


@dataclass(frozen=True, slots=True)
class ActiveAuthenticationInfo:
    """How an ECDSA key signs: the OID of the signature algorithm, dotted."""

    version: int
    algorithm: str


type SecurityInfo = PaceInfo | PaceDomainInfo | ChipAuthenticationInfo | ChipKeyInfo | ActiveAuthenticationInfo


@dataclass(frozen=True, slots=True)
class SecurityInfos:
    """Those of one file that are known here, in the order of the file.

    ``offers_pace`` is also set by kinds of PACE that are not known here. ``left_out`` counts the entries of known
    kinds that could not be understood.
    """

    pace: tuple[PaceInfo, ...] = ()
    pace_domains: tuple[PaceDomainInfo, ...] = ()
    chip_authentication: tuple[ChipAuthenticationInfo, ...] = ()
    chip_keys: tuple[ChipKeyInfo, ...] = ()
    active_authentication: tuple[ActiveAuthenticationInfo, ...] = ()
    offers_pace: bool = False
    left_out: int = 0


def parse(raw: bytes | bytearray | memoryview) -> SecurityInfos:
    """Read SecurityInfos: the contents of EF.CardAccess, of data group 14 (without its tag), or of EF.CardSecurity.

    Raises:
        ChipDataError: no such set, or one with too many keys.
    """
    infos: list[SecurityInfo] = []
    offers_pace, left_out = False, 0
    for entry in ber.parse_one(raw, tag=_SET).children(limit=_LIMIT):
        try:
            parts = _parts(entry)
            offers_pace |= public_keys.oid_text(parts[0].value).startswith(_PACE)
            info = _read(parts[0].value, parts[1], parts[2] if len(parts) > 2 else None)  # noqa: PLR2004 - the third may be left out
        except ChipDataError:
            left_out += 1
            continue
        if info is not None:
            infos.append(info)
        if sum(isinstance(each, PaceDomainInfo | ChipKeyInfo) for each in infos) > _CHECKED_LIMIT:
            raise ChipDataError(fault="security-infos-too-many")
    return SecurityInfos(
        pace=tuple(info for info in infos if isinstance(info, PaceInfo)),
        pace_domains=tuple(info for info in infos if isinstance(info, PaceDomainInfo)),
        chip_authentication=tuple(info for info in infos if isinstance(info, ChipAuthenticationInfo)),
        chip_keys=tuple(info for info in infos if isinstance(info, ChipKeyInfo)),
        active_authentication=tuple(info for info in infos if isinstance(info, ActiveAuthenticationInfo)),
        offers_pace=offers_pace,
        left_out=left_out,
    )


def _parts(entry: ber.Tlv) -> tuple[ber.Tlv, ...]:
    parts = entry.children(limit=3) if entry.tag == _SEQUENCE else ()
    if len(parts) < 2 or parts[0].tag != _OID:  # noqa: PLR2004 - an OID and what it requires
        raise ChipDataError(fault="security-info")
    return parts


def _read(raw_oid: memoryview, required: ber.Tlv, optional: ber.Tlv | None) -> SecurityInfo | None:
    oid = public_keys.oid_text(raw_oid)
    if oid == _ACTIVE_AUTHENTICATION:
        if optional is None or optional.tag != _OID:
            # Some documents say that they can, and not how; their keys are tried with what is usual.
            return None
        return ActiveAuthenticationInfo(_number(required), public_keys.oid_text(optional.value))
    for arc, read in ((_PACE, _pace), (_CHIP_AUTHENTICATION, _chip_authentication), (_CHIP_KEY, _chip_key)):
        if oid.startswith(arc):
            return read(oid.removeprefix(arc).split("."), bytes(raw_oid), required, optional)
    return None


def _pace(arcs: list[str], oid: bytes, required: ber.Tlv, optional: ber.Tlv | None) -> PaceInfo | PaceDomainInfo | None:
    kind = _PACE_KINDS.get(arcs[0])
    parameter_id = _id(optional)
    if kind is None:
        return None
    if len(arcs) == 1:
        return PaceDomainInfo(_domain(required), parameter_id)
    suite = _SUITES.get(arcs[1])
    if suite is None:
        return None
    return PaceInfo(oid, *kind, suite, _number(required), parameter_id)


def _chip_authentication(
    arcs: list[str], oid: bytes, required: ber.Tlv, optional: ber.Tlv | None
) -> ChipAuthenticationInfo | None:
    agreement, suite = _AGREEMENTS.get(arcs[0]), _SUITES.get(arcs[-1])
    if agreement is None or suite is None or len(arcs) != 2:  # noqa: PLR2004 - agreement and cipher
        return None
    return ChipAuthenticationInfo(oid, agreement, suite, _number(required), _id(optional))


def _chip_key(arcs: list[str], _oid: bytes, required: ber.Tlv, optional: ber.Tlv | None) -> ChipKeyInfo | None:
    agreement = _AGREEMENTS.get(arcs[0])
    if agreement is None:
        return None
    try:
        key = public_keys.public_key(ber.encode(required.tag, required.value))
    except ChipDataError:
        # A key of a kind that is not taken must not hide the others; its check says that it was not made.
        key = None
    return ChipKeyInfo(agreement, key, _id(optional))


def _domain(required: ber.Tlv) -> curves.Domain | None:
    try:
        return public_keys.domain_parameters(ber.encode(required.tag, required.value))
    except ChipDataError:
        # As with keys: one set that is not taken must not hide the others.
        return None


def _number(element: ber.Tlv) -> int:
    if element.tag != _INTEGER:
        raise ChipDataError(fault="security-info")
    return public_keys.integer(element.value)


def _id(element: ber.Tlv | None) -> int | None:
    number = None if element is None else _number(element)
    if number is not None and number >= _IDS:
        raise ChipDataError(fault="security-info")
    return number
