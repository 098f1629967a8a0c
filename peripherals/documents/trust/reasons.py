"""Why a check of Passive Authentication did not pass: the codes that stand in ``CheckVerdict.reason``.

``docs/document-attacks.md`` says what each means. Further reasons of ``Check.CONTENT`` name the data group:
``dg2-changed`` (not what was signed), ``dg15-unsigned`` (not in the security object at all), and ``dg2-missing``,
``dg2-malformed`` and ``dg2-unread`` (signed, and the chip did not give it, or not whole).
"""

from enum import StrEnum

from peripherals.documents import verdicts


class TrustReason(StrEnum):
    # The security object and its signature.
    SOD_MISSING = "sod-missing"
    SOD_UNREAD = "sod-unread"
    SOD_MALFORMED = "sod-malformed"
    SIGNERS_SEVERAL = "signers-several"
    SIGNATURE_MISSING = "signature-missing"
    ATTRIBUTES_MISSING = "attributes-missing"
    SIGNER_MISSING = "signer-missing"
    SIGNER_MALFORMED = "signer-malformed"
    SIGNER_PURPOSE = "signer-purpose"
    KEY_UNKNOWN = "key-unknown"
    KEY_WEAK = "key-weak"
    ALGORITHM_UNKNOWN = "algorithm-unknown"
    ALGORITHM_REFUSED = "algorithm-refused"
    ALGORITHM_SWAPPED = "algorithm-swapped"
    HASH_LIST_CHANGED = "hash-list-changed"
    SIGNATURE_WRONG = "signature-wrong"
    # Who issued the signer.
    ISSUER_UNKNOWN = verdicts.ISSUER_UNKNOWN
    ISSUER_KEY_UNKNOWN = "issuer-key-unknown"
    LINK_MISSING = "link-missing"
    SIGNER_FORGED = "signer-forged"
    # When they were valid.
    SIGNER_EXPIRED = "signer-expired"
    SIGNER_NOT_YET_VALID = "signer-not-yet-valid"
    SIGNED_IN_FUTURE = "signed-in-future"
    AUTHORITY_EXPIRED = "authority-expired"
    AUTHORITY_NOT_YET_VALID = "authority-not-yet-valid"
    # What was taken back.
    SIGNER_REVOKED = "signer-revoked"
    AUTHORITY_REVOKED = "authority-revoked"
    CRL_MISSING = "crl-missing"
    CRL_OUTDATED = "crl-outdated"
    # The state.
    STATE_DIFFERS = "state-differs"
    STATE_UNKNOWN = "state-unknown"
    # The files.
    DG1_MISSING = "dg1-missing"
    DG1_MALFORMED = "dg1-malformed"
    FACE_UNREAD = "face-unread"
    FACE_SLOW = "face-slow"
    FACE_NOT_SHOWN = "face-not-shown"
    NO_FACE = "no-face"
    COM_MISSING = "com-missing"
    COM_MALFORMED = "com-malformed"
    COM_LISTS_MORE = "com-lists-more"
    COM_LISTS_FEWER = "com-lists-fewer"
    COM_LISTS_UNKNOWN = "com-lists-unknown"
    COM_VERSION = "com-version-differs"
    SOD_LISTS_UNKNOWN = "sod-lists-unknown"
    # The document and its paper.
    DOCUMENT_EXPIRED = "document-expired"
    NO_EXPIRY = "no-expiry"
    PRINTED_DIFFERS = "printed-differs"
    PRINTED_MISSING = "printed-missing"
    # The key that proves the chip.
    DG14_MISSING = "dg14-missing"
    DG15_MISSING = "dg15-missing"
    CARD_SECURITY_MISSING = "card-security-missing"
    CARD_SECURITY_UNSIGNED = "card-security-unsigned"
    CARD_SECURITY_UNKNOWN = "card-security-issuer-unknown"
