"""What is set of notices: when people are told, and which mail server and gateway take it. Pure."""

from ipaddress import ip_address
from itertools import pairwise
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

#: A host name or an address; nothing that an address of the web would add.
_Host = Annotated[str, Meta(max_length=253, pattern=r"\A([A-Za-z0-9._:-]+)?\Z")]
_Url = Annotated[str, Meta(max_length=300, pattern=r"\A(https?://[^\s?#@]+)?\Z")]
_Path = Annotated[str, Meta(max_length=4_096)]
_Address = Annotated[str, Meta(max_length=254, pattern=r"\A([A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+)?\Z")]
_Seconds = Annotated[float, Meta(ge=0.01, le=86_400)]
_Days = Annotated[int, Meta(ge=1, le=3_650)]


class NoticeRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[notices]``.

    For ``contact_days`` service days at most it is kept how somebody is told. So many days after it was ready, each of
    ``reminder_days``, they are reminded, and once more ``last_days`` before it goes back; 0: not. That leaves at
    ``hour`` by the clock of the centre. Every ``poll_s`` seconds it is looked for what is to be sent: at most ``batch``
    at a time. One try takes ``attempt_s`` at most, and until a third more is over nobody else tries. After a try that
    was put off the next one comes after ``retry_s``, doubled up to ``max_retry_s``; after ``give_up_s`` it is given up.
    Managers are told of what has been waiting for ``late_s``.
    """

    contact_days: _Days = 365
    reminder_days: Annotated[tuple[Annotated[int, Meta(ge=1, le=3_650)], ...], Meta(max_length=12)] = (14, 30)
    last_days: Annotated[int, Meta(ge=0, le=3_650)] = 7
    hour: Annotated[int, Meta(ge=0, le=23)] = 9
    poll_s: _Seconds = 5
    batch: Annotated[int, Meta(ge=1, le=1_000)] = 50
    # The end of a message may be waited for ten minutes (RFC 5321, 4.5.3.2.6), and what is before it takes some too.
    attempt_s: _Seconds = 900
    retry_s: _Seconds = 60
    max_retry_s: _Seconds = 3_600
    # At least four or five days (RFC 5321, 4.5.4.1).
    give_up_s: Annotated[float, Meta(ge=0.01, le=2_592_000)] = 432_000
    late_s: Annotated[float, Meta(ge=0.01, le=604_800)] = 3_600

    def __post_init__(self) -> None:
        if any(second <= first for first, second in pairwise(self.reminder_days)):
            raise ValueError("field `reminder_days`: each later than the one before")


class MailSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[mail]``: the server that takes e-mail (RFC 6409), and from which ``sender``; none without a ``host``.

    ``security``: ``tls`` from the first byte (RFC 8314), ``starttls`` before anything is said (RFC 3207), or ``none``:
    to a server on this machine alone. ``user`` signs in with the password in ``password_file``; ``ca_file`` is the
    authority of its certificate where that is none of the system's. One answer is waited for ``timeout_s``.
    """

    host: _Host = ""
    port: Annotated[int, Meta(ge=0, le=65_535)] = 0
    security: Literal["tls", "starttls", "none"] = "starttls"
    sender: _Address = ""
    user: Annotated[str, Meta(max_length=254)] = ""
    password_file: _Path = ""
    ca_file: _Path = ""
    timeout_s: _Seconds = 120

    def __post_init__(self) -> None:
        if not self.host:
            return
        if not self.sender:
            raise ValueError("field `sender`: an address is needed from which it is sent")
        if bool(self.user) is not bool(self.password_file):
            raise ValueError("field `password_file`: a user has a password, and nobody else")
        if self.security == "none" and not is_this_machine(self.host):
            raise ValueError("field `security`: only a server on this machine is spoken to in the clear")


class SmsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[sms]``: the gateway that takes short messages, by POST to its ``url``; none without one.

    ``token_file`` holds what it knows this server by. It is on this machine, or speaks TLS; ``ca_file`` is the
    authority of its certificate where that is none of the system's. One answer is waited for ``timeout_s``.
    """

    url: _Url = ""
    token_file: _Path = ""
    ca_file: _Path = ""
    timeout_s: _Seconds = 30

    def __post_init__(self) -> None:
        if not self.url:
            return
        scheme, _, rest = self.url.partition("://")
        host = rest.partition("/")[0]
        bare = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
        if scheme == "http" and not is_this_machine(bare):
            raise ValueError("field `url`: only a gateway on this machine is spoken to in the clear")


def is_this_machine(host: str) -> bool:
    """Tell whether a host is this machine: what is said to it nobody else reads."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
