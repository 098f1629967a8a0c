"""Whole readings of specimens: every protocol, cipher and group, every temper of chip, every attack."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peripherals.documents.emrtd import session
from peripherals.documents.emrtd.access_key import Can, MrzKey
from peripherals.documents.emrtd.apdu import CommandApdu
from peripherals.documents.emrtd.channel import Transmit
from peripherals.documents.emrtd.chip_files import ChipFiles
from peripherals.documents.emrtd.files import LdsFile
from peripherals.documents.passport.chip import SimulatedChip
from peripherals.documents.passport.chip_pace import SimulatedMapping
from peripherals.documents.passport.file_system import Files, Protection
from peripherals.documents.passport.file_system import SimulatedFile as FileOfChip
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.security_infos import pace_offer, set_of
from peripherals.documents.verdicts import Check, Outcome
from peripherals.errors import (
    ChipAccessError,
    ChipChannelError,
    ChipReservedError,
    DocumentRemovedError,
    PeripheralError,
)
from tests.peripherals.emrtd.desk import GROUPS, PASSED, READERS, Desk, outcomes, show
from tests.peripherals.passport.families import few

PACE, CHIP_AUTHENTICATION = ("pace-gm-", "pace-im-", "pace-cam-"), ("ca-3des-", "ca-aes")
UNSUPPORTED = (Outcome.UNSUPPORTED, "not-in-document")
MAPPINGS = {
    SimulatedMapping.GENERIC: "generic",
    SimulatedMapping.INTEGRATED: "integrated",
    SimulatedMapping.AUTHENTICATING: "chip-authentication",
}


def named(*starts: str) -> list[str]:
    return [name for name in PROFILES if name.startswith(starts)]


def whole(desk: Desk, extended: int = 0) -> ChipFiles:
    """Read all that there is, and compare it with what the document was made with."""
    read = desk.read(extended=extended, wanted=GROUPS)
    groups = desk.specimen.groups
    assert {file.group: bytes(content) for file, content in read.files.items() if file.group} == groups
    assert bytes(read.files[LdsFile.SOD]) == desk.specimen.sod
    assert {file.group for file in read.absent} == {file.group for file in GROUPS} - groups.keys()
    return read


def refused_of_pace(names: Iterable[str]) -> list[str]:
    """Read documents by PACE; name those that were not read as their profile says."""
    refused = []
    for name in names:
        desk = show(name)
        [choice] = desk.specimen.profile.pace
        read = whole(desk)
        by_mapping = choice.mapping is SimulatedMapping.AUTHENTICATING
        found = (read.access.protocol, read.access.mapping, read.access.suite.replace("-", ""), read.proofs[1].source)
        source = "EF.CardSecurity" if by_mapping else "DG14"
        wanted = ("pace", MAPPINGS[choice.mapping], name.split("-")[2], source)
        is_right = outcomes(read) == (PASSED, UNSUPPORTED, PASSED) and name.endswith(read.access.domain.lower())
        if not is_right or found != wanted:
            refused.append(f"{name}: {found}, {outcomes(read)}")
    return refused


def refused_of_chip_authentication(names: Iterable[str]) -> list[str]:
    """Read documents with Chip Authentication; name those that were not read as their profile says."""
    refused = []
    for name in names:
        read = whole(show(name))
        checks = [proof.verdict.check for proof in read.proofs]
        if (
            (read.access.protocol, read.access.suite) != ("bac", "3des")
            or outcomes(read) != (PASSED, UNSUPPORTED, PASSED)
            or checks != [Check.ACTIVE_AUTHENTICATION, Check.CHIP_AUTHENTICATION]
        ):
            refused.append(f"{name}: {read.access}, {outcomes(read)}, {checks}")
    return refused


def test_each_mapping_cipher_and_group_of_pace_opens_the_chip() -> None:
    assert refused_of_pace(few(named(*PACE))) == []


def test_each_cipher_and_group_of_chip_authentication_proves_the_chip() -> None:
    assert refused_of_chip_authentication(few(named(*CHIP_AUTHENTICATION))) == []


def test_every_kind_of_active_authentication_proves_the_chip(subtests: pytest.Subtests) -> None:
    for name in named("aa-rsa-", "aa-ecdsa-"):
        with subtests.test(name=name):
            read = whole(show(name), extended=READERS[1])
            assert outcomes(read) == (PASSED, PASSED, UNSUPPORTED)
            assert [proof.source for proof in read.proofs] == ["DG15", ""]


def test_keys_and_parameters_in_other_forms(subtests: pytest.Subtests) -> None:
    for name in (
        "ca-unannounced",
        "ca-several",
        "ca-named",
        "ca-pkcs3",
        "ca-two-commands",
        "pace-several",
        "pace-explicit",
        "pace-wants-parameters",
        "pace-entry-malformed",
        "exact-authentication",
        "challenge-of-any-length",
        "card-access-zeros",
    ):
        with subtests.test(name=name):
            assert outcomes(whole(show(name))) == (PASSED, PASSED, PASSED)


def test_a_bare_refusal_that_the_chip_has_counted_is_gone_on_after() -> None:
    desk = show("com-missing")
    # EF.COM at the beginning, and DG7 in the middle.
    read = desk.read(wanted=GROUPS | {LdsFile.DG7})
    assert read.absent == {LdsFile.COM: "missing", LdsFile.DG7: "not-in-document"}
    assert outcomes(read) == (PASSED, PASSED, PASSED)


def test_a_bare_refusal_is_gone_on_after_however_it_is_counted(subtests: pytest.Subtests) -> None:
    for last, counted, name in product(
        (True, False), (0, 1, 2), ("ordinary", "basic", "pace-cam-aes128-brainpoolp256r1")
    ):
        with subtests.test(last=last, counted=counted, name=name):
            desk = show(name)
            chip = desk.specimen.chip
            # What the signed list names and the chip has not: DG1 is read first, DG15 last.
            missing = (0x010F if name == "ordinary" else 0x010E if "cam" in name else 0x0102) if last else 0x0101
            files = Files(
                chip.files.master, tuple(each for each in chip.files.application if each.identifier != missing)
            )
            less = SimulatedChip(files, chip.secrets, replace(chip.reads, missing_bare=True, missing_counts=counted))
            read = desk.read(transmit=less.transmit)
            assert read.absent == {next(file for file in GROUPS if file.identifier == missing): "missing"}
            assert not {verdict.reason for verdict in (proof.verdict for proof in read.proofs)} & {
                "channel-broken",
                "proof-wrong",
            }


@pytest.mark.parametrize("counted", [0, 1, 2])
@pytest.mark.parametrize(
    ("name", "missing", "selects"),
    [
        ("pace-cam-aes128-brainpoolp256r1", LdsFile.CARD_SECURITY, True),
        ("ordinary", LdsFile.DG1, False),
        ("basic", LdsFile.DG2, False),
    ],
)
def test_a_bare_6a82_that_the_chip_has_counted_does_not_end_the_reading(
    name: str, missing: LdsFile, selects: bool, counted: int
) -> None:
    desk = show(name)
    chip = desk.specimen.chip
    of_master = missing is LdsFile.CARD_SECURITY
    files = Files(
        *(
            tuple(file for file in folder if is_master is not of_master or file.identifier != missing.identifier)
            for is_master, folder in ((True, chip.files.master), (False, chip.files.application))
        )
    )
    reads = replace(chip.reads, missing_bare=True, missing_counts=counted, selects_files=selects)
    read = desk.read(transmit=SimulatedChip(files, chip.secrets, reads).transmit)
    assert {file: why for file, why in read.absent.items() if why != "not-in-document"} == {missing: "missing"}
    assert {LdsFile.DG1, LdsFile.DG2, LdsFile.SOD} - {missing} <= read.files.keys()


@pytest.mark.parametrize("name", ["pace-without-parameters", "pace-unknown-parameters", "pace-version-1"])
def test_where_no_pace_can_be_used_bac_opens_the_chip_and_the_signed_list_judges(name: str) -> None:
    read = whole(show(name))
    assert read.access.protocol == "bac"
    assert outcomes(read) == ((Outcome.NOTED, "pace-unknown"), PASSED, PASSED)


@pytest.mark.parametrize(
    "put_there", [bytes(64), set_of(pace_offer("0.4.0.127.0.7.2.2.4.2.2", None)), b"\x31\x02\x30\x00"]
)
def test_an_offer_that_was_garbled_on_the_way_is_a_downgrade(put_there: bytes) -> None:
    desk = show("pace-stripped")
    access = FileOfChip(0x011C, put_there, Protection.FREE)
    files = Files((access, *desk.specimen.chip.files.master), desk.specimen.chip.files.application)
    chip = SimulatedChip(files, desk.specimen.chip.secrets, desk.specimen.chip.reads)
    assert outcomes(desk.read(transmit=chip.transmit))[0] == (Outcome.FAILED, "downgraded")


def test_a_chip_that_can_be_opened_in_no_way_that_is_known_is_no_fault() -> None:
    desk = show("pace-without-parameters")
    with pytest.raises(ChipAccessError) as refused:
        desk.read(transmit=replaces(bytes.fromhex("0084"), b"\x6d\x00")(desk))
    assert refused.value.placeholders == {"protocol": "pace", "step": "parameters"}


def test_a_chip_of_any_temper_is_read_whole(subtests: pytest.Subtests) -> None:
    names: list[str] = [
        *named("reads-", "lds-", "indefinite-", "legacy-", "unsorted-", "jpeg-", "long-number-", "identity-card"),
        "ordinary",
        "large",
        "typical",
        "bare-6700",
    ]
    for extended, name in product(READERS, names):
        with subtests.test(extended=extended, name=name):
            assert outcomes(whole(show(name), extended)) == (PASSED, PASSED, PASSED)


@pytest.mark.parametrize("extended", [300, 512, 1000, 4096])
def test_a_reader_of_any_size_gets_no_longer_answer_than_it_takes(extended: int) -> None:
    desk = show("typical")
    longest = 0

    def transmit(command: bytes) -> bytes:
        nonlocal longest
        answer = desk.reader.transmit(command)
        longest = max(longest, len(answer))
        return answer

    desk.read(extended=extended, wanted=GROUPS, transmit=transmit)
    assert longest <= extended + 2


def test_a_chip_without_access_control_is_read_and_called_so() -> None:
    read = whole(show("open"))
    assert read.access.protocol == "none"
    assert outcomes(read) == (UNSUPPORTED, UNSUPPORTED, UNSUPPORTED)


@pytest.mark.parametrize("withheld", [{0x0101}, {0x011D, 0x011E, *range(0x0101, 0x0111)}])
@pytest.mark.parametrize("name", ["identity-card", "basic"])
def test_a_chip_that_keeps_its_data_to_itself_is_told_as_such(name: str, withheld: set[int]) -> None:
    desk = show(name)
    chip = desk.specimen.chip
    kept = tuple(
        replace(file, protection=Protection.NEVER) if file.identifier in withheld else file
        for file in chip.files.application
    )
    closed = SimulatedChip(Files(chip.files.master, kept), chip.secrets, chip.reads)
    with pytest.raises(ChipReservedError):
        desk.read(transmit=closed.transmit)


def test_extended_lengths_take_few_commands() -> None:
    counts = []
    for extended in READERS:
        desk = show("typical")
        desk.read(extended=extended)
        counts.append(desk.reader.wire.exchanges)
    # EF.SOD, DG1 and DG2 of 20 000 bytes: 60-90 commands of 223 bytes is what the field sees, beside the protocols.
    assert counts[0] < 130
    assert counts[1] < 40


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("clone-active", (PASSED, (Outcome.FAILED, "signature-wrong"), PASSED)),
        ("clone-chip", (PASSED, PASSED, (Outcome.FAILED, "proof-wrong"))),
        ("clone-cam", (PASSED, PASSED, (Outcome.FAILED, "proof-wrong"))),
        ("ca-keeps-old-channel", (PASSED, PASSED, (Outcome.FAILED, "proof-wrong"))),
        ("pace-stripped", ((Outcome.FAILED, "downgraded"), PASSED, PASSED)),
        ("aa-without-ca", (PASSED, PASSED, UNSUPPORTED)),
        ("basic", (PASSED, UNSUPPORTED, UNSUPPORTED)),
        ("com-lists-fewer", (PASSED, PASSED, PASSED)),
    ],
)
def test_what_a_chip_proves(name: str, expected: tuple[tuple[Outcome, str], ...]) -> None:
    assert outcomes(show(name).read()) == expected


@pytest.mark.parametrize("name", ["wrong-checksum", "replayed", "wrong-counter", "without-status"])
def test_an_answer_that_does_not_hold_ends_it(name: str) -> None:
    with pytest.raises(ChipChannelError) as refused:
        show(name).read()
    assert refused.value.placeholders == {"fault": "code-wrong"}


@pytest.mark.parametrize("name", ["pace-fails", "pace-wrong-token"])
def test_a_chip_whose_pace_fails_is_not_asked_for_bac(name: str) -> None:
    desk = show(name)
    commands: list[bytes] = []

    def transmit(command: bytes) -> bytes:
        commands.append(command)
        return desk.reader.transmit(command)

    with pytest.raises(ChipAccessError) as refused:
        desk.read(transmit=transmit)
    assert refused.value.placeholders == {"protocol": "pace", "step": "token"}
    assert CommandApdu.decode(commands[-1]).ins == 0x86
    # A test bench may go on; that it did is told.
    read = desk.read(falls_back=True)
    assert read.access.protocol == "bac"
    assert outcomes(read)[0] == (Outcome.FAILED, "downgraded")


@pytest.mark.parametrize(("name", "reason"), [("truncated", "invalid"), ("oversized", "invalid")])
def test_a_file_that_is_cut_or_too_large_is_named(name: str, reason: str) -> None:
    read = show(name).read()
    assert read.absent == {LdsFile.DG2: reason}
    assert LdsFile.DG2 not in read.files


def test_a_card_opens_with_its_number_or_its_zone() -> None:
    desk = show("identity-card")
    assert outcomes(desk.read(key=desk.can)) == (PASSED, PASSED, PASSED)
    wrong = Can.of(f"{(int(desk.specimen.can or '') + 1) % 10**6:06d}")
    with pytest.raises(ChipAccessError) as refused:
        show("identity-card").read(key=wrong)
    assert refused.value.placeholders == {"protocol": "pace", "step": "token"}


def test_bac_knows_no_card_access_number() -> None:
    with pytest.raises(ChipAccessError) as refused:
        show("basic").read(key=Can.of("123456"))
    assert refused.value.placeholders == {"protocol": "bac", "step": "key"}


@pytest.mark.parametrize(
    ("name", "protocol", "step"), [("basic", "bac", "authenticate"), ("ordinary", "pace", "token")]
)
def test_another_document_is_not_opened(name: str, protocol: str, step: str) -> None:
    with pytest.raises(ChipAccessError) as refused:
        show(name).read(key=MrzKey.of("L898902C3", "740812", "120415"))
    assert refused.value.placeholders == {"protocol": protocol, "step": step}


@pytest.mark.parametrize("name", ["removed", "removed-answering"])
def test_a_document_that_is_taken_away_ends_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[session._Session] = []
    genuine = session._Session.run

    def run(self: session._Session, wanted: frozenset[LdsFile]) -> ChipFiles:
        begun.append(self)
        return genuine(self, wanted)

    monkeypatch.setattr(session._Session, "run", run)
    with pytest.raises(DocumentRemovedError):
        show(name).read()
    # And nothing of what was read stays behind.
    assert begun[0].files
    assert not any(any(content) for content in begun[0].files.values())


def test_what_was_read_is_wiped() -> None:
    read = show("ordinary").read()
    assert "L898902C" not in repr(read)
    assert all(any(content) for content in read.files.values())
    read.wipe()
    assert not any(any(content) for content in read.files.values())


def test_progress_goes_up_to_the_whole_of_each_file() -> None:
    seen: dict[LdsFile, list[tuple[int, int]]] = {}
    desk = show("typical")
    read = desk.read(progress=lambda file, done, total: seen.setdefault(file, []).append((done, total)))
    assert seen.keys() == read.files.keys() - {LdsFile.CARD_ACCESS}
    for file, steps in seen.items():
        assert {total for _, total in steps} == {len(read.files[file])}
        assert [done for done, _ in steps] == sorted({done for done, _ in steps})
        assert steps[-1][0] == len(read.files[file])
    assert len(seen[LdsFile.DG2]) > 80


def drops_long_reads(desk: Desk, most: int, status: bytes) -> Transmit:
    """A chip that loses its session over an answer longer than it manages."""

    def transmit(command: bytes) -> bytes:
        answer = desk.reader.transmit(command)
        if CommandApdu.decode(command).cla & 0x0C and len(answer) > most + 2:
            desk.specimen.chip.reset()
            return status
        return answer

    return transmit


def test_a_chip_that_drops_the_session_over_a_long_block_is_opened_again(subtests: pytest.Subtests) -> None:
    for name, extended, most, status in product(
        ("ordinary", "basic"), READERS, (300, 240, 200, 160), (b"\x69\x88", b"\x67\x00")
    ):
        with subtests.test(status=status.hex(), name=name, extended=extended, most=most):
            desk = show(name)
            read = desk.read(extended=extended, transmit=drops_long_reads(desk, most, status))
            assert bytes(read.files[LdsFile.DG2]) == desk.specimen.groups[2]
            assert outcomes(read)[0] == PASSED


@settings(max_examples=80)
@given(st.integers(0, 80), st.integers(0, 1 << 16), st.integers(1, 255))
def test_an_answer_altered_on_the_way_never_alters_a_file(at: int, place: int, change: int) -> None:
    desk = show("basic")
    count = 0

    def transmit(command: bytes) -> bytes:
        nonlocal count
        answer = bytearray(desk.reader.transmit(command))
        if count == at:
            answer[place % len(answer)] ^= change
        count += 1
        return bytes(answer)

    try:
        read = desk.read(transmit=transmit)
    except PeripheralError:
        return
    for file, content in read.files.items():
        if file.group:
            assert bytes(content) == desk.specimen.groups[file.group]


@settings(max_examples=100)
@given(
    st.lists(st.binary(max_size=40) | st.sampled_from([b"\x90\x00", b"\x7c\x00\x90\x00", bytes(8) + b"\x90\x00"])),
    st.booleans(),
)
def test_a_chip_that_says_anything_ends_in_an_error_of_ours(answers: list[bytes], extended: bool) -> None:
    left = iter(answers)
    desk = show("ordinary")
    with pytest.raises(PeripheralError):
        desk.read(transmit=lambda _: next(left, b"\x6f\x00"), extended=READERS[extended])


@pytest.mark.parametrize("answer", [b"", b"\x90", bytes(70000)])
def test_what_is_no_answer_is_refused(answer: bytes) -> None:
    with pytest.raises(PeripheralError):
        show("ordinary").read(transmit=lambda _: answer)


def replaces(at: bytes, answer: bytes) -> Callable[[Desk], Transmit]:
    """Answer one plain command otherwise."""

    def wrap(desk: Desk) -> Transmit:
        return lambda command: answer if command.startswith(at) else desk.reader.transmit(command)

    return wrap


def test_a_garbled_offer_is_seen_from_the_signed_one() -> None:
    desk = show("ordinary")
    garbled = replaces(bytes.fromhex("00B00000"), bytes.fromhex("31033001019000"))(desk)
    read = desk.read(transmit=garbled)
    assert read.access.protocol == "bac"
    assert outcomes(read)[0] == (Outcome.FAILED, "downgraded")


PACE_3DES = "3012060A04007F0007020204020102010202010C"
#: The chip's own protocol and curve, under another id of parameters.
RENAMED = "3012060A04007F00070202040202020102020128301C060904007F000702020402300C060704007F0007010202010D020128"


def offer(*entries: str) -> bytes:
    data = bytes.fromhex("".join(entries))
    return bytes([0x31, len(data)]) + data + b"\x90\x00"


@pytest.mark.parametrize(("name", "entries"), [("pace-several", (PACE_3DES,)), ("ordinary", (RENAMED,))])
def test_an_offer_that_was_altered_shows_in_the_signed_one(name: str, entries: tuple[str, ...]) -> None:
    desk = show(name)
    read = desk.read(transmit=replaces(bytes.fromhex("00B00000"), offer(*entries))(desk))
    assert read.access.protocol == "pace"
    assert outcomes(read)[0] == (Outcome.FAILED, "offer-altered")


def test_an_offer_that_the_chip_did_not_make_opens_nothing() -> None:
    desk = show("basic")
    forged = {bytes.fromhex("00A4020C02011C"): b"\x90\x00", bytes.fromhex("00B0000000"): offer(PACE_3DES)}
    with pytest.raises(ChipAccessError) as refused:
        desk.read(transmit=lambda command: forged.get(command) or desk.reader.transmit(command))
    assert refused.value.placeholders == {"protocol": "pace", "step": "select"}
