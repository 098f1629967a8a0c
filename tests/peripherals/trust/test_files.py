"""What is trusted, read from files."""

from pathlib import Path

import pytest
from asn1crypto import pem

from peripherals.documents.passport import cms as make
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust import files
from peripherals.errors import TrustError
from tests.peripherals.trust.material import AT, validity

LIFE = validity(-3000)
FIRST = pki.make_authority(pki.UTOPIA, Algorithm(), LIFE, 0, "1")
ELSEWHERE = pki.make_authority(pki.ELSEWHERE, Algorithm(), LIFE, 0)


def master_list(*authorities: bytes) -> bytes:
    lister = pki.issue_list_signer(FIRST, Algorithm(), LIFE, 0)
    return make.master_list(authorities, lister, FIRST.certificate, AT)


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


def test_a_store_may_be_one_file(put: Put) -> None:
    assert len(files.load(put(master_list(FIRST.certificate, ELSEWHERE.certificate))).authorities) == 2
    assert len(files.load(put(FIRST.certificate)).authorities) == 1
    with pytest.raises(TrustError, match="file-unknown"):
        files.load(put(b"rubbish"))
    with pytest.raises(TrustError, match="list-signature-wrong"):
        files.load(put(master_list(FIRST.certificate).replace(b"Utopia CSCA 1", b"Utopia CSCA 9")))


def test_certificates_and_lists_may_be_text(put: Put) -> None:
    assert files.recognise(pem.armor("CERTIFICATE", FIRST.certificate)) == files.recognise(FIRST.certificate)
    listed = pki.revocation_list(FIRST, [5], AT)
    assert files.recognise(pem.armor("X509 CRL", listed)) == files.recognise(listed)
    assert len(files.load(put(pem.armor("CERTIFICATE", FIRST.certificate))).authorities) == 1


def test_one_bad_file_does_not_take_the_others_away(folder: Path) -> None:
    folder.mkdir()
    (folder / "good.cer").write_bytes(FIRST.certificate)
    (folder / "bad.cer").write_bytes(b"rubbish")
    (folder / "cut.ml").write_bytes(master_list(FIRST.certificate)[:-9])
    (folder / "README.txt").write_text("not ours")
    store = files.load(folder)
    assert len(store.authorities) == 1
    assert set(store.faults) == {"bad.cer", "cut.ml"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TrustError, match="path-unreadable"):
        files.load(tmp_path / "missing")
    assert files.load(tmp_path).authorities == ()


def test_a_file_that_is_too_long_is_not_read(put: Put) -> None:
    path = put(b"")
    with path.open("r+b") as file:
        file.truncate(files.LONGEST + 1)
    with pytest.raises(TrustError, match="message-long"):
        files.load(path)
