"""Every profile makes a document, and each attack is what it says and nothing else."""

import hashlib
import io
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from asn1crypto import cms, core, x509
from cryptography import x509 as judge
from cryptography.exceptions import InvalidSignature
from PIL import Image

from peripherals.documents import ber
from peripherals.documents.mrz import parse
from peripherals.documents.passport.cms import MASTER_LIST
from peripherals.documents.passport.face import SIZE, FaceFormat, face
from peripherals.documents.passport.file_system import CARD_ACCESS, CARD_SECURITY, COM, SOD
from peripherals.documents.passport.lds import TAGS
from peripherals.documents.passport.profile import Attack
from peripherals.documents.passport.profiles import PROFILES
from peripherals.documents.passport.specimen import Specimen, build
from peripherals.documents.passport.zone import DocumentFormat, compose, information, make_person
from tests.peripherals.passport.families import few

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)


def made(name: str, seed: int = 1) -> Specimen:
    return build(PROFILES[name], AT, seed)


def on_chip(specimen: Specimen) -> dict[int, bytes]:
    files = specimen.chip.files
    return {file.identifier: file.content for file in (*files.master, *files.application)}


def signed_data(specimen: Specimen) -> cms.SignedData:
    return cms.ContentInfo.load(bytes(ber.parse_one(specimen.sod, tag=0x77).value))["content"]


def hashes(specimen: Specimen) -> dict[int, bytes]:
    """Take the list of hashes apart with another library than made it."""
    content = core.Sequence.load(signed_data(specimen)["encap_content_info"]["content"].native)
    listed = core.SequenceOf.load(content[2].dump(), spec=core.Sequence)
    return {int(each[0].native): each[1].native for each in listed}


def certificates(specimen: Specimen) -> tuple[judge.Certificate, judge.Certificate]:
    """Give the signer's certificate and the first authority that the reader trusts."""
    signer = signed_data(specimen)["certificates"][0].chosen.dump()
    return judge.load_der_x509_certificate(signer), judge.load_der_x509_certificate(specimen.trust.authorities[0])


def broken(names: Iterable[str]) -> list[str]:
    """Name the profiles whose document is not whole."""
    found = []
    for name in names:
        profile, specimen = PROFILES[name], made(name)
        parsed = x509.Certificate.load(specimen.trust.authorities[0]).native
        if not (
            profile.about
            and parse(specimen.zone).valid
            and "".join(specimen.lines) == specimen.zone
            and {1, 2} <= specimen.groups.keys()
            and all(content[0] == TAGS[number] for number, content in specimen.groups.items())
            and len(bytes(ber.parse_one(specimen.sod, tag=0x77).value)) > 500
            and parsed
            and (specimen.can is not None) is profile.can
        ):
            found.append(name)
    return found


def test_each_profile_makes_a_whole_document() -> None:
    assert broken(few(PROFILES)) == []


def test_a_specimen_is_made_again_from_its_seed() -> None:
    one, again, other = made("ordinary"), made("ordinary"), made("ordinary", 2)
    assert (one.zone, one.groups, one.sod, one.trust) == (again.zone, again.groups, again.sod, again.trust)
    assert one.zone != other.zone
    assert one.trust.authorities != other.trust.authorities


def test_what_was_signed_is_what_lies_on_the_chip() -> None:
    specimen = made("ordinary")
    assert hashes(specimen) == {number: hashlib.sha256(content).digest() for number, content in specimen.groups.items()}
    signer, authority = certificates(specimen)
    signer.verify_directly_issued_by(authority)
    files = on_chip(specimen)
    assert files[SOD] == specimen.sod
    assert {0x0100 + number for number in specimen.groups} <= files.keys()
    listed = [bytes(each.value) for each in ber.parse_one(files[COM], tag=0x60).children()]
    assert listed == [b"0107", b"040000", bytes(TAGS[number] for number in sorted(specimen.groups))]


def test_card_access_stands_in_the_signed_dg14_too() -> None:
    specimen = made("pace-several")
    offered = {bytes(each.value) for each in ber.parse_one(on_chip(specimen)[CARD_ACCESS], tag=0x31).children()}
    inner = ber.parse_one(bytes(ber.parse_one(specimen.groups[14], tag=0x6E).value), tag=0x31)
    assert len(offered) == 5
    assert offered <= {bytes(each.value) for each in inner.children()}
    assert len(on_chip(specimen)[CARD_SECURITY]) > 500


