"""By what attempts to open a form are counted."""

from queue_server.forms.settings import FormRules
from queue_server.forms.slowing import delays_of, saves_of

RULES = FormRules()


def test_the_addresses_of_one_ipv6_network_are_counted_together() -> None:
    one, neighbour, other = "2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:3::1"
    assert delays_of(RULES, "digest", one) == delays_of(RULES, "digest", neighbour)
    assert delays_of(RULES, "digest", one) != delays_of(RULES, "digest", other)
    assert saves_of(RULES, one) == saves_of(RULES, neighbour) != saves_of(RULES, other)


def test_a_kiosk_is_counted_by_itself() -> None:
    kiosks = "0195d3a0-0000-7000-8000-000000000001", "0195d3a0-0000-7000-8000-000000000002"
    first, second = (delays_of(RULES, "digest", kiosk) for kiosk in kiosks)
    assert first[0] == second[0]
    assert first[1] != second[1]
