"""What may be wrong with the lists with which seals are checked."""

from typing import Final

from queue_server.conditions import ConditionKind

TRUST_INVALID: Final = ConditionKind(
    "trust-invalid", "authorities of which seals are known, while lists cannot be read"
)
TRUST_OUTDATED: Final = ConditionKind("trust-outdated", "days since the list was made that is due first")

CONDITIONS: Final = (TRUST_INVALID, TRUST_OUTDATED)
