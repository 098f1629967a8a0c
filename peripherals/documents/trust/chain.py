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
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.trust.store import TrustStore
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from peripherals.errors import TrustError

#: How far the clocks of a signer and of this machine may differ.
_CLOCKS = timedelta(days=1)
_FAULTS = {
    "digest-wrong": TrustReason.HASH_LIST_CHANGED,
    "signature-wrong": TrustReason.SIGNATURE_WRONG,
    "content-type-wrong": TrustReason.SOD_MALFORMED,
}
_UNREAD = {
    "algorithm-swapped": (Outcome.FAILED, TrustReason.ALGORITHM_SWAPPED),
    "algorithm-unknown": (Outcome.NOT_CHECKED, TrustReason.ALGORITHM_UNKNOWN),
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
    signature: CheckVerdict
    issuer: CheckVerdict
    validity: CheckVerdict
    revocation: CheckVerdict


def judge(message: SignedMessage, basis: Basis) -> Chain:
    """Ask every question of a message."""
    store, at = basis.store, basis.at
    signer, signature = _signature(message, store, basis.policy)
    if signer is None:
        unasked = [
            CheckVerdict(check, Outcome.NOT_CHECKED, TrustReason.SIGNER_MISSING)
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


def issuer_of(signer: Certificate, store: TrustStore, policy: Policy) -> tuple[Certificate | None, CheckVerdict]:
    """Find the trusted authority that issued a signer.

    A state that changed its key and one whose name somebody borrowed look alike where the key is not known here:
    that is not checked, not failed. Failed is a signer that names a known key which did not sign it.
    """
    trusted = [each for each in store.issuers_of(signer) if store.trusts(each)]
    if trusted:
        valid = [each for each in trusted if each.valid_at(signer.not_before)]
        verdict = CheckVerdict(Check.ISSUER, Outcome.PASSED)
        if not policy.accepts(signer.algorithm, signer.not_before):
            verdict = CheckVerdict(Check.ISSUER, Outcome.FAILED, TrustReason.ALGORITHM_REFUSED)
        return (valid or trusted)[0], verdict
    return None, _unknown_issuer(signer, store)


def validity_of(
    signer: Certificate, authority: Certificate | None, signing_time: datetime | None, at: datetime
) -> CheckVerdict:
    """Tell whether signer and authority were valid when they signed (9303-12, 4.1).

    The authority: when the signer's certificate began. The signer: at the time that the message gives, and not past
    now either. A certificate has to outlive every document that was signed with it, so that an expired one under a
    document that is still good tells of a key that got away: whoever has it can write any time into the message.
    """
    signed = at if signing_time is None else signing_time
    reason: TrustReason | None = None
    if signed > at + _CLOCKS:
        reason = TrustReason.SIGNED_IN_FUTURE
    elif max(signed, at) > signer.not_after:
        reason = TrustReason.SIGNER_EXPIRED
    elif signed < signer.not_before:
        reason = TrustReason.SIGNER_NOT_YET_VALID
    elif authority is not None and signer.not_before > authority.not_after:
        reason = TrustReason.AUTHORITY_EXPIRED
    elif authority is not None and signer.not_before < authority.not_before:
        reason = TrustReason.AUTHORITY_NOT_YET_VALID
    if reason is not None:
        return CheckVerdict(Check.VALIDITY, Outcome.FAILED, reason)
    if authority is None:
        return CheckVerdict(Check.VALIDITY, Outcome.NOT_CHECKED, TrustReason.ISSUER_UNKNOWN)
    return CheckVerdict(Check.VALIDITY, Outcome.PASSED)


def revocation_of(signer: Certificate, authority: Certificate | None, store: TrustStore, at: datetime) -> CheckVerdict:
    """Tell whether signer or authority was taken back. A signer once on a list stays taken back."""
    if authority is None:
        return CheckVerdict(Check.REVOCATION, Outcome.NOT_CHECKED, TrustReason.ISSUER_UNKNOWN)
    lists = store.revocations_for(signer)
    if any(signer.serial in each.revoked for each in lists):
        return CheckVerdict(Check.REVOCATION, Outcome.FAILED, TrustReason.SIGNER_REVOKED)
    if any(authority.serial in each.revoked for each in store.revocations_for(authority)):
        return CheckVerdict(Check.REVOCATION, Outcome.FAILED, TrustReason.AUTHORITY_REVOKED)
    if not lists:
        return CheckVerdict(Check.REVOCATION, Outcome.NOT_CHECKED, TrustReason.CRL_MISSING)
    if lists[0].next_update is not None and lists[0].next_update < at:
        return CheckVerdict(Check.REVOCATION, Outcome.NOT_CHECKED, TrustReason.CRL_OUTDATED)
    return CheckVerdict(Check.REVOCATION, Outcome.PASSED)


def _signature(message: SignedMessage, store: TrustStore, policy: Policy) -> tuple[Certificate | None, CheckVerdict]:
    candidates = [each for each in (*message.certificates, *store.signers) if message.signer.names(each)]
    if not candidates and len(message.certificates) == 1:
        # Some objects name their signer otherwise than its certificate does; the signature will tell.
        candidates = list(message.certificates)
    if not candidates:
        outcome, reason = Outcome.NOT_CHECKED, TrustReason.SIGNER_MISSING
        if message.unread:
            outcome, reason = _UNREAD.get(message.unread[0], (Outcome.FAILED, TrustReason.SIGNER_MALFORMED))
        return None, CheckVerdict(Check.SIGNATURE, outcome, reason)
    faults = [(cms.fault_of(message, each), each) for each in candidates]
    fault, signer = min(faults, key=lambda found: bool(found[0]))
    return signer, _signature_verdict(fault, message, signer, policy)


def _signature_verdict(fault: str, message: SignedMessage, signer: Certificate, policy: Policy) -> CheckVerdict:
    if fault == "signer-key-unknown":
        return CheckVerdict(Check.SIGNATURE, Outcome.NOT_CHECKED, TrustReason.KEY_UNKNOWN)
    reason: TrustReason | None = _FAULTS[fault] if fault else None
    hashes = message.signer.algorithm.hashes | {message.signer.digest}
    if reason is None and not signer.signs_documents:
        reason = TrustReason.SIGNER_PURPOSE
    if reason is None and not policy.accepts_hashes(hashes, signer.not_before):
        reason = TrustReason.ALGORITHM_REFUSED
    if reason is None and not _strong(signer, policy):
        reason = TrustReason.KEY_WEAK
    if reason is None:
        return CheckVerdict(Check.SIGNATURE, Outcome.PASSED)
    return CheckVerdict(Check.SIGNATURE, Outcome.FAILED, reason)


def _strong(signer: Certificate, policy: Policy) -> bool:
    try:
        return policy.accepts_key(signer.public_key())
    except TrustError:
        return False


def _unknown_issuer(signer: Certificate, store: TrustStore) -> CheckVerdict:
    """Say what is known of the authority of a signer that no trusted one signed."""
    if store.issuers_of(signer):
        return CheckVerdict(Check.ISSUER, Outcome.NOT_CHECKED, TrustReason.LINK_MISSING)
    if store.knows_key(signer.authority_key_id):
        return CheckVerdict(Check.ISSUER, Outcome.FAILED, TrustReason.SIGNER_FORGED)
    reason = TrustReason.ISSUER_KEY_UNKNOWN if store.knows_name(signer.issuer) else TrustReason.ISSUER_UNKNOWN
    return CheckVerdict(Check.ISSUER, Outcome.NOT_CHECKED, reason)
