"""Why a check of a seal did not pass, beside the reasons that seals share with chips (``trust/reasons.py``).

``docs/document-attacks.md`` says what each means.
"""

from enum import StrEnum


class SealReason(StrEnum):
    # Who signed it.
    UNSIGNED = "unsigned"
    # What stands in it.
    FEATURE_MISSING = "feature-missing"
    FEATURE_LENGTH = "feature-length"
    FEATURE_CODING = "feature-coding"
    # The paper around it.
    ZONE_MALFORMED = "zone-malformed"
    NO_ZONE = "no-zone"
    PAPER = "paper"
