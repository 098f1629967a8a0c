"""Who is trusted, and why: one's own signature, a link, or the key of somebody trusted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from peripherals.documents.passport import pki
from peripherals.documents.passport.keys import Algorithm
from peripherals.documents.trust import certificate, crl
from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.store import TrustStore
from tests.peripherals.trust.material import AT, validity

LIFE = validity(-3000)
FIRST, SECOND, THIRD = (pki.make_authority(pki.UTOPIA, Algorithm(), LIFE, 0, label) for label in ("1", "2", "3"))
ELSEWHERE = pki.make_authority(pki.ELSEWHERE, Algorithm(), LIFE, 0)


def read(authority: pki.Authority) -> Certificate:
    return certificate.read(authority.certificate)


def linked(old: pki.Authority, new: pki.Authority) -> Certificate:
    return certificate.read(pki.link(old, new))


def signer(authority: pki.Authority) -> Certificate:
    return certificate.read(pki.issue_document_signer(authority, Algorithm(), validity(), 0).certificate)


def test_an_authority_that_signed_itself_is_trusted() -> None:
    store = TrustStore((read(FIRST),))
    assert store.trusts(read(FIRST))
    assert store.issuer_of(signer(FIRST)) == read(FIRST)
    assert store.issuer_of(signer(SECOND)) is None


def test_one_that_is_not_in_the_store_is_not_trusted() -> None:
    assert not TrustStore((read(FIRST),)).trusts(read(SECOND))


def test_trust_follows_links_in_any_order() -> None:
    links = (linked(SECOND, THIRD), linked(FIRST, SECOND))
    for given in ((*links, read(FIRST)), (read(FIRST), *reversed(links))):
        store = TrustStore(given)
        assert list(store.unusable()) == []
        assert store.issuer_of(signer(THIRD)) == links[0]


def test_a_link_without_its_old_key_gives_no_trust() -> None:
    link = linked(FIRST, SECOND)
    store = TrustStore((link, linked(SECOND, THIRD)))
    assert len(list(store.unusable())) == 2
    assert store.issuer_of(signer(SECOND)) is None
    assert store.issuers_of(signer(SECOND)) == [link]


def test_a_link_that_bears_the_old_name_and_another_key_gives_no_trust() -> None:
    forged = linked(replace(FIRST, key=THIRD.key), SECOND)
    assert forged.issuer == read(FIRST).subject
    store = TrustStore((read(FIRST), forged))
    assert list(store.unusable()) == [forged]
    assert store.issuer_of(signer(SECOND)) is None


def test_a_list_of_an_authority_that_is_not_trusted_does_not_count() -> None:
    listed = crl.read(pki.revocation_list(SECOND, [], AT))
    assert not TrustStore((linked(FIRST, SECOND),), (listed,)).vouches(listed)
    assert TrustStore((linked(FIRST, SECOND), read(FIRST)), (listed,)).vouches(listed)


def test_a_circle_of_links_gives_no_trust() -> None:
    circle = (linked(FIRST, SECOND), linked(SECOND, THIRD), linked(THIRD, FIRST))
    assert set(TrustStore(circle).unusable()) == set(circle)
    # Whoever is asked for first: one that is trusted makes the whole circle so.
    for first in circle:
        store = TrustStore((*circle, read(SECOND)))
        assert store.trusts(first)
        assert list(store.unusable()) == []


def test_a_link_whose_issuer_is_gone_is_known_by_its_key() -> None:
    link = linked(FIRST, SECOND)
    assert TrustStore((link, read(SECOND))).trusts(link)


def test_the_key_of_another_state_gives_no_trust() -> None:
    # The same key under the name of another state: only a link that nobody trusted signed could say so.
    borrowed = pki.Authority(pki.ELSEWHERE, SECOND.key, ELSEWHERE.name, b"", SECOND.serial, LIFE)
    link = linked(FIRST, borrowed)
    assert (link.country, link.key_info) == ("ZZ", read(SECOND).key_info)
    assert not TrustStore((link, read(SECOND))).trusts(link)


def test_several_keys_of_one_name_are_told_apart() -> None:
    one, other = (pki.make_authority(pki.UTOPIA, Algorithm(), LIFE, seed) for seed in (1, 2))
    store = TrustStore((read(one), read(other)))
    assert read(one).subject == read(other).subject
    assert (store.issuer_of(signer(one)), store.issuer_of(signer(other))) == (read(one), read(other))


def test_signers_in_the_store_give_no_trust() -> None:
    store = TrustStore((signer(FIRST),))
    assert (store.authorities, store.signers) == ((), (signer(FIRST),))
    assert not store.trusts(signer(FIRST))


def test_the_newest_list_of_a_trusted_authority_counts() -> None:
    older, newer = (crl.read(pki.revocation_list(FIRST, [1], AT - timedelta(days=days))) for days in (9, 1))
    foreign = crl.read(pki.revocation_list(ELSEWHERE, [1], AT))
    forger = pki.Authority(pki.UTOPIA, SECOND.key, FIRST.name, b"", 1, LIFE)
    forged = crl.read(pki.revocation_list(forger, [signer(FIRST).serial], AT))
    store = TrustStore((read(FIRST),), (older, foreign, forged, newer))
    assert store.revocations_for(signer(FIRST)) == [newer, older]
    assert store.revocations_for(signer(SECOND)) == []
    assert not store.vouches(foreign)


@pytest.mark.parametrize("names", [1, 300])
def test_a_signature_is_checked_once(names: int) -> None:
    many = [pki.make_authority(pki.UTOPIA, Algorithm(), LIFE, 0, f"many-{at}") for at in range(names)]
    store = TrustStore(tuple(read(each) for each in many))
    assert store.issuer_of(signer(many[0])) == read(many[0])
    assert len(store._judged) == 1
