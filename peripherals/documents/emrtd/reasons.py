"""Why the access to a chip, or its proof that it is no copy, did not pass: the codes in ``CheckVerdict.reason``.

``docs/document-attacks.md`` says what each means.
"""

from enum import StrEnum


class ChipReason(StrEnum):
    #: The document need not have it.
    NOT_IN_DOCUMENT = "not-in-document"
    # The access.
    DOWNGRADED = "downgraded"
    OFFER_ALTERED = "offer-altered"
    PACE_UNKNOWN = "pace-unknown"
    # The proofs.
    REFUSED = "refused"
    SIGNATURE_WRONG = "signature-wrong"
    PROOF_WRONG = "proof-wrong"
    CHANNEL_BROKEN = "channel-broken"
    ANSWER_TOO_LONG = "answer-too-long"
    KEY_UNKNOWN = "key-unknown"
    SOD_UNREAD = "sod-unread"
    DG14_MISSING = "dg14-missing"
    DG15_MISSING = "dg15-missing"
    CARD_SECURITY_MISSING = "card-security-missing"