@pytest.mark.parametrize("attack", [Attack.DG1_CHANGED, Attack.DG2_CHANGED])
def test_a_changed_group_is_not_the_signed_one(attack: Attack) -> None:
    specimen = made(attack)
    wrong = [number for number, content in specimen.groups.items() if hashes(specimen)[number] != _digest(content)]
    assert wrong == [1 if attack is Attack.DG1_CHANGED else 2]


def test_a_changed_list_of_hashes_fits_the_groups_and_not_the_signature() -> None:
    specimen = made("hash-list-changed")
    assert all(hashes(specimen)[number] == _digest(content) for number, content in specimen.groups.items())
    signer = signed_data(specimen)["signer_infos"][0]
    [digest] = [each["values"][0].native for each in signer["signed_attrs"] if each["type"].native == "message_digest"]
    assert digest != _digest(signed_data(specimen)["encap_content_info"]["content"].native)


def test_who_is_not_issued_by_whom_the_reader_trusts() -> None:
    for name in (
        "self-made-signer",
        "self-made-signer-claims-key",
        "authority-unknown",
        "link-missing",
        "signer-of-another-state",
    ):
        signer, authority = certificates(made(name))
        with pytest.raises((InvalidSignature, ValueError)):
            signer.verify_directly_issued_by(authority)
    for name, claimed in (("self-made-signer", False), ("self-made-signer-claims-key", True)):
        signer, authority = certificates(made(name))
        named = signer.extensions.get_extension_for_class(judge.AuthorityKeyIdentifier).value.key_identifier
        own = authority.extensions.get_extension_for_class(judge.SubjectKeyIdentifier).value.key_identifier
        assert (named == own) is claimed
    other_state = made("signer-of-another-state")
    signer, _ = certificates(other_state)
    signer.verify_directly_issued_by(judge.load_der_x509_certificate(other_state.trust.authorities[1]))


def test_a_linked_signer_is_reached_from_the_old_key() -> None:
    specimen = made("linked")
    signer, old = certificates(specimen)
    [linked] = (judge.load_der_x509_certificate(each) for each in specimen.trust.links)
    linked.verify_directly_issued_by(old)
    signer.verify_directly_issued_by(linked)


def test_signers_that_have_expired_or_were_revoked() -> None:
    expired, _ = certificates(made("signer-expired"))
    assert expired.not_valid_after_utc < AT
    sound = made("ordinary")
    signer, _ = certificates(sound)
    assert signer.not_valid_before_utc < AT < signer.not_valid_after_utc
    for name, revoked in (("ordinary", False), ("signer-revoked", True)):
        specimen = made(name)
        signer, authority = certificates(specimen)
        found = judge.load_der_x509_crl(specimen.trust.revocation_lists[0])
        assert found.is_signature_valid(authority.public_key())  # type: ignore[arg-type]
        assert (found.get_revoked_certificate_by_serial_number(signer.serial_number) is not None) is revoked


def test_claimed_algorithms() -> None:
    signer = signed_data(made("signature-algorithm-swapped"))["signer_infos"][0]
    assert signer["signature_algorithm"]["algorithm"].native == "sha1_ecdsa"
    certificate = x509.Certificate.load(
        signed_data(made("certificate-algorithm-swapped"))["certificates"][0].chosen.dump()
    )
    assert certificate["signature_algorithm"].native != certificate["tbs_certificate"]["signature"].native


def test_keys_that_were_not_signed_and_keys_that_are_not_there() -> None:
    for name, number in (("dg15-unsigned", 15), ("dg14-unsigned", 14)):
        specimen = made(name)
        assert number in specimen.groups
        assert number not in hashes(specimen)
    active = made("clone-active").chip.secrets.active
    assert active is not None
    assert active.key.public_info() not in made("clone-active").groups[15]
    [static] = made("clone-chip").chip.secrets.static
    assert static.public not in made("clone-chip").groups[14]
    silent = made("clone-silent")
    assert (silent.chip.secrets.active, silent.chip.secrets.static) == (None, ())
    assert silent.groups.keys() >= {14, 15}
    [genuine] = made("ordinary").chip.secrets.static
    assert genuine.public in made("ordinary").groups[14]


