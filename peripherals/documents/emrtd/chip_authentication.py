"""Chip Authentication: 9303-11, 6.2. The chip proves that it has a private key by agreeing on keys with it.

That the chip came to the same keys shows in the next answer that they protect: the caller sends a command and
judges by it. Whether the chip's key is its issuer's is the business of Passive Authentication.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peripherals.documents import ber
from peripherals.documents.curves import Domain, EcDomain
from peripherals.documents.emrtd.apdu import SHORT_LE, CommandApdu
from peripherals.documents.emrtd.chance import SYSTEM, Chance
from peripherals.documents.emrtd.channel import ApduChannel, SecureChannel, ask
from peripherals.documents.emrtd.public_keys import ChipEcKey, DhKey
from peripherals.documents.emrtd.secure_messaging import SecureMessaging
from peripherals.documents.emrtd.security_infos import Agreement, SecurityInfos
from peripherals.documents.emrtd.suites import CipherSuite
from peripherals.errors import ChipAnswerError, ChipDataError

#: 0.4.0.127.0.7.2.2.3, then agreement and cipher: for chips that have a key and do not say how it is used.
_PROTOCOL = bytes.fromhex("04007F0007020203")
_AGREEMENT_ARCS = {Agreement.DH: 1, Agreement.ECDH: 2}
_SUITES = list(CipherSuite)
_DRAWS = 32
#: The longest public key that fits a short protected command, in bytes.
_SHORT_KEY = 200


@dataclass(frozen=True, slots=True)
class Way:
    """One key of the chip with one way to use it. ``said`` is False where the document does not say the way."""

    oid: bytes
    suite: CipherSuite
    key: ChipEcKey | DhKey
    key_id: int | None
    said: bool


def ways(infos: SecurityInfos) -> tuple[Way, ...]:
    """Give the ways that can be taken here, the best first.

    Where there is a key and no ChipAuthenticationInfo for it (some French passports), 3DES is meant, as in the
    first edition of the protocol; the others are tried after it.
    """
    return tuple(sorted(_ways(infos), key=lambda way: (not way.said, _rank(way))))


def agree(channel: ApduChannel, way: Way, chance: Chance = SYSTEM) -> SecureChannel:
    """Agree on new keys; the channel that uses them is given back, and the old one is of no use any more.

    Raises:
        ChipAnswerError: the chip does not take the protocol or the key; the old channel goes on.
        ChipChannelError: an answer was not protected as agreed.
        DocumentRemovedError: the document was taken away.
    """
    if isinstance(way.key, ChipEcKey):
        domain: Domain = way.key.domain
        private, public = _draw_curve(way.key.domain, chance)
        secret = way.key.domain.secret(private, way.key.point)
    else:
        domain = way.key.domain
        private, public = _draw_modp(way.key, chance)
        secret = way.key.domain.secret(private, way.key.element)
    extended = len(public) > _SHORT_KEY and not isinstance(domain, EcDomain)
    named = b"" if way.key_id is None else ber.encode(0x84, ber.minimal(way.key_id))
    together = CommandApdu(0x00, 0x22, 0x41, 0xA6, data=ber.encode(0x91, public) + named, extended=extended)
    # 3DES has one command of its own (9303-11, 6.2.4.1); some chips want the two that AES has.
    if way.suite is not CipherSuite.DES3 or not channel.send(together).ok:
        _send(channel, CommandApdu(0x00, 0x22, 0x41, 0xA4, data=ber.encode(0x80, way.oid) + named), "mse-at")
        dynamic = ber.encode(0x7C, ber.encode(0x80, public))
        _send(
            channel, CommandApdu(0x00, 0x86, 0x00, 0x00, data=dynamic, le=SHORT_LE, extended=extended), "authenticate"
        )
    return channel.rekey(SecureMessaging.from_secret(way.suite, secret))


def _ways(infos: SecurityInfos) -> Iterator[Way]:
    several = len(infos.chip_keys) > 1
    for chip_key in infos.chip_keys:
        fits = ChipEcKey if chip_key.agreement is Agreement.ECDH else DhKey
        if not isinstance(chip_key.key, fits):
            continue
        said = [
            info
            for info in infos.chip_authentication
            if info.agreement is chip_key.agreement and (info.key_id == chip_key.key_id or not several)
        ]
        for info in said:
            yield Way(info.oid, info.suite, chip_key.key, chip_key.key_id, said=True)
        if not said:
            for at, suite in enumerate(_SUITES):
                oid = _PROTOCOL + bytes((_AGREEMENT_ARCS[chip_key.agreement], at + 1))
                yield Way(oid, suite, chip_key.key, chip_key.key_id, said=False)


def _rank(way: Way) -> int:
    """Order by the length of the key, the longest first; by age where the document does not say."""
    at = _SUITES.index(way.suite)
    return -at if way.said else at


def _send(channel: ApduChannel, command: CommandApdu, name: str) -> None:
    answer = ask(channel, command)
    if not answer.ok:
        raise ChipAnswerError(command=name, status=f"{answer.sw:04x}")


def _draw_curve(domain: EcDomain, chance: Chance) -> tuple[int, bytes]:
    private = chance.private(domain)
    return private, domain.encode(domain.multiply(private))


def _draw_modp(key: DhKey, chance: Chance) -> tuple[int, bytes]:
    """Draw a key whose public half has no leading zeros: standards differ on whether these are written."""
    for _ in range(_DRAWS):
        private = chance.private(key.domain)
        public = key.domain.encode(key.domain.multiply(private))
        if len(public) == key.domain.size:
            return private, public
    raise ChipDataError(file="DG14", fault="key-out-of-range")
