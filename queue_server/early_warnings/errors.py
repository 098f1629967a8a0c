"""What is refused of alarms that look ahead.

::

    ConsularError
    └── EarlyWarningsError        early-warnings
        └── WarningOverError      warning-over
"""

from queue_server.domain.values import ConsularError


class EarlyWarningsError(ConsularError):
    """What is refused about alarms that look ahead."""

    code = "early-warnings"


class WarningOverError(EarlyWarningsError):
    """It is gone, or never was: there is nothing to see to."""

    code = "warning-over"
