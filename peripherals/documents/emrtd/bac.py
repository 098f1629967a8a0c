"""Basic Access Control: 9303-11, 4.3. For chips that have no PACE."""

import hmac
from typing import Final

from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.apdu import Command
from peripherals.documents.emrtd.chance import SYSTEM, Chance
from peripherals.documents.emrtd.channel import PlainChannel, SecureChannel
from peripherals.documents.emrtd.secure_messaging import SecureMessaging
from peripherals.documents.emrtd.suites import CODE, ENCRYPTION, MAC_BYTES, Suite
from peripherals.errors import ChipAccessError

_NONCE = 8
_KEY = 16
_ANSWER: Final = 2 * _NONCE + _KEY + MAC_BYTES
_GET_CHALLENGE = Command(0x00, 0x84, 0x00, 0x00, le=_NONCE)
#: Half of each nonce begins the counter (9303-11, 9.8.6.3).
_COUNTER_HALF = 4


def open_bac(channel: PlainChannel, key: MrzKey, chance: Chance = SYSTEM) -> SecureChannel:
    """Prove to the chip that its zone was read, and agree on keys.

    Raises:
        ChipAccessError: the chip does not take the key, or does not know it itself.
    """
    suite = Suite.DES3
    seed = key.seed
    encryption, code = suite.derive(seed, ENCRYPTION), suite.derive(seed, CODE)
    challenge = channel.send(_GET_CHALLENGE)
    if not challenge.ok or len(challenge.data) != _NONCE:
        raise ChipAccessError(protocol="bac", step="challenge")
    chips_nonce, nonce, half = challenge.data, chance.octets(_NONCE), chance.octets(_KEY)
    sealed = suite.encrypt(encryption, nonce + chips_nonce + half)
    answer = channel.send(Command(0x00, 0x82, 0x00, 0x00, data=sealed + suite.mac(code, sealed), le=_ANSWER))
    if not answer.ok or len(answer.data) != _ANSWER:
        raise ChipAccessError(protocol="bac", step="authenticate")
    sealed, proof = answer.data[:-MAC_BYTES], answer.data[-MAC_BYTES:]
    if not hmac.compare_digest(suite.mac(code, sealed), proof):
        raise ChipAccessError(protocol="bac", step="answer")
    opened = suite.decrypt(encryption, sealed)
    if opened[: 2 * _NONCE] != chips_nonce + nonce:
        raise ChipAccessError(protocol="bac", step="answer")
    secret = bytes(one ^ other for one, other in zip(half, opened[2 * _NONCE :], strict=True))
    counter = chips_nonce[-_COUNTER_HALF:] + nonce[-_COUNTER_HALF:]
    return SecureChannel(channel, SecureMessaging.from_secret(suite, secret, counter))
