"""What a chip's proof that it is no copy is worth: as much as the signature over the key that it was checked with.

A copy can bring a key of its own. Only where the state signed the key does a proof say anything; and a chip that
hides a key which was signed has something to hide (ICAO Doc 9303-11, 6.1 and 6.2).
"""

from peripherals.documents.emrtd.proofs import ChipProof
from peripherals.documents.lds.files import Raw
from peripherals.documents.trust import chain, cms
from peripherals.documents.trust.chain import Basis, Chain
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome
from peripherals.errors import TrustError

#: TR-03110-3, A.1.2.5: id-SecurityObject.
_SECURITY_OBJECT = "0.4.0.127.0.7.3.2.1"
_LONGEST = 65_536
_GROUPS = {Check.ACTIVE_AUTHENTICATION: 15, Check.CHIP_AUTHENTICATION: 14}
_MISSING = {15: TrustReason.DG15_MISSING, 14: TrustReason.DG14_MISSING}


def key_group(given: ChipProof) -> int:
    """Give the data group that holds the key of a proof."""
    return _GROUPS[given.verdict.check]


def without_signature(given: ChipProof) -> CheckVerdict:
    """Judge a proof where nothing is known to be signed."""
    if given.verdict.outcome is Outcome.PASSED:
        return CheckVerdict(given.verdict.check, Outcome.NOT_CHECKED, TrustReason.SOD_UNREAD)
    return given.verdict


def without_file(given: ChipProof, number: int, *, listed: bool) -> CheckVerdict:
    """Judge a proof without the file of its key. That the file is signed and not there is what a copy looks like."""
    passed = given.verdict.outcome is Outcome.PASSED
    if passed or (listed and given.verdict.outcome is Outcome.UNSUPPORTED):
        return CheckVerdict(given.verdict.check, Outcome.FAILED, _MISSING[number])
    return given.verdict


def by_group(given: ChipProof, fault: str, signature: CheckVerdict) -> CheckVerdict:
    """Judge a proof whose key is in a data group; ``fault`` says why that is not what was signed."""
    if given.verdict.outcome is not Outcome.PASSED:
        return given.verdict
    if fault:
        return CheckVerdict(given.verdict.check, Outcome.FAILED, fault)
    if signature.outcome is not Outcome.PASSED:
        return CheckVerdict(given.verdict.check, signature.outcome, signature.reason)
    return given.verdict


def by_card_security(given: ChipProof, file: Raw | None, document: Chain, basis: Basis) -> CheckVerdict:
    """Judge a proof whose key is in EF.CardSecurity, which has a signature of its own (TR-03110-3, A.1.2.5).

    It must hold by itself, and lead to the authority of the state that signed the document.
    """
    if given.verdict.outcome is not Outcome.PASSED:
        return given.verdict
    if file is None:
        return CheckVerdict(given.verdict.check, Outcome.FAILED, TrustReason.CARD_SECURITY_MISSING)
    outcome = _card_security(file, document, basis)
    if outcome is Outcome.PASSED:
        return given.verdict
    unknown = outcome is Outcome.NOT_CHECKED
    reason = TrustReason.CARD_SECURITY_UNKNOWN if unknown else TrustReason.CARD_SECURITY_UNSIGNED
    return CheckVerdict(given.verdict.check, outcome, reason)


def _card_security(file: Raw, document: Chain, basis: Basis) -> Outcome:
    try:
        message = cms.read(file, longest=_LONGEST)
    except TrustError:
        return Outcome.FAILED
    found = chain.judge(message, basis)
    each = (found.signature, found.issuer, found.validity, found.revocation)
    if message.content_type != _SECURITY_OBJECT or any(one.outcome is Outcome.FAILED for one in each):
        return Outcome.FAILED
    if found.signature.outcome is not Outcome.PASSED or found.authority is None:
        return Outcome.NOT_CHECKED
    other_state = document.authority is not None and document.authority.country != found.authority.country
    return Outcome.FAILED if other_state else Outcome.PASSED
