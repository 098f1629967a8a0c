"""What web push refuses, and what keeps it from being sent.

::

    ConsularError
    └── PushError                       push
        ├── PushEndpointRefusedError    push-endpoint-refused
        ├── PushOffError                push-off
        └── PushUnsentError             push-unsent
"""

from queue_server.domain.values import ConsularError


class PushError(ConsularError):
    code = "push"


class PushEndpointRefusedError(PushError):
    """The address is none, or not of a push service that is spoken to; ``reason`` is ``shape`` or ``host``."""

    code = "push-endpoint-refused"


class PushOffError(PushError):
    """This server sends none, or none by the key of this page any more, or the visit is over."""

    code = "push-off"


class PushUnsentError(PushError):
    """A push service does not answer, or refuses what this server says; ``host`` and ``reply`` say which and with what.

    ``reply`` is 0 where there was no answer.
    """

    code = "push-unsent"
