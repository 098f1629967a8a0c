"""From a signed message to a trusted authority: who signed, who issued the signer, when, and what was taken back.

Each question is a verdict of its own (ICAO Doc 9303-11, 5.1; 9303-12, 4 to 8). They are asked of security objects,
of EF.CardSecurity and of whatever else such a signer signs.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peripherals.documents.trust import cms
from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.cms import SignedMessage
from peripherals.documents.trust.policy import Policy
from peripherals.documents.trust.reasons import Reason
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, Outcome, Verdict
from peripherals.errors import TrustError

#: How far the clocks of a signer and of this machine may differ.
_CLOCKS = timedelta(days=1)
_FAULTS = {
    "digest-wrong": Reason.HASH_LIST_CHANGED,
    "signature-wrong": Reason.SIGNATURE_WRONG,
    "content-type-wrong": Reason.SOD_MALFORMED,
}
_UNREAD = {
    "algorithm-swapped": (Outcome.FAILED, Reason.ALGORITHM_SWAPPED),
    "algorithm-unknown": (Outcome.NOT_CHECKED, Reason.ALGORITHM_UNKNOWN),
}


@dataclass(frozen=True, slots=True)
class Basis:
    """By what a signature is judged; ``at`` is now, with a zone."""

    store: TrustStore
    at: datetime
    policy: Policy


@dataclass(frozen=True, slots=True)
class Chain:
    """``signer`` is None where its certificate is nowhere, ``authority`` where no trusted one issued it."""

    signer: Certificate | None
    authority: Certificate | None
    signature: Verdict
    issuer: Verdict
    validity: Verdict
    revocation: Verdict


def judge(message: SignedMessage, basis: Basis) -> Chain:
    """Ask every question of a message."""
    store, at = basis.store, basis.at
    signer, signature = _signature(message, store, basis.policy)
    if signer is None:
        unasked = [
            Verdict(check, Outcome.NOT_CHECKED, Reason.SIGNER_MISSING)
            for check in (Check.ISSUER, Check.VALIDITY, Check.REVOCATION)
        ]
        return Chain(None, None, signature, *unasked)
    authority, issuer = issuer_of(signer, store, basis.policy)
    return Chain(
        signer,
        authority,
        signature,
        issuer,
        validity_of(signer, authority, message.signer.signing_time, at),
        revocation_of(signer, authority, store, at),
    )


def issuer_of(signer: Certificate, store: TrustStore, policy: Policy) -> tuple[Certificate | None, Verdict]:
    """Find the trusted authority that issued a signer.

    A state that changed its key and one whose name somebody borrowed look alike where the key is not known here:
    that is not checked, not failed. Failed is a signer that names a known key which did not sign it.
    """
    trusted = [each for each in store.issuers_of(signer) if store.trusts(each)]
    if trusted:
        valid = [each for each in trusted if each.valid_at(signer.not_before)]
        verdict = Verdict(Check.ISSUER, Outcome.PASSED)
        if not policy.takes(signer.algorithm, signer.not_before):
            verdict = Verdict(Check.ISSUER, Outcome.FAILED, Reason.ALGORITHM_REFUSED)
        return (valid or trusted)[0], verdict
    return None, _unknown_issuer(signer, store)


def validity_of(
    signer: Certificate, authority: Certificate | None, signing_time: datetime | None, at: datetime
) -> Verdict:
    """Tell whether signer and authority were valid when they signed (9303-12, 4.1).

    The authority: when the signer's certificate began. The signer: at the time that the message gives, and not past
    now either. A certificate has to outlive every document that was signed with it, so that an expired one under a
    document that is still good tells of a key that got away: whoever has it can write any time into the message.
    """
    signed = at if signing_time is None else signing_time
    reason: Reason | None = None
    if signed > at + _CLOCKS:
        reason = Reason.SIGNED_IN_FUTURE
    elif max(signed, at) > signer.not_after:
        reason = Reason.SIGNER_EXPIRED
    elif signed < signer.not_before:
        reason = Reason.SIGNER_NOT_YET_VALID
    elif authority is not None and signer.not_before > authority.not_after:
        reason = Reason.AUTHORITY_EXPIRED
    elif authority is not None and signer.not_before < authority.not_before:
        reason = Reason.AUTHORITY_NOT_YET_VALID
    if reason is not None:
        return Verdict(Check.VALIDITY, Outcome.FAILED, reason)
    if authority is None:
        return Verdict(Check.VALIDITY, Outcome.NOT_CHECKED, Reason.ISSUER_UNKNOWN)
    return Verdict(Check.VALIDITY, Outcome.PASSED)


def revocation_of(signer: Certificate, authority: Certificate | None, store: TrustStore, at: datetime) -> Verdict:
    """Tell whether signer or authority was taken back. A signer once on a list stays taken back."""
    if authority is None:
        return Verdict(Check.REVOCATION, Outcome.NOT_CHECKED, Reason.ISSUER_UNKNOWN)
    lists = store.revocations_for(signer)
    if any(signer.serial in each.revoked for each in lists):
        return Verdict(Check.REVOCATION, Outcome.FAILED, Reason.SIGNER_REVOKED)
    if any(authority.serial in each.revoked for each in store.revocations_for(authority)):
        return Verdict(Check.REVOCATION, Outcome.FAILED, Reason.AUTHORITY_REVOKED)
    if not lists:
        return Verdict(Check.REVOCATION, Outcome.NOT_CHECKED, Reason.CRL_MISSING)
    if lists[0].next_update is not None and lists[0].next_update < at:
        return Verdict(Check.REVOCATION, Outcome.NOT_CHECKED, Reason.CRL_OUTDATED)
    return Verdict(Check.REVOCATION, Outcome.PASSED)


def _signature(message: SignedMessage, store: TrustStore, policy: Policy) -> tuple[Certificate | None, Verdict]:
    candidates = [each for each in (*message.certificates, *store.signers) if message.signer.names(each)]
    if not candidates and len(message.certificates) == 1:
        # Some objects name their signer otherwise than its certificate does; the signature will tell.
        candidates = list(message.certificates)
    if not candidates:
        outcome, reason = Outcome.NOT_CHECKED, Reason.SIGNER_MISSING
        if message.unread:
            outcome, reason = _UNREAD.get(message.unread[0], (Outcome.FAILED, Reason.SIGNER_MALFORMED))
        return None, Verdict(Check.SIGNATURE, outcome, reason)
    faults = [(cms.fault_of(message, each), each) for each in candidates]
    fault, signer = min(faults, key=lambda found: bool(found[0]))
    return signer, _signature_verdict(fault, message, signer, policy)


def _signature_verdict(fault: str, message: SignedMessage, signer: Certificate, policy: Policy) -> Verdict:
    if fault == "signer-key-unknown":
        return Verdict(Check.SIGNATURE, Outcome.NOT_CHECKED, Reason.KEY_UNKNOWN)
    reason: Reason | None = _FAULTS[fault] if fault else None
    hashes = message.signer.algorithm.hashes | {message.signer.digest}
    if reason is None and not signer.signs_documents:
        reason = Reason.SIGNER_PURPOSE
    if reason is None and not policy.takes_hashes(hashes, signer.not_before):
        reason = Reason.ALGORITHM_REFUSED
    if reason is None and not _strong(signer, policy):
        reason = Reason.KEY_WEAK
    if reason is None:
        return Verdict(Check.SIGNATURE, Outcome.PASSED)
    return Verdict(Check.SIGNATURE, Outcome.FAILED, reason)


def _strong(signer: Certificate, policy: Policy) -> bool:
    try:
        return policy.takes_key(signer.public_key())
    except TrustError:
        return False


def _unknown_issuer(signer: Certificate, store: TrustStore) -> Verdict:
    """Say what is known of the authority of a signer that no trusted one signed."""
    if store.issuers_of(signer):
        return Verdict(Check.ISSUER, Outcome.NOT_CHECKED, Reason.LINK_MISSING)
    if store.knows_key(signer.authority_key_id):
        return Verdict(Check.ISSUER, Outcome.FAILED, Reason.SIGNER_FORGED)
    reason = Reason.ISSUER_KEY_UNKNOWN if store.knows_name(signer.issuer) else Reason.ISSUER_UNKNOWN
    return Verdict(Check.ISSUER, Outcome.NOT_CHECKED, reason)
