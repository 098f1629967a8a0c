"""What is fuzzed: the parsers of documents and of what devices say, from bytes.

Each may refuse them with a ``PeripheralError``, only so.
"""

import contextlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import zxingcpp
from PIL import Image
from pymodbus.pdu import ModbusPDU

from peripherals.codes.framer import CodeEnvelope, CodeFramer
from peripherals.codes.seal import SealForm
from peripherals.documents import ber, mrz
from peripherals.documents.emrtd import security_infos
from peripherals.documents.lds import com, details, dg1, face, picture
from peripherals.documents.seals import image, reading
from peripherals.documents.seals.examination import examine
from peripherals.documents.specimens import SPECIMENS
from peripherals.documents.trust import certificate, cms, crl, master_list, sod
from peripherals.documents.trust.store import TrustStore
from peripherals.errors import PeripheralError
from peripherals.lockers.kerong import frames as kerong
from peripherals.lockers.modbus import frames as modbus
from peripherals.lockers.modbus.simulator import crc
from peripherals.lockers.winnsen import frames as winnsen
from peripherals.money import Amount
from peripherals.payment.zvt import commands, describe, tlv
from peripherals.payment.zvt.apdu import DONE, Apdu, StreamFramer
from peripherals.payment.zvt.dialogue import Dialogue, Times
from peripherals.payment.zvt.judgement import judge_payment
from peripherals.payment.zvt.link import BlockFramer, encode
from peripherals.payment.zvt.simulator import messages
from peripherals.payment.zvt.simulator.books import ZvtTransaction
from tests.peripherals.fuzz import nexo
from tests.peripherals.seals import worked_examples
from tests.peripherals.seals.maker import (
    EMERGENCY,
    TODAY,
    c40,
    feature,
    idb_header,
    idb_text,
    make_idb,
    make_signer,
    passport_messages,
)
from tests.peripherals.trust.material import files_of, specimen

#: Specimens of the simulator, which between them write every file in every way.
_PROFILES = ("ordinary", "indefinite-sod", "lds-1.8", "legacy-oid", "jpeg-2000-codestream", "linked", "ca-pkcs3")
SIGNER = make_signer()
_LONGEST_MESSAGE = 1 << 20


@dataclass(frozen=True)
class Target:
    """``take`` is what is fuzzed; ``seeds`` are sound inputs to begin with, ``longest`` is in bytes."""

    take: Callable[[bytes], object]
    seeds: Callable[[], Iterator[bytes]]
    longest: int = 4096


def _walk(data: bytes) -> None:
    def deeper(element: ber.Tlv, depth: int, *, indefinite: bool) -> None:
        if element.constructed and depth:
            for child in element.children(indefinite=indefinite):
                deeper(child, depth - 1, indefinite=indefinite)

    with contextlib.suppress(PeripheralError):
        ber.total_length(data[:8])
    for indefinite in (False, True):
        with contextlib.suppress(PeripheralError):
            for element in ber.parse(data, indefinite=indefinite):
                deeper(element, 16, indefinite=indefinite)


def _zone(data: bytes) -> None:
    zone = mrz.parse(data.decode("latin-1"))
    zone.to_dict()
    zone.wipe()


def _seal(data: bytes) -> None:
    seal = reading.parse(data)
    reading.describe(seal)
    # Also where nothing in it can be understood it comes to verdicts.
    examine(data, TrustStore((certificate.read(SIGNER.certificate),)), TODAY)
    zone = reading.zone(seal)
    if zone is not None:
        zone.to_dict()


def _payload(data: bytes) -> None:
    """Take bytes for what a seal of the newer structure holds, signed and not, as it is and compressed."""
    for signed in (True, False):
        for zipped in (True, False):
            with contextlib.suppress(PeripheralError):
                _seal(idb_text(data, signed=signed, zipped=zipped))


def _codes(data: bytes) -> None:
    for form in (None, *SealForm):
        framer = CodeFramer(CodeEnvelope(suffix=b"\r", seal=form), 3.0)
        framer.feed(data, 0.0)
        framer.pause()


def _face(data: bytes) -> None:
    for found in face.faces(data):
        picture.decode(found)


def _details(data: bytes) -> None:
    for number in (11, 12):
        with contextlib.suppress(PeripheralError):
            details.read(data, number)


def _terminal(data: bytes) -> None:
    """Take bytes for what a payment terminal says: bare, in blocks, and in the middle of a payment."""
    blocks = [each for each in BlockFramer(1.0).feed(data, 0.0) if isinstance(each, Apdu)]
    with contextlib.suppress(PeripheralError):
        blocks += StreamFramer().feed(data)
    price = Amount(1234, "EUR")
    dialogue = Dialogue(commands.authorisation(price, "en", b""), Times(), pays=price)
    dialogue.begin(0.0)
    for apdu in (DONE, *blocks):
        describe.describe(apdu)
        dialogue.received(apdu, 1.0)
        dialogue.decided(True, 1.0)
    dialogue.receipts.collect(signed=False)
    judge_payment(dialogue, prints_here=True)
    with contextlib.suppress(PeripheralError):
        tlv.parse(data)


