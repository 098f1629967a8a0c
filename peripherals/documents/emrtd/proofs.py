"""Whether a chip is no copy: what it proves, and by which file's key. Whether that key is signed, others check.

A document that is signed to have a key, and does not give or use it, fails: that is how a copy behaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from peripherals.documents import ber
from peripherals.documents.emrtd import active_authentication, chip_authentication, security_infos
from peripherals.documents.emrtd.apdu import SHORT_LE, CommandApdu, ResponseApdu
from peripherals.documents.emrtd.chance import Chance
from peripherals.documents.emrtd.channel import ApduChannel, SecureChannel
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.emrtd.pace import MappingProof
from peripherals.documents.emrtd.public_keys import ChipRsaKey, public_key
from peripherals.documents.emrtd.reasons import ChipReason
from peripherals.documents.emrtd.security_infos import SecurityInfos
from peripherals.documents.emrtd.signed_content import signed_content
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from peripherals.errors import ChipAnswerError, ChipChannelError, ChipDataError

_WRONG_LENGTH = 0x6700
_MISSING = {LdsFile.DG14: ChipReason.DG14_MISSING, LdsFile.DG15: ChipReason.DG15_MISSING}
#: Bytes of the longest signature that is asked for: RSA with 8192 bits.
_LONG_SIGNATURE = 1024

type Files = Mapping[LdsFile, bytearray]


@dataclass(frozen=True, slots=True)
class ChipProof:
    """What came out at the chip. ``source`` is the file of the key, ``DG15`` and so on, "" where none was found."""

    verdict: CheckVerdict
    source: str = ""


def infos_of(raw: bytearray | None) -> SecurityInfos | None:
    """Read data group 14, None where it is not there or cannot be read."""
    if raw is None:
        return None
    try:
        return security_infos.parse(ber.parse_one(raw, tag=LdsFile.DG14.tag).value)
    except ChipDataError:
        # What is not understood proves nothing; the verdicts below say so.
        return None


def active(
    channel: ApduChannel, files: Files, signed: frozenset[int] | None, chance: Chance, *, extended: bool
) -> ChipProof:
    """Run Active Authentication (9303-11, 6.1).

    Raises:
        ChipChannelError: the channel broke.
        DocumentRemovedError: the document was taken away.
    """
    raw = files.get(LdsFile.DG15)
    if raw is None:
        return _without(Check.ACTIVE_AUTHENTICATION, LdsFile.DG15, signed)
    outcome, reason = _active(channel, raw, files, chance, extended=extended)
    return ChipProof(CheckVerdict(Check.ACTIVE_AUTHENTICATION, outcome, reason), LdsFile.DG15.label)


def _active(
    channel: ApduChannel, raw: bytearray, files: Files, chance: Chance, *, extended: bool
) -> tuple[Outcome, str]:
    infos = infos_of(files.get(LdsFile.DG14)) or SecurityInfos()
    nonce = chance.octets(active_authentication.NONCE)
    try:
        key = public_key(ber.parse_one(raw, tag=LdsFile.DG15.tag).value)
        long = isinstance(key, ChipRsaKey) and key.size > channel.room(extended=False)
        answer = _sign(channel, nonce, extended=long and extended)
        if answer.sw == _WRONG_LENGTH and long:
            answer = _sign(channel, nonce, extended=False)
        if answer.sw == _WRONG_LENGTH and long:
            # A long signature does not get through this reader: the chip may have it or not.
            return Outcome.NOT_CHECKED, ChipReason.ANSWER_TOO_LONG
        if not answer.ok:
            return Outcome.FAILED, ChipReason.REFUSED
        if active_authentication.signature_holds(key, nonce, answer.data, infos.active_authentication):
            return Outcome.PASSED, ""
    except ChipDataError:
        return Outcome.NOT_CHECKED, ChipReason.KEY_UNKNOWN
    return Outcome.FAILED, ChipReason.SIGNATURE_WRONG


def _sign(channel: ApduChannel, nonce: bytes, *, extended: bool) -> ResponseApdu:
    le = _LONG_SIGNATURE if extended else SHORT_LE
    return channel.send(CommandApdu(0x00, 0x88, 0x00, 0x00, data=nonce, le=le, extended=extended))


def by_mapping(proof: MappingProof, files: Files) -> ChipProof:
    """Judge what the chip gave in PACE with chip authentication mapping (9303-11, 4.4.3.5)."""
    raw = files.get(LdsFile.CARD_SECURITY)
    if raw is None:
        return ChipProof(CheckVerdict(Check.CHIP_AUTHENTICATION, Outcome.FAILED, ChipReason.CARD_SECURITY_MISSING))
    return ChipProof(CheckVerdict(Check.CHIP_AUTHENTICATION, *_judge_mapping(proof, raw)), LdsFile.CARD_SECURITY.label)


def _judge_mapping(proof: MappingProof, raw: bytearray) -> tuple[Outcome, str]:
    try:
        keys = security_infos.parse(signed_content(raw)).chip_keys
    except ChipDataError:
        return Outcome.NOT_CHECKED, ChipReason.KEY_UNKNOWN
    return (Outcome.PASSED, "") if proof.holds(keys) else (Outcome.FAILED, ChipReason.PROOF_WRONG)


def by_agreement(channel: ApduChannel, files: Files, signed: frozenset[int] | None, chance: Chance) -> ChipProof:
    """Run Chip Authentication (9303-11, 6.2). The channel given is of no use afterwards.

    Raises:
        DocumentRemovedError: the document was taken away.
    """
    if LdsFile.DG14 not in files:
        return _without(Check.CHIP_AUTHENTICATION, LdsFile.DG14, signed)
    infos = infos_of(files[LdsFile.DG14])
    ways = () if infos is None else chip_authentication.ways(infos)
    if infos is not None and not infos.chip_keys and not infos.left_out:
        return ChipProof(CheckVerdict(Check.CHIP_AUTHENTICATION, Outcome.UNSUPPORTED, ChipReason.NOT_IN_DOCUMENT))
    if ways:
        outcome, reason = _agree_somehow(channel, ways, chance)
    else:
        outcome, reason = Outcome.NOT_CHECKED, ChipReason.KEY_UNKNOWN
    return ChipProof(CheckVerdict(Check.CHIP_AUTHENTICATION, outcome, reason), LdsFile.DG14.label)


def _agree_somehow(
    channel: ApduChannel, ways: tuple[chip_authentication.Way, ...], chance: Chance
) -> tuple[Outcome, str]:
    for way in ways:
        try:
            renewed = chip_authentication.agree(channel, way, chance)
        except ChipAnswerError:
            # The old channel goes on, so that the chip may be asked for another way.
            continue
        except (ChipChannelError, ChipDataError):
            return Outcome.FAILED, ChipReason.CHANNEL_BROKEN
        return (Outcome.PASSED, "") if _answers(renewed) else (Outcome.FAILED, ChipReason.PROOF_WRONG)
    return Outcome.FAILED if ways[0].said else Outcome.NOT_CHECKED, ChipReason.REFUSED


def _answers(renewed: SecureChannel) -> bool:
    """Say whether the chip answers with the new keys, whatever it answers.

    It is asked for the file of its key, which it has: of one that is missing some chips say so without protection.
    """
    try:
        renewed.send(CommandApdu(0x00, 0xA4, 0x02, 0x0C, data=LdsFile.DG14.identifier.to_bytes(2)))
    except ChipChannelError:
        return False
    return renewed.proved


def _without(check: Check, file: LdsFile, signed: frozenset[int] | None) -> ChipProof:
    if signed is None:
        return ChipProof(CheckVerdict(check, Outcome.NOT_CHECKED, ChipReason.SOD_UNREAD))
    if file.group in signed:
        return ChipProof(CheckVerdict(check, Outcome.FAILED, _MISSING[file]))
    return ChipProof(CheckVerdict(check, Outcome.UNSUPPORTED, ChipReason.NOT_IN_DOCUMENT))
