"""What is let into the folder of what is trusted, what is kept out, what goes."""

import fcntl
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from peripherals.documents.passport import cms as make
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust import certificate, crl, files, update
from peripherals.errors import TrustError
from tests.peripherals.trust.material import AT, validity

LIFE = validity(-3000)
FIRST, SECOND = (pki.make_authority(pki.UTOPIA, Algorithm(), LIFE, 0, label) for label in ("1", "2"))
ELSEWHERE = pki.make_authority(pki.ELSEWHERE, Algorithm(), LIFE, 0)
THIRD_STATE = pki.State("XX", "XXZ", "Nowhere")
NOWHERE = pki.make_authority(THIRD_STATE, Algorithm(), LIFE, 0)
DAY = timedelta(days=1)


def master_list(*authorities: bytes, by: pki.Authority = FIRST, days: int = 0) -> bytes:
    lister = pki.issue_list_signer(by, Algorithm(), LIFE, 0)
    return make.master_list(authorities, lister, by.certificate, AT + days * DAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "trust"


@pytest.fixture
def put(tmp_path: Path) -> "Put":
    return Put(tmp_path)


class Put:
    """Write files to be let in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, data: bytes, name: str = "given") -> Path:
        path = self._folder / name
        path.write_bytes(data)
        return path


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def fault(*paths: Path, folder: Path) -> str:
    before = kept(folder) if folder.exists() else {}
    with pytest.raises(TrustError) as caught:
        update.update(paths, folder)
    assert kept(folder) == before, "something was let in"
    return str(caught.value.placeholders["fault"])


def test_the_first_list_is_believed_and_says_so(folder: Path, put: Put) -> None:
    done = update.update([put(master_list(FIRST.certificate, ELSEWHERE.certificate))], folder)
    assert {each.der for each in done.added} == {FIRST.certificate, ELSEWHERE.certificate}
    assert done.removed == ()
    first = certificate.read(FIRST.certificate)
    assert done.signers == (update.ListSigner("UT", first.fingerprint, first=True),)
    store = files.load(folder)
    assert store.trusts(first)
    assert not store.faults


def test_a_newer_list_takes_the_place_of_the_older_one(folder: Path, put: Put) -> None:
    update.update([put(master_list(FIRST.certificate, ELSEWHERE.certificate))], folder)
    done = update.update([put(master_list(FIRST.certificate, NOWHERE.certificate, days=1))], folder)
    assert [each.der for each in done.added] == [NOWHERE.certificate]
    assert [each.der for each in done.removed] == [ELSEWHERE.certificate]
    assert not done.signers[0].first
    assert len(kept(folder)) == 1
    assert fault(put(master_list(FIRST.certificate)), folder=folder) == "list-older"


def test_a_list_under_another_name_is_replaced_too(folder: Path, put: Put) -> None:
    folder.mkdir()
    (folder / "UT_2026.ml").write_bytes(master_list(FIRST.certificate, ELSEWHERE.certificate))
    done = update.update([put(master_list(FIRST.certificate, days=1))], folder)
    assert [each.der for each in done.removed] == [ELSEWHERE.certificate]
    assert len(kept(folder)) == 1


def test_the_same_list_again_changes_nothing(folder: Path, put: Put) -> None:
    given = put(master_list(FIRST.certificate))
    update.update([given], folder)
    before = kept(folder)
    done = update.update([given], folder)
    assert (done.added, done.removed, kept(folder)) == ((), (), before)


def test_a_list_of_somebody_who_is_not_trusted_is_kept_out(folder: Path, put: Put) -> None:
    update.update([put(master_list(FIRST.certificate))], folder)
    given = put(master_list(NOWHERE.certificate, FIRST.certificate, by=NOWHERE))
    assert fault(given, folder=folder) == "list-signer-unknown"


def test_a_list_that_the_authority_signed_itself(folder: Path, put: Put) -> None:
    signer = pki.SimulatedSigner(FIRST.key, FIRST.certificate, FIRST.serial, FIRST.name)
    listed = make.master_list([FIRST.certificate, ELSEWHERE.certificate], signer, ELSEWHERE.certificate, AT)
    assert fault(put(NOWHERE.certificate, "other"), put(listed), folder=folder) == "list-signer-unknown"
    update.update([put(FIRST.certificate, "authority")], folder)
    done = update.update([put(listed)], folder)
    assert [each.der for each in done.added] == [ELSEWHERE.certificate]
    assert done.signers[0].authority == certificate.read(FIRST.certificate).fingerprint


def test_an_authority_signs_lists_in_the_name_of_its_own_state_alone(folder: Path, put: Put) -> None:
    lister = pki.issue_list_signer(replace(FIRST, state=pki.ELSEWHERE), Algorithm(), LIFE, 0)
    assert certificate.read(lister.certificate).country == "ZZ"
    given = make.master_list([FIRST.certificate], lister, FIRST.certificate, AT)
    assert fault(put(given), folder=folder) == "list-signer-unknown"


def test_a_list_of_another_trusted_state_is_let_in(folder: Path, put: Put) -> None:
    update.update([put(master_list(FIRST.certificate, ELSEWHERE.certificate))], folder)
    done = update.update([put(master_list(ELSEWHERE.certificate, NOWHERE.certificate, by=ELSEWHERE))], folder)
    assert [each.der for each in done.added] == [NOWHERE.certificate]
    assert [each.country for each in done.signers] == ["ZZ"]


def test_a_list_under_a_new_key_brings_its_link(folder: Path, put: Put) -> None:
    update.update([put(master_list(FIRST.certificate))], folder)
    link = pki.link(FIRST, SECOND)
    unlinked = put(master_list(FIRST.certificate, SECOND.certificate, by=SECOND, days=1))
    assert fault(unlinked, folder=folder) == "list-signer-unknown"
    done = update.update([put(master_list(FIRST.certificate, SECOND.certificate, link, by=SECOND, days=1))], folder)
    assert {each.der for each in done.added} == {SECOND.certificate, link}


def test_certificates_come_in_by_themselves(folder: Path, put: Put) -> None:
    signer = pki.issue_document_signer(SECOND, Algorithm(), validity(), 0).certificate
    link = pki.link(FIRST, SECOND)
    # In any order: what stands on another comes after it.
    given = [put(signer, "a"), put(link, "b"), put(FIRST.certificate, "c")]
    done = update.update(given, folder)
    assert {each.der for each in done.added} == {signer, link, FIRST.certificate}
    assert len(kept(folder)) == 3
    store = files.load(folder)
    assert [each.der for each in store.signers] == [signer]


def test_a_link_to_nobody_is_kept_out_and_all_that_came_with_it(folder: Path, put: Put) -> None:
    given = [put(ELSEWHERE.certificate, "a"), put(pki.link(FIRST, SECOND), "b")]
    assert fault(*given, folder=folder) == "authority-unlinked"


def test_a_signer_of_nobody_is_kept_out(folder: Path, put: Put) -> None:
    signer = pki.issue_document_signer(FIRST, Algorithm(), validity(), 0).certificate
    assert fault(put(ELSEWHERE.certificate, "a"), put(signer, "b"), folder=folder) == "signer-unknown"


def test_revocation_lists_come_from_whom_they_are_about(folder: Path, put: Put) -> None:
    update.update([put(FIRST.certificate)], folder)
    assert fault(put(pki.revocation_list(ELSEWHERE, [], AT)), folder=folder) == "signer-unknown"
    done = update.update([put(pki.revocation_list(FIRST, [5], AT))], folder)
    assert (done.revocations, done.added) == (1, ())
    update.update([put(pki.revocation_list(FIRST, [5, 6], AT + DAY))], folder)
    assert [each.revoked for each in files.load(folder).revocations] == [{5, 6}]
    assert fault(put(pki.revocation_list(FIRST, [], AT)), folder=folder) == "list-older"


def test_a_lower_number_is_older_whatever_its_date() -> None:
    given = crl.read(pki.revocation_list(FIRST, [], AT))
    later = replace(given, number=0, this_update=AT + DAY)
    with pytest.raises(TrustError, match="list-older"):
        update._refuse_older(given, later)
    update._refuse_older(later, replace(given, this_update=AT + DAY))


def test_an_error_names_its_file(folder: Path, put: Put) -> None:
    with pytest.raises(TrustError) as caught:
        update.update([put(FIRST.certificate, "good.cer"), put(b"rubbish", "bad.cer")], folder)
    assert caught.value.placeholders == {"fault": "file-unknown", "file": "bad.cer"}
    with pytest.raises(TrustError, match="path-unreadable"):
        update.update([folder / "missing"], folder)


def test_only_one_at_a_time(folder: Path, put: Put) -> None:
    folder.mkdir()
    with (folder / ".lock").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert fault(put(FIRST.certificate), folder=folder) == "store-busy"


def test_a_folder_that_cannot_be_written(folder: Path, put: Put) -> None:
    given = put(FIRST.certificate)
    name = update._slot(certificate.read(FIRST.certificate))
    # A folder stands where the new file would be written.
    (folder / f".{name}.new").mkdir(parents=True)
    assert fault(given, folder=folder) == "store-unwritable"
