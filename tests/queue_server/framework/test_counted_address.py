"""Under which name the requests of an address are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.framework.counted_address import counted_address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        # A socket of both families sees IPv4 like this: they are no neighbours.
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::ffff:c000:208", "192.0.2.8"),
        ("::1", "::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_address_counts_with_its_network(address: str, expected: str) -> None:
    assert counted_address(address) == expected


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_all_addresses_of_a_network_count_as_one(address: object, other: int) -> None:
    text = counted_address(str(address))
    if text.endswith("/64"):
        prefix = int(address) >> 64 << 64  # type: ignore[call-overload]
        neighbour = type(address)(prefix | other)  # type: ignore[call-arg]
        if getattr(neighbour, "ipv4_mapped", None) is None:
            assert counted_address(str(neighbour)) == text


@given(st.text(max_size=60))
def test_whatever_a_proxy_says_has_a_name(address: str) -> None:
    assert isinstance(counted_address(address), str)
