"""Under which name the requests, connections and tries of an address are counted. Pure."""

from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Final

#: A household or an office is given at least as many addresses (RFC 6177), and may use another one for every request.
_NETWORK_BITS: Final = 64


def counted_address(address: str) -> str:
    """Return the name of an address for limits: an IPv6 address counts with its /64 network, IPv4 by itself.

    What is no address is its own name.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        # A socket of both families sees IPv4 like this (RFC 4291, section 2.5.5.2).
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), _NETWORK_BITS), strict=False))
