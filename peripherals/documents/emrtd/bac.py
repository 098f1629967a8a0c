"""Basic Access Control: 9303-11, 4.3. For chips that have no PACE."""

import hmac
from typing import Final

from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.apdu import SHORT_LE, CommandApdu
from peripherals.documents.emrtd.chance import SYSTEM, Chance
from peripherals.documents.emrtd.channel import PlainChannel, SecureChannel, ask
from peripherals.documents.emrtd.secure_messaging import SecureMessaging
from peripherals.documents.emrtd.suites import CODE, ENCRYPTION, MAC_BYTES, CipherSuite
from peripherals.errors import ChipAccessError

_NONCE = 8
_KEY = 16
_ANSWER: Final = 2 * _NONCE + _KEY + MAC_BYTES
#: Some chips refuse the exact lengths, and answer where any is taken.
_WRONG_LENGTH = 0x6700
#: Half of each nonce begins the counter (9303-11, 9.8.6.3).
_COUNTER_HALF = 4


def open_bac(channel: PlainChannel, key: MrzKey, chance: Chance = SYSTEM) -> SecureChannel:
    """Prove to the chip that its zone was read, and agree on keys.

    Raises:
        ChipAccessError: the chip does not take the key, or does not know it itself.
    """
    suite = CipherSuite.DES3
    seed = key.seed
    encryption, code = suite.derive(seed, ENCRYPTION), suite.derive(seed, CODE)
    chips_nonce, length = _challenge(channel)
    nonce, half = chance.octets(_NONCE), chance.octets(_KEY)
    sealed = suite.encrypt(encryption, nonce + chips_nonce + half)
    command = CommandApdu(0x00, 0x82, 0x00, 0x00, data=sealed + suite.mac(code, sealed), le=length)
    answer = ask(channel, command)
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


def _challenge(channel: PlainChannel) -> tuple[bytes, int]:
    """Fetch the chip's nonce; give it with the length that is expected of the next answer."""
    answer, length = ask(channel, CommandApdu(0x00, 0x84, 0x00, 0x00, le=_NONCE)), _ANSWER
    if answer.sw == _WRONG_LENGTH:
        answer, length = ask(channel, CommandApdu(0x00, 0x84, 0x00, 0x00, le=SHORT_LE)), SHORT_LE
    if not answer.ok or len(answer.data) != _NONCE:
        raise ChipAccessError(protocol="bac", step="challenge")
    return answer.data, length