def test_files_that_disagree() -> None:
    stripped = made("pace-stripped")
    assert CARD_ACCESS not in on_chip(stripped)
    assert stripped.chip.secrets.pace == ()
    assert len(stripped.groups[14]) == len(made("ordinary").groups[14])
    more, fewer = (bytes(on_chip(made(name))[COM]) for name in ("com-lists-more", "com-lists-fewer"))
    assert (TAGS[13] in more, TAGS[15] in fewer) == (True, False)


def test_paper_and_time() -> None:
    differs = made("paper-differs")
    zone = bytes(ber.parse_one(bytes(ber.parse_one(differs.groups[1], tag=0x61).value), tag=0x5F1F).value).decode()
    assert zone != differs.zone
    assert zone[44:] == differs.zone[44:]
    assert parse(made("document-expired").zone).field("expiry_date") < AT.strftime("%y%m%d")
    assert parse(made("ordinary").zone).field("expiry_date") > AT.strftime("%y%m%d")


def test_lengths_that_are_wrong() -> None:
    truncated = made("truncated").groups[2]
    assert (ber.total_length(truncated[:16]) or 0) > 1.9 * len(truncated)
    assert (ber.total_length(made("oversized").groups[2][:16]) or 0) > 1 << 30


def test_the_sod_in_other_forms() -> None:
    assert bytes(ber.parse_one(made("indefinite-sod").sod).value).startswith(b"\x30\x80")
    legacy = signed_data(made("legacy-oid"))["encap_content_info"]["content_type"]
    assert legacy.dotted == "1.3.27.1.1.1"
    national = signed_data(made("legacy-oid-national"))["encap_content_info"]["content_type"]
    assert national.dotted == "1.2.528.1.1006.1.20.1"
    newer = core.Sequence.load(signed_data(made("lds-1.8"))["encap_content_info"]["content"].native)
    assert (newer[0].native, len(newer), newer[3][0].native) == (1, 4, "0108")


def test_a_picture_in_a_record_of_iso_39794() -> None:
    [_, template] = ber.parse_one(bytes(ber.parse_one(made("iso-39794").groups[2], tag=0x75).value)).children()
    value = bytes(template.children()[1].value)
    # The elements of annex A on the way to the picture: data block, representations, representation, 2D picture.
    for tag in (0xA1, 0x65, 0xA1, 0x30, 0xA1, 0xA0, 0xA0, 0x80):
        value = bytes(ber.need(ber.parse(value), tag))
    assert value == face(FaceFormat.JPEG_2000, 12_000)


def test_trust_material_is_written_to_a_folder(tmp_path: Path) -> None:
    specimen = made("linked-listed")
    written = specimen.trust.write(tmp_path / "trust")
    names = ["authority-1.cer", "link-1.cer", "master-list.ml", "revoked-1.crl", "revoked-2.crl"]
    assert sorted(path.name for path in written) == names
    assert all(path.stat().st_size for path in written)
    listed = cms.ContentInfo.load((tmp_path / "trust" / "master-list.ml").read_bytes())["content"]
    assert listed["encap_content_info"]["content_type"].dotted == MASTER_LIST


@pytest.mark.parametrize("coding", list(FaceFormat))
@pytest.mark.parametrize("size", [12_000, 20_000])
def test_faces_are_pictures_of_about_the_size_that_is_ordered(coding: FaceFormat, size: int) -> None:
    encoded = face(coding, size)
    assert abs(len(encoded) - size) <= (0 if coding is FaceFormat.JPEG else 200)
    picture = Image.open(io.BytesIO(encoded))
    picture.load()
    assert picture.size == SIZE
    assert len({face(coding, size, variant) for variant in range(4)}) == 4


def test_composed_zones_are_read_by_the_parser(subtests: pytest.Subtests) -> None:
    for seed, layout in product(range(12), DocumentFormat):
        with subtests.test(seed=seed, layout=layout):
            long = seed % 2 == 0 and layout is not DocumentFormat.TD3
            person = make_person(seed, (AT + timedelta(days=seed)).date(), long_number=long)
            zone = parse(compose(layout, person))
            assert zone.valid
            assert zone.field("document_number") == person.number
            assert zone.field("birth_date") == person.birth.strftime("%y%m%d")
            assert information(person).startswith(person.number)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
