"""What notices refuse, and what keeps them from being sent.

::

    ConsularError
    └── NoticesError                   notices
        ├── ContactInvalidError        contact-invalid
        ├── ContactNotWantedError      contact-not-wanted
        ├── ContactUnknownError        contact-unknown
        └── NoticeChannelError         channel
            ├── ChannelUnreachableError    channel-unreachable
            ├── ChannelInsecureError       channel-insecure
            ├── ChannelCredentialsError    channel-credentials
            └── ChannelRefusedError        channel-refused
"""

from queue_server.domain.values import ConsularError


class NoticesError(ConsularError):
    code = "notices"


class ContactInvalidError(NoticesError):
    """What was typed is no e-mail address or no telephone number; ``field`` says which, nothing says what it was."""

    code = "contact-invalid"


class ContactNotWantedError(NoticesError):
    """The item has left for good: nobody is told of it any more."""

    code = "contact-not-wanted"


class ContactUnknownError(NoticesError):
    """Nobody said how whoever waits for the item is told."""

    code = "contact-unknown"


class NoticeChannelError(NoticesError):
    """Nothing can be sent this way now: it is tried again, and nothing is lost. ``channel`` says which way."""

    code = "channel"


class ChannelUnreachableError(NoticeChannelError):
    """Mail server or gateway do not answer, or break off."""

    code = "channel-unreachable"


class ChannelInsecureError(NoticeChannelError):
    """They cannot be spoken to so that nobody else reads it: no TLS, or a certificate that is not believed."""

    code = "channel-insecure"


class ChannelCredentialsError(NoticeChannelError):
    """They do not know the name or the password, or the file of it cannot be read."""

    code = "channel-credentials"


class ChannelRefusedError(NoticeChannelError):
    """They take nothing from this server now; ``reply`` is the number of their answer."""

    code = "channel-refused"
