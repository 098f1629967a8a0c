"""Is the signer the state's that the document names as its issuer (ICAO Doc 9303-12, 7.1.1.2)?

Without this check any trusted state could sign documents of any other.
"""

from peripherals.documents.mrz import Mrz
from peripherals.documents.states import issuer, issuer_of_certificate
from peripherals.documents.trust.certificate import Certificate
from peripherals.documents.trust.reasons import TrustReason
from peripherals.documents.verdicts import Check, CheckVerdict, Outcome

#: Whose documents name the state that they belong to, while its certificates name themselves.
_BELONGS_TO = {"BMU": "GBR", "HKG": "CHN", "MAC": "CHN"}
_ALPHA_2 = 2


def issuing_state(zone: Mrz | None, signer: Certificate | None, authority: Certificate | None) -> CheckVerdict:
    """Compare the issuer in DG1 with the states of the signer and of the authority that issued it."""
    if zone is None:
        return CheckVerdict(Check.ISSUING_STATE, Outcome.NOT_CHECKED, TrustReason.DG1_MISSING)
    if signer is None:
        return CheckVerdict(Check.ISSUING_STATE, Outcome.NOT_CHECKED, TrustReason.SIGNER_MISSING)
    document = issuer(zone.field("issuer"))
    each = [codes(certificate) for certificate in (signer, authority) if certificate is not None]
    if any(found and document not in found for found in each):
        return CheckVerdict(Check.ISSUING_STATE, Outcome.FAILED, TrustReason.STATE_DIFFERS)
    if authority is None:
        return CheckVerdict(Check.ISSUING_STATE, Outcome.NOT_CHECKED, TrustReason.ISSUER_UNKNOWN)
    if not all(each):
        return CheckVerdict(Check.ISSUING_STATE, Outcome.NOT_CHECKED, TrustReason.STATE_UNKNOWN)
    return CheckVerdict(Check.ISSUING_STATE, Outcome.PASSED)


def codes(certificate: Certificate) -> frozenset[str]:
    """Give the codes that documents of a certificate's state may bear, as ``states.issuer`` writes them.

    The country in the name counts. The codes in the alternative names count where the country is none that is known
    here, and where they name the same state: an authority does not get to speak for two.
    """
    country = issuer_of_certificate(certificate.country)
    named = {issuer_of_certificate(code) if len(code) == _ALPHA_2 else issuer(code) for code in certificate.states}
    own = {country} if country else named - {""}
    return frozenset(own | {_BELONGS_TO[code] for code in own if code in _BELONGS_TO})
