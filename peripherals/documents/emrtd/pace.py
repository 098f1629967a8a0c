"""PACE: 9303-11, 4.4, with generic, integrated and chip authentication mapping, over curves and finite fields.

Who holds the document proves to the chip that the zone or the card access number was read, without telling
anybody who listens; both agree on keys. With chip authentication mapping the chip also proves that it is no copy,
by a key that EF.CardSecurity signs: that proof is given back here and judged once that file has been read.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import cast

from peripherals.documents import ber
from peripherals.documents.curves import STANDARDISED, Domain, EcDomain, Point
from peripherals.documents.emrtd import mapping
from peripherals.documents.emrtd.access_key import AccessKey
from peripherals.documents.emrtd.apdu import SHORT_LE, CommandApdu
from peripherals.documents.emrtd.chance import SYSTEM, Chance
from peripherals.documents.emrtd.channel import PlainChannel, SecureChannel, ask
from peripherals.documents.emrtd.public_keys import ChipEcKey
from peripherals.documents.emrtd.secure_messaging import SecureMessaging
from peripherals.documents.emrtd.security_infos import Agreement, ChipKeyInfo, PaceInfo, PaceMapping, SecurityInfos
from peripherals.documents.emrtd.suites import CODE, ENCRYPTION, PASSWORD, CipherSuite
from peripherals.documents.modp import DhDomain
from peripherals.errors import ChipAccessError, ChipAnswerError, ChipChannelError, ChipDataError

_VERSION = 2
_DYNAMIC, _TOKEN_INPUT = 0x7C, 0x7F49
_NONCE, _MAP, _MAPPED, _EPHEMERAL, _CHIPS_EPHEMERAL, _TOKEN, _CHIPS_TOKEN, _PROOF = 0x80, *range(0x81, 0x87), 0x8A
_PROTOCOL, _POINT, _ELEMENT = 0x06, 0x86, 0x84
#: A chip's encrypted nonce, in bytes: whole blocks of its cipher.
_NONCE_BYTES = (8, 64)
#: Status of MSE:Set AT where a password was tried in vain before; the session may go on (TR-03110-3, B.14.1).
_TRIED_BEFORE = range(0x63C0, 0x63D0)
#: Draws of a key whose public half has leading zeros; standards differ on whether these are written.
_DRAWS = 32
#: The longest key of a finite field that fits a short command, and the most that is asked of a long one, in bytes.
_SHORT_KEY, _EXTENDED_ANSWER = 240, 2048


@dataclass(frozen=True, slots=True)
class PaceSelection:
    """How PACE is run with this chip. ``named`` says whether its parameters must be named to the chip."""

    info: PaceInfo
    domain: Domain
    named: bool


@dataclass(frozen=True, slots=True)
class MappingProof:
    """What a chip gave to prove itself in chip authentication mapping (9303-11, 4.4.3.5)."""

    domain: EcDomain
    mapped: Point
    data: bytes

    def holds(self, keys: Iterable[ChipKeyInfo]) -> bool:
        """Say whether one of the keys made it. Whether the keys are signed is not known here."""
        number = int.from_bytes(self.data)
        if not 0 < number < self.domain.order:
            return False
        return any(
            isinstance(info.key, ChipEcKey)
            and info.key.domain is self.domain
            and self.domain.multiply(number, info.key.point) == self.mapped
            for info in keys
        )


@dataclass(frozen=True, slots=True)
class OpenedChannel:
    """A channel that PACE opened; ``proof`` where the chip gave one."""

    channel: SecureChannel
    choice: PaceSelection
    proof: MappingProof | None


def choose(infos: SecurityInfos) -> PaceSelection:
    """Choose among what a chip offers: the best mapping, then curves, then the longest key.

    Raises:
        ChipAccessError: nothing that it offers can be done here.
    """
    own = {entry.parameter_id: entry.domain for entry in infos.pace_domains}
    sets = {info.parameter_id for info in infos.pace}
    choices = []
    for info in infos.pace:
        domain = own.get(info.parameter_id) or STANDARDISED.get(-1 if info.parameter_id is None else info.parameter_id)
        fits = EcDomain if info.agreement is Agreement.ECDH else DhDomain
        if isinstance(domain, fits) and info.version == _VERSION and _possible(info, domain):
            choices.append(PaceSelection(info, domain, named=len(sets) > 1 and info.parameter_id is not None))
    if not choices:
        raise ChipAccessError(protocol="pace", step="parameters")
    return max(
        choices, key=lambda choice: (choice.info.mapping, choice.info.agreement is Agreement.ECDH, _rank(choice.info))
    )


def open_pace(channel: PlainChannel, key: AccessKey, choice: PaceSelection, chance: Chance = SYSTEM) -> OpenedChannel:
    """Run PACE.

    Raises:
        ChipAccessError: it came to nothing; ``step`` says where. A wrong key shows itself at ``token``.
        DocumentRemovedError: the document was taken away.
    """
    domain = choice.domain
    if isinstance(domain, EcDomain):
        return _Run(channel, choice, domain, partial(mapping.integrated_curve, domain), chance).run(key)
    return _Run(channel, choice, domain, partial(mapping.integrated_modp, domain), chance).run(key)


class _Run[E]:
    """One run in one group, with what its steps share. ``E`` is an element of the group."""

    def __init__(
        self,
        channel: PlainChannel,
        choice: PaceSelection,
        group: mapping.DomainGroup[E],
        integrated: Callable[[int], E],
        chance: Chance,
    ) -> None:
        self._channel = channel
        self._choice = choice
        self._info = choice.info
        self._suite = choice.info.suite
        self._group = group
        self._integrated = integrated
        self._chance = chance

    def run(self, key: AccessKey) -> OpenedChannel:
        nonce = self._begin(key)
        with _step("map"):
            generator, mapped = self._map(nonce)
        with _step("agree"):
            private, own = self._draw(generator)
            chips = self._exchange("agree", _EPHEMERAL, own, _CHIPS_EPHEMERAL)
            if own == chips:
                raise ChipAccessError(protocol="pace", step="agree")
            secret = self._group.secret(private, self._group.decode(chips))
        return self._finish(secret, own, chips, mapped)

    def _map(self, nonce: bytes) -> tuple[E, E | None]:
        """Map the nonce to a generator; give it and the chip's key of generic mapping."""
        if self._info.mapping is PaceMapping.INTEGRATED:
            own_nonce = self._chance.octets(self._suite.key_bytes)
            self._general("map", ber.encode(_MAP, own_nonce))
            return self._integrated(mapping.pseudo_random(self._suite, nonce, own_nonce, self._group.p)), None
        private, own = self._draw(None)
        mapped = self._exchange("map", _MAP, own, _MAPPED)
        if mapped == own:
            raise ChipAccessError(protocol="pace", step="map")
        element = self._group.decode(mapped)
        return mapping.generic(self._group, nonce, self._group.multiply(private, element)), element

    def _begin(self, key: AccessKey) -> bytes:
        """Name protocol and password, fetch the nonce and decrypt it."""
        if not self._select(key, named=self._choice.named) and not (
            # Some chips want the parameters named though they have only one set (9303-11, 4.4.4.1, lets them be).
            not self._choice.named and self._info.parameter_id is not None and self._select(key, named=True)
        ):
            raise ChipAccessError(protocol="pace", step="select")
        with _step("nonce"):
            sealed = ber.need(self._general("nonce"), _NONCE)
            low, high = _NONCE_BYTES
            if not low <= len(sealed) <= high or len(sealed) % self._suite.block:
                raise ChipAccessError(protocol="pace", step="nonce")
            return self._suite.decrypt(self._suite.derive(key.secret, PASSWORD), bytes(sealed))

    def _select(self, key: AccessKey, *, named: bool) -> bool:
        """Choose protocol, password and, where ``named``, parameters (MSE:Set AT); say whether the chip takes them."""
        data = ber.encode(0x80, self._info.oid) + ber.encode(0x83, bytes([key.reference]))
        if named and self._info.parameter_id is not None:
            data += ber.encode(0x84, ber.minimal(self._info.parameter_id))
        answer = self._channel.send(CommandApdu(0x00, 0x22, 0xC1, 0xA4, data=data))
        return answer.ok or answer.sw in _TRIED_BEFORE

    def _draw(self, generator: E | None) -> tuple[int, bytes]:
        """Draw a key whose public half has no leading zeros, so that everybody writes it in the same way."""
        for _ in range(_DRAWS):
            private = self._chance.private(self._choice.domain)
            public = self._group.encode(self._group.multiply(private, generator))
            if len(public) >= self._group.size:
                return private, public
        raise ChipAccessError(protocol="pace", step="agree")

    def _finish(self, secret: bytes, own: bytes, chips: bytes, mapped: E | None) -> OpenedChannel:
        """Exchange tokens: each side proves that it came to the same keys (9303-11, 4.4.3.4)."""
        suite, domain = self._suite, self._choice.domain
        encryption, code = suite.derive(secret, ENCRYPTION), suite.derive(secret, CODE)
        tag = _POINT if isinstance(domain, EcDomain) else _ELEMENT

        def token(public: bytes) -> bytes:
            key = ber.encode(_TOKEN_INPUT, ber.encode(_PROTOCOL, self._info.oid), ber.encode(tag, public))
            return suite.mac(code, key)

        with _step("token"):
            answer = self._general("token", ber.encode(_TOKEN, token(chips)), last=True)
            if not hmac.compare_digest(bytes(ber.need(answer, _CHIPS_TOKEN)), token(own)):
                raise ChipAccessError(protocol="pace", step="token")
        proof = None
        if self._info.mapping is PaceMapping.CHIP_AUTHENTICATION:
            with _step("proof"):
                data = _open_proof(suite, encryption, ber.need(answer, _PROOF))
                # Only a curve and a point can have come here: ``choose`` sees to it.
                proof = MappingProof(cast(EcDomain, domain), cast(Point, mapped), data)
        channel = SecureChannel(self._channel, SecureMessaging(suite, encryption, code))
        return OpenedChannel(channel, self._choice, proof)

    def _exchange(self, step: str, tag: int, value: bytes, wanted: int) -> bytes:
        """Give the chip one object, and take one."""
        return bytes(ber.need(self._general(step, ber.encode(tag, value)), wanted))

    def _general(self, step: str, *objects: bytes, last: bool = False) -> tuple[ber.Tlv, ...]:
        """Send GENERAL AUTHENTICATE; all but the last are marked as chained (9303-11, 4.4.4.2)."""
        # Keys of 2048 bits do not fit a short command or answer.
        extended = isinstance(self._choice.domain, DhDomain) and self._group.size > _SHORT_KEY
        command = CommandApdu(
            0x00 if last else 0x10,
            0x86,
            0x00,
            0x00,
            data=ber.encode(_DYNAMIC, *objects),
            le=_EXTENDED_ANSWER if extended else SHORT_LE,
            extended=extended,
        )
        answer = ask(self._channel, command)
        if not answer.ok:
            raise ChipAccessError(protocol="pace", step=step)
        return ber.parse_one(answer.data, tag=_DYNAMIC).children(limit=8)


