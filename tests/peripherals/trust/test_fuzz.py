"""Whatever comes as a certificate, a list or a security object is read, or gives the one error, in bounded time."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peripherals.documents import ber
from peripherals.documents.passport import cms as make
from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm, SigningScheme
from peripherals.documents.trust import certificate, cms, crl, files, keys, master_list, sod
from peripherals.documents.verdicts import Check
from peripherals.errors import ChipDataError, TrustError
from tests.peripherals.mutation import mutations
from tests.peripherals.trust.material import AT, files_of, judge, specimen, validity

AUTHORITY = pki.make_authority(pki.UTOPIA, Algorithm(explicit=True), validity(-3000), 0)
RSA = pki.make_authority(pki.UTOPIA, Algorithm(SigningScheme.PSS), validity(-3000), 0)
LISTER = pki.issue_list_signer(AUTHORITY, Algorithm(), validity(), 0)
LIST = make.master_list([AUTHORITY.certificate, RSA.certificate], LISTER, AUTHORITY.certificate, AT)
CRL = pki.revocation_list(AUTHORITY, [1, 2, 3], AT)
LONG = 100_000
READERS: list[tuple[Callable[[bytes], object], bytes, type[Exception]]] = [
    (certificate.read, AUTHORITY.certificate, TrustError),
    (certificate.read, RSA.certificate, TrustError),
    (lambda data: certificate.read(data).public_key(), AUTHORITY.certificate, TrustError),
    (keys.public_key, AUTHORITY.key.public_info(), TrustError),
    (keys.public_key, RSA.key.public_info(), TrustError),
    (crl.read, CRL, TrustError),
    (master_list.read, LIST, TrustError),
    (lambda data: cms.read(data, longest=LONG), LIST, TrustError),
    (files.recognise, LIST, TrustError),
    (files.recognise, CRL, TrustError),
    (sod.read, specimen("ordinary").sod, ChipDataError),
    (sod.read, specimen("indefinite-sod").sod, ChipDataError),
    (sod.read, specimen("lds-1.8").sod, ChipDataError),
]


@pytest.mark.parametrize(("read", "sample", "error"), READERS)
@given(data=st.data())
def test_mutated(read: Callable[[bytes], object], sample: bytes, error: type[Exception], data: st.DataObject) -> None:
    changed = data.draw(mutations(sample))
    try:
        read(changed)
    except error:
        return


@pytest.mark.parametrize(("read", "sample", "error"), READERS)
@given(data=st.binary(max_size=100))
def test_any_bytes(read: Callable[[bytes], object], sample: bytes, error: type[Exception], data: bytes) -> None:
    for given_data in (data, sample[:20] + data):
        try:
            read(given_data)
        except error:
            continue


@given(data=st.data(), name=st.sampled_from(["EF.SOD", "EF.COM", "DG1", "DG2", "DG14"]))
def test_a_document_is_judged_whatever_is_on_it(data: st.DataObject, name: str) -> None:
    made = specimen("ordinary")
    read = files_of(made)
    changed = data.draw(mutations(read[name]))
    verdicts = judge(made, files=read | {name: changed})
    if changed != read[name] and name.startswith("DG"):
        assert verdicts[Check.CONTENT].reason == f"{name.lower()}-changed"


# --- what is made to take long -------------------------------------------------------------------------------------


def nested(count: int) -> bytes:
    data = b""
    for _ in range(count):
        data = ber.encode(0x30, data)
    return data


@pytest.mark.parametrize(
    "data",
    [
        nested(4000),
        b"\x30\x80" * 15_000,
        b"\x24\x80" * 15_000,
        ber.encode(0x30, b"\x05\x00" * 15_000),
        ber.encode(0x30, ber.encode(0x06, b"\xff" * 30_000)),
        ber.encode(0x30, ber.encode(0x02, b"\x7f" * 30_000)),
        ber.encode(0x30, ber.encode(0x1F81, b"\xff" * 30_000)),
    ],
    ids=["deep", "open", "pieces", "wide", "oid", "number", "tag"],
)
@pytest.mark.parametrize("read", [certificate.read, crl.read, master_list.read, files.recognise, keys.public_key])
def test_shapes_that_are_made_to_take_long(read: Callable[[bytes], object], data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(TrustError):
        read(data)
    with pytest.raises(ChipDataError):
        sod.read(ber.encode(0x77, data))
    assert time.process_time() - began < 20
