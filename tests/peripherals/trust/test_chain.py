"""From a message to its signer, where the message is not quite as the standard has it."""

import hashlib
from dataclasses import replace

import pytest

from peripherals.documents.trust import certificate, chain, sod
from peripherals.documents.trust.chain import Basis, Chain
from peripherals.documents.trust.cms import SignedMessage, SignerInfo
from peripherals.documents.trust.policy import Policy
from peripherals.documents.verdicts import Outcome
from tests.peripherals.trust.material import AT, authority_of, specimen, store_of


def judge(message: SignedMessage) -> Chain:
    return chain.judge(message, Basis(store_of(specimen("ordinary").trust), AT, Policy()))


@pytest.fixture
def message() -> SignedMessage:
    return sod.read(specimen("ordinary").sod).message


def by(message: SignedMessage, signer: SignerInfo) -> SignedMessage:
    return replace(message, signer=signer)


def test_a_hash_of_the_content_that_is_too_weak(message: SignedMessage) -> None:
    # The signature itself is by SHA-256, over attributes that hold a hash by SHA-1.
    digest = hashlib.sha1(message.content).digest()  # noqa: S324 - the weak hash is what is tried
    found = judge(by(message, replace(message.signer, digest="sha1", message_digest=digest)))
    assert (found.signature.outcome, str(found.signature.reason)) == (Outcome.FAILED, "algorithm-refused")


def test_a_signer_that_is_named_otherwise_than_its_certificate(message: SignedMessage) -> None:
    renamed = replace(message.signer, serial=1)
    assert judge(by(message, renamed)).signature.outcome is Outcome.PASSED
    several = (*message.certificates, certificate.read(authority_of(specimen("ordinary")).certificate))
    found = judge(replace(by(message, renamed), certificates=several))
    assert (found.signature.outcome, str(found.signature.reason)) == (Outcome.NOT_CHECKED, "signer-missing")


def test_of_two_certificates_with_one_name_the_one_that_signed(message: SignedMessage) -> None:
    [signer] = message.certificates
    authority = certificate.read(authority_of(specimen("ordinary")).certificate)
    other = replace(authority, issuer=signer.issuer, serial=signer.serial)
    found = judge(replace(message, certificates=(other, signer)))
    assert (found.signer, found.signature.outcome) == (signer, Outcome.PASSED)