def _open_proof(suite: CipherSuite, encryption: bytes, sealed: memoryview) -> bytes:
    """Decrypt the chip's data; the vector is -1 encrypted (9303-11, 4.4.3.5.2)."""
    if not sealed or len(sealed) % suite.block:
        raise ChipAccessError(protocol="pace", step="proof")
    vector = suite.encrypt(encryption, b"\xff" * suite.block)
    return suite.unpad(suite.decrypt(encryption, bytes(sealed), vector))


def _possible(info: PaceInfo, domain: Domain) -> bool:
    """Say whether a mapping can be done with these parameters."""
    match info.mapping:
        case PaceMapping.INTEGRATED:
            return domain.p % 4 == 3 if isinstance(domain, EcDomain) else domain.q is not None  # noqa: PLR2004 - B.2
        case PaceMapping.CHIP_AUTHENTICATION:
            return isinstance(domain, EcDomain) and info.suite is not CipherSuite.DES3
        case PaceMapping.GENERIC:
            return True


def _rank(info: PaceInfo) -> int:
    return list(CipherSuite).index(info.suite)


@contextmanager
def _step(step: str) -> Iterator[None]:
    """Let what a chip gets wrong on the way be a failure of that step."""
    try:
        yield
    except (ChipDataError, ChipAnswerError, ChipChannelError) as error:
        raise ChipAccessError(protocol="pace", step=step) from error
