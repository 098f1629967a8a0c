"""Entries for fuzzing: each takes any bytes, and raises nothing but ``PeripheralError``.

A fuzzer (atheris, or hypothesis in ``test_fuzz.py``) calls ``ENTRIES[name](data)`` and lets those errors pass.
"""

from collections.abc import Callable

from peripherals.documents import ber
from peripherals.documents.curves import CURVES
from peripherals.documents.emrtd import public_keys, security_infos
from peripherals.documents.emrtd.access_key import MrzKey
from peripherals.documents.emrtd.active_authentication import signature_holds
from peripherals.documents.emrtd.apdu import CommandApdu, ResponseApdu
from peripherals.documents.emrtd.channel import PlainChannel
from peripherals.documents.emrtd.chip_authentication import ways
from peripherals.documents.emrtd.files import longest_answer
from peripherals.documents.emrtd.pace import choose
from peripherals.documents.emrtd.secure_messaging import SecureMessaging
from peripherals.documents.emrtd.session import ReadingLimits, read_chip
from peripherals.documents.emrtd.signed_content import signed_content, signed_groups
from peripherals.documents.emrtd.suites import CipherSuite
from peripherals.errors import PeripheralError

#: Many answers in one input: each is told its length by the byte before it.
_LONGEST = 255


def answers(data: bytes) -> Callable[[bytes], bytes]:
    """A chip that answers with one stretch of the input after the other, and then with nothing."""
    left = memoryview(data)

    def transmit(_: bytes) -> bytes:
        nonlocal left
        if not left:
            return b"\x6f\x00"
        size = left[0]
        answer, left = bytes(left[1 : 1 + size]), left[1 + size :]
        return answer

    return transmit


def _elements(data: bytes) -> None:
    for element in ber.parse(data, indefinite=True):
        element.children(indefinite=True)
    ber.total_length(data)


def _command(data: bytes) -> None:
    assert CommandApdu.decode(data).encode() == data


def _response(data: bytes) -> None:
    assert ResponseApdu.decode(data).encode() == data


def _infos(data: bytes) -> None:
    infos = security_infos.parse(data)
    ways(infos)
    choose(infos)


def _key(data: bytes) -> None:
    signature_holds(public_keys.public_key(data), bytes(8), data[:64])


def _signature(data: bytes) -> None:
    domain = CURVES["brainpoolP256r1"]
    assert not signature_holds(public_keys.ChipEcKey(domain, domain.generator), bytes(8), data)


def _protected(data: bytes) -> None:
    for suite in CipherSuite:
        messaging = SecureMessaging.from_secret(suite, b"secret")
        messaging.protect(CommandApdu(0x00, 0xB0, 0x00, 0x00, le=256))
        try:
            messaging.unprotect(ResponseApdu.decode(data))
        except PeripheralError:
            continue


def _lengths(data: bytes) -> None:
    longest_answer(PlainChannel(answers(data)))


def _chip(data: bytes) -> None:
    key = MrzKey.of("L898902C3", "740812", "120415")
    for extended in (0, 65536):
        try:
            read_chip(answers(data), key, limits=ReadingLimits(extended=extended, commands=200)).wipe()
        except PeripheralError:
            continue


ENTRIES: dict[str, Callable[[bytes], object]] = {
    "ber": _elements,
    "command": _command,
    "response": _response,
    "security-infos": _infos,
    "public-key": _key,
    "signature": _signature,
    "signed-content": signed_content,
    "signed-groups": signed_groups,
    "protected-answer": _protected,
    "lengths": _lengths,
    "chip": _chip,
}


def frame(*parts: bytes) -> bytes:
    """Write answers as ``answers`` reads them; what is longer is cut."""
    return b"".join(bytes([min(len(part), _LONGEST)]) + part[:_LONGEST] for part in parts)
