"""What is set of web push: which services are spoken to, and how. Pure."""

from typing import Annotated

import msgspec
from msgspec import Meta

_Seconds = Annotated[float, Meta(ge=0.01, le=3_600)]
#: A name, or all names below one.
_Host = Annotated[str, Meta(max_length=253, pattern=r"\A(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+\Z")]
#: A name or an address of the own network, with its port.
_PrivateHost = Annotated[str, Meta(max_length=260, pattern=r"\A[a-z0-9-]+(\.[a-z0-9-]+)*:[1-9][0-9]{0,4}\Z")]

#: Those of Chrome and its kin, Firefox, Safari and Edge.
KNOWN_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "*.notify.windows.com",
)


class PushSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Section ``[push]``. Without a ``contact`` phones are offered none of it.

    ``contact`` is where operators of push services reach whoever runs this server (RFC 8292, section 2.1): ``mailto:``
    or ``https:``. ``hosts`` are the push services that are spoken to, ``private_hosts`` those of the own network with
    their ports; ``ca_file`` is the authority of their certificates where that is none of the system's.
    ``subscriptions`` phones at most are told of one visit. Every ``poll_s`` seconds it is looked for who is called; one
    answer is waited for ``timeout_s``. After a try that was put off the next comes after ``retry_s``, doubled up to
    ``max_retry_s``. A message that waits at its service is thrown away there after ``ttl_s``.
    """

    contact: Annotated[str, Meta(max_length=300, pattern=r"\A((mailto:[^\s@]+@[^\s@]+)|(https://[^\s]+))?\Z")] = ""
    hosts: Annotated[tuple[_Host, ...], Meta(max_length=50)] = KNOWN_HOSTS
    private_hosts: Annotated[tuple[_PrivateHost, ...], Meta(max_length=50)] = ()
    ca_file: Annotated[str, Meta(max_length=4_096)] = ""
    subscriptions: Annotated[int, Meta(ge=1, le=20)] = 4
    poll_s: _Seconds = 1
    timeout_s: _Seconds = 10
    retry_s: _Seconds = 5
    max_retry_s: _Seconds = 60
    ttl_s: Annotated[int, Meta(ge=0, le=86_400)] = 300