def _boards(data: bytes) -> None:
    """Take bytes for what the boards of a bank of lockers say, whole and cut in two."""
    for make in (kerong.KerongFramer, winnsen.WinnsenFramer, modbus.RtuFrames, modbus.TcpFrames):
        framer = make()
        if isinstance(framer, modbus.RtuFrames):
            # An answer is looked for by the question.
            framer.question(modbus.inputs_question(1, 0, 22))
        for part in (data, data[: len(data) // 2], data[len(data) // 2 :]):
            for found in framer.feed(part):
                if isinstance(found, ModbusPDU):
                    modbus.inputs(found, 16)
                    modbus.refusal(found)


def _of_boards() -> Iterator[bytes]:
    yield kerong.status_answer(kerong.KerongStatus(1, 0x8001, 0x0100))
    yield winnsen.encode(winnsen.WinnsenStatus(5, 0x8004))
    yield winnsen.encode(winnsen.OpenAnswer(5, 3, winnsen.OpenResult.COOLDOWN))
    yield winnsen.encode(winnsen.DoorStatus(5, 3, is_open=True))
    yield bytes.fromhex("010203acdb35") + crc(bytes.fromhex("010203acdb35"))
    yield bytes.fromhex("0105020000078db0")
    yield bytes.fromhex("018202c161")
    yield bytes.fromhex("0001000000060102" + "03acdb35")


def _said() -> Iterator[bytes]:
    entry = ZvtTransaction(
        "payment", 1, 2, 1234, 978, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), unique="0102", original=1
    )
    lines = messages.receipt(entry, messages.CUSTOMER, card="", signature=False)
    said = [
        messages.status(entry, card="", signature=True),
        messages.intermediate(0x0A, 5),
        messages.print_block(lines, messages.CUSTOMER),
        *messages.print_lines(lines),
        messages.totals([entry], 978, "101112", "0102"),
        messages.registered(978),
        messages.aborted(0x6C),
        messages.completion(),
    ]
    for each in said:
        yield each.encode()
        yield encode(each)


def _of_chip(*names: str) -> Callable[[], Iterator[bytes]]:
    def seeds() -> Iterator[bytes]:
        every = [files_of(specimen(profile)) for profile in _PROFILES]
        return iter({files[name] for files in every for name in names if name in files})

    return seeds


def _zones() -> Iterator[bytes]:
    return ("".join(lines).encode() for lines in SPECIMENS.values())


def _seals() -> Iterator[bytes]:
    yield from (value for name, value in vars(worked_examples).items() if name.isupper())
    yield from (make_idb(SIGNER, certificate=certain, zipped=certain) for certain in (True, False))


def _payloads() -> Iterator[bytes]:
    for masked in (True, False):
        head = idb_header(SIGNER, masked=masked)
        for inner in (b"".join(passport_messages()), feature(2, feature(2, c40("".join(EMERGENCY))))):
            yield head + feature(0x61, inner) + feature(0x7F, bytes(64))


def _lines() -> Iterator[bytes]:
    for data in _seals():
        yield data + b"\r"
        yield data.hex(" ").encode() + b"\r"


def _messages() -> Iterator[bytes]:
    for file in _of_chip("EF.SOD")():
        yield bytes(ber.parse_one(file, indefinite=True).value)


def _security_infos() -> Iterator[bytes]:
    for file in _of_chip("DG14")():
        yield bytes(ber.parse_one(file).value)


def _certificates() -> Iterator[bytes]:
    trust = specimen("linked").trust
    return iter((*trust.authorities, *trust.links))


def _pictures() -> Iterator[bytes]:
    for form in ("PNG", "JPEG"):
        barcode = zxingcpp.create_barcode(worked_examples.RESIDENCE_STICKER, zxingcpp.BarcodeFormat.DataMatrix)
        written = io.BytesIO()
        Image.fromarray(zxingcpp.write_barcode_to_image(barcode, scale=2)).save(written, form)
        yield written.getvalue()


TARGETS = {
    "ber": Target(_walk, _of_chip("EF.COM", "DG14", "DG15", "EF.SOD")),
    "zone": Target(_zone, _zones, longest=128),
    "seal": Target(_seal, _seals),
    "seal-payload": Target(_payload, _payloads, longest=2048),
    "codes": Target(_codes, _lines),
    "com": Target(com.read, _of_chip("EF.COM"), longest=512),
    "dg1": Target(dg1.read, _of_chip("DG1"), longest=256),
    "face": Target(_face, _of_chip("DG2"), longest=32_768),
    "details": Target(_details, _of_chip("DG11", "DG12")),
    "security-infos": Target(security_infos.parse, _security_infos),
    "security-object": Target(sod.read, _of_chip("EF.SOD"), longest=8192),
    "message": Target(lambda data: cms.read(data, longest=_LONGEST_MESSAGE), _messages, longest=8192),
    "certificate": Target(certificate.read, _certificates),
    "revocations": Target(crl.read, lambda: iter(specimen("ordinary").trust.revocation_lists)),
    "master-list": Target(master_list.read, lambda: iter((specimen("ordinary").trust.master_list,)), longest=8192),
    "nexo-envelope": Target(nexo.take_envelope, nexo.envelopes_said, longest=16_384),
    "nexo-answer": Target(nexo.take_answer, nexo.answers_said, longest=16_384),
    "zvt": Target(_terminal, _said, longest=1024),
    "lockers": Target(_boards, _of_boards, longest=600),
    "picture": Target(image.seal, _pictures, longest=8192),
}


def attempt(name: str, data: bytes) -> None:
    """Give bytes to a target; whatever else it raises than a ``PeripheralError`` goes through."""
    with contextlib.suppress(PeripheralError):
        TARGETS[name].take(data)
