"""Chip Authentication from the chip's side (Doc 9303-11, 6.2; TR-03110-3, B.2)."""

from dataclasses import dataclass

from peripherals.documents.curves import Domain, EcDomain
from peripherals.documents.passport.chip_channel import SecureSession
from peripherals.documents.passport.ciphers import SimulatedCipher, session_keys
from peripherals.documents.passport.pace_mapping import SimulatedGroup
from peripherals.errors import ChipDataError

_CHIP_AUTHENTICATION = "0.4.0.127.0.7.2.2.3"
_PUBLIC_KEY = "0.4.0.127.0.7.2.2.1"


@dataclass(frozen=True, slots=True)
class StaticKey:
    """A key of the chip, and the cipher that its agreement leads to."""

    domain: Domain
    private: int
    suite: SimulatedCipher
    #: Tells several keys apart (tag 84); None where there is one.
    number: int | None = None
    #: Whether 3DES is taken in one command (MSE:Set KAT).
    together: bool = True

    @property
    def public(self) -> bytes:
        return SimulatedGroup(self.domain).public(self.private)

    @property
    def protocol_oid(self) -> str:
        return f"{_CHIP_AUTHENTICATION}.{self._kind}.{self.suite}"

    @property
    def key_oid(self) -> str:
        return f"{_PUBLIC_KEY}.{self._kind}"

    @property
    def _kind(self) -> int:
        return 2 if isinstance(self.domain, EcDomain) else 1

    def agree(self, theirs: bytes) -> SecureSession | None:
        """Begin a new channel with the terminal's public key; None where that is none of this group."""
        try:
            secret = SimulatedGroup(self.domain).secret(self.private, theirs)
        except ChipDataError:
            return None
        return SecureSession(session_keys(self.suite, secret))


def choose(keys: tuple[StaticKey, ...], oid: str | None, number: int | None) -> StaticKey | None:
    """Find the key that a MANAGE SECURITY ENVIRONMENT command means: by protocol where named, by number if given."""
    fitting = [key for key in keys if oid is None or key.protocol_oid == oid]
    if number is not None:
        fitting = [key for key in fitting if key.number == number]
    # Without a number only one key may be meant (TR-03110-3, B.2.2.1).
    return fitting[0] if len(fitting) == 1 else None
