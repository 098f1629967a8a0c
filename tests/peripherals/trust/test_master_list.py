"""Master lists: the real one of Germany where it lies beside the repository, and made-up ones."""

import time
from pathlib import Path

import pytest

from peripherals.documents.passport import cms as make
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust import master_list
from peripherals.documents.trust.keys import EcKey
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.trust.update import list_issuer
from peripherals.errors import TrustError
from tests.peripherals.trust.material import AT, validity

REAL = Path(__file__).parents[4] / "shared" / "data" / "master-lists"


@pytest.fixture(scope="module")
def real() -> bytes:
    files = sorted(REAL.glob("DE_ML_*.ml"))
    if not files:
        pytest.skip(f"no master list in {REAL}")
    return files[-1].read_bytes()


def test_every_certificate_of_a_national_list_is_usable(real: bytes) -> None:
    began = time.process_time()
    listed = master_list.read(real)
    store = TrustStore(listed.certificates)
    unusable = [(each.country, each.fingerprint) for each in store.unusable()]
    assert unusable == []
    assert listed.unread == ()
    assert len(store.authorities) == len(listed.certificates) == 588
    assert time.process_time() - began < 60


def test_the_list_was_issued_under_its_own_states_authority(real: bytes) -> None:
    listed = master_list.read(real)
    issuer = list_issuer(listed, TrustStore(listed.certificates))
    assert issuer is not None
    assert (listed.country, issuer.country) == ("DE", "DE")


def test_it_holds_what_other_libraries_refuse(real: bytes) -> None:
    keys = [each.public_key() for each in master_list.read(real).certificates]
    names = {key.domain.name for key in keys if isinstance(key, EcKey)}
    assert names >= {"brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1", "secp521r1"}


def test_loading_checks_no_certificate(real: bytes) -> None:
    store = TrustStore(master_list.read(real).certificates)
    assert store._judged == {}
    asked = store.authorities[0]
    assert store.trusts(asked)
    assert len(store._judged) < 5


@pytest.mark.parametrize("at", [0.2, 0.5, 0.9])
def test_a_flipped_bit_in_the_list_is_seen(real: bytes, at: float) -> None:
    changed = bytearray(real)
    changed[int(len(changed) * at)] ^= 1
    with pytest.raises(TrustError, match="list-signature-wrong"):
        master_list.read(bytes(changed))


# --- made-up ones --------------------------------------------------------------------------------------------------

UTOPIA = pki.make_authority(pki.UTOPIA, Algorithm(), validity(-3000), 0)
ELSEWHERE = pki.make_authority(pki.ELSEWHERE, Algorithm(curve="brainpoolP320r1", explicit=True), validity(-3000), 0)
LISTER = pki.issue_list_signer(UTOPIA, Algorithm(), validity(), 0)


def test_a_list_gives_certificates_signer_and_time() -> None:
    made = make.master_list([UTOPIA.certificate, ELSEWHERE.certificate], LISTER, UTOPIA.certificate, AT)
    listed = master_list.read(made)
    assert [each.der for each in listed.certificates] == sorted([UTOPIA.certificate, ELSEWHERE.certificate])
    assert (listed.signer.der, listed.signed_at, listed.country) == (LISTER.certificate, AT, "UT")


def test_a_certificate_that_cannot_be_read_is_counted() -> None:
    listed = master_list.read(
        make.master_list([UTOPIA.certificate, _with_unknown_critical()], LISTER, UTOPIA.certificate, AT)
    )
    assert (len(listed.certificates), listed.unread) == (1, ("extension-unknown",))


def _with_unknown_critical() -> bytes:
    """Make basic constraints, which are critical, something that nobody knows."""
    return ELSEWHERE.certificate.replace(bytes.fromhex("0603551D13"), bytes.fromhex("0603551D7F"))


def test_a_list_by_who_may_sign_documents_only_is_refused() -> None:
    signer = pki.issue_document_signer(UTOPIA, Algorithm(), validity(), 0)
    with pytest.raises(TrustError, match="list-signer-purpose"):
        master_list.read(make.master_list([UTOPIA.certificate], signer, UTOPIA.certificate, AT))


def test_a_list_whose_signer_is_not_there_is_refused() -> None:
    made = make.signed_data(
        make.MASTER_LIST, b"", LISTER, at=AT, more=[UTOPIA.certificate], quirks=make.Quirks(without_certificate=True)
    )
    with pytest.raises(TrustError, match="list-signer-missing"):
        master_list.read(made)


@pytest.mark.parametrize(
    ("content_type", "content"),
    [("2.23.136.1.1.1", b"\x30\x00"), (make.MASTER_LIST, b""), (make.MASTER_LIST, bytes.fromhex("30050201013100"))],
    ids=["other-content", "empty", "later-version"],
)
def test_what_is_no_list_is_refused(content_type: str, content: bytes) -> None:
    with pytest.raises(TrustError, match="list-invalid"):
        master_list.read(make.signed_data(content_type, content, LISTER, at=AT))
