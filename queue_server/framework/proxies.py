"""Who a request comes from where proxies stand before this server. Pure.

A proxy adds a value to the ``X-Forwarded`` headers, on the line that is there or on a line of its own (RFC 9110,
section 5.3): what stands before is what the client itself may have written. So only what trusted proxies added counts:
from the end, past the addresses of proxies that are known, and no further.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


def networks(named: Iterable[str]) -> tuple[Network, ...]:
    """Read addresses and networks (``10.1.2.3``, ``10.0.0.0/8``, ``::1``).

    Raises:
        ValueError: one is neither.
    """
    return tuple(ip_network(one) for one in named)


def is_within(address: str, among: Sequence[Network]) -> bool:
    """Tell whether an address is in one of the networks; what is no address is in none."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        # A socket of both families sees IPv4 like this (RFC 4291, section 2.5.5.2).
        found = found.ipv4_mapped
    return any(found in network for network in among)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from; ``scheme`` and ``host`` are None where no proxy says anything else."""

    client: str
    scheme: str | None = None
    host: str | None = None


def origin(
    peer: str, trusted: Sequence[Network], *, clients: Sequence[str], schemes: Sequence[str], hosts: Sequence[str]
) -> Origin:
    """Find out who asks from ``peer``, the other end of the connection, and the lines of the three headers in order."""
    if not is_within(peer, trusted):
        return Origin(peer)
    client = peer
    for address in reversed(_values(clients)):
        client = address
        if not is_within(address, trusted):
            break
    scheme = next(reversed(_values(schemes)), None)
    host = next(reversed(_values(hosts)), None)
    return Origin(client, scheme if scheme in {"http", "https"} else None, host)


def _values(lines: Sequence[str]) -> list[str]:
    return [value.strip() for line in lines for value in line.split(",") if value.strip()]
