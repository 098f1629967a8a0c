"""What the next one costs: more where more was tried lately, above all from its address, and never without end."""

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.values import CentreId, Micros
from queue_server.web.booking.allowance import Allowance
from queue_server.web.booking.choice import BookingChoice
from queue_server.web.booking.gate import BookingGate, HeldTime
from queue_server.web.booking.proof_of_work import WorkProof
from queue_server.web.booking.settings import BookingSettings
from queue_server.web.booking.signed import SignedForms

RULES = BookingSettings(wait_s=10, calm=100, calm_address=5, max_factor=8, memory_s=600, proof_rounds=100)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_in_calm_times_it_costs_what_is_set() -> None:
    calm = Allowance(RULES, Clock())
    assert (calm.factor("a"), calm.rounds("a"), calm.wait_s("a")) == (1, 100, 10)


def test_whoever_tries_much_pays_more_than_others() -> None:
    allowance = Allowance(RULES, Clock())
    for _ in range(20):
        allowance.count("greedy")
    assert allowance.factor("greedy") == 1 + 20 / 5 + 20 / 100
    assert allowance.factor("somebody") == 1 + 20 / 100


def test_a_party_pays_for_each_of_its_people() -> None:
    allowance = Allowance(RULES, Clock())
    assert (allowance.rounds("a", 20), allowance.wait_s("a", 20)) == (2_000, 200)
    allowance.count("a", 20)
    assert allowance.factor("a") == 1 + 20 / 5 + 20 / 100
    assert allowance.may_go("a", 3) == 0
    # Others of this address wait for as long as the three had to: 10 s each, times the factor.
    assert allowance.may_go("a", 1) == 10 * 3 * allowance.factor("a")


def test_the_addresses_of_one_ipv6_network_pay_together() -> None:
    allowance = Allowance(RULES, Clock())
    for number in range(5):
        allowance.count(f"2001:db8:1:2::{number}")
    assert allowance.factor("2001:db8:1:2:ffff::1") == 1 + 5 / 5 + 5 / 100
    assert allowance.factor("2001:db8:1:3::1") == 1 + 5 / 100
    assert allowance.may_go("2001:db8:1:2::1") == 0
    assert allowance.may_go("2001:db8:1:2::2") > 0


def test_half_of_it_is_forgotten_in_time() -> None:
    clock = Clock()
    allowance = Allowance(RULES, clock)
    for _ in range(10):
        allowance.count("a")
    clock.now = 600
    assert allowance.factor("a") == 1 + 5 / 5 + 5 / 100
    clock.now = 60_000
    assert allowance.factor("a") < 1.001


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100)), max_size=200))
def test_it_never_costs_more_than_the_most(tried: list[tuple[str, float]]) -> None:
    clock = Clock()
    allowance = Allowance(RULES, clock)
    for who, pause in tried:
        clock.now += pause
        allowance.count(who)
        assert 1 <= allowance.factor(who) <= 8


def test_an_address_has_its_waits_one_after_another() -> None:
    clock = Clock()
    allowance = Allowance(RULES, clock)
    assert allowance.may_go("a") == 0
    # A hundred that waited at once do not go on at once.
    assert all(allowance.may_go("a") == 10 for _ in range(100))
    assert allowance.may_go("b") == 0
    clock.now = 10
    assert allowance.may_go("a") == 0
    assert allowance.may_go("a") == 10
    # Whoever comes now is told so at once.
    assert allowance.wait_s("a") == 10


def test_a_proof_is_judged_by_what_it_costs_when_it_is_used() -> None:
    gate = BookingGate(RULES, lambda: (b"k" * 32,))
    proof = WorkProof("name", gate.allowance.rounds("a", 1))
    assert gate.is_paid("a", proof, 1)
    # It was fetched for one person: that is too little for more of them, and nobody else makes it cheaper.
    assert not gate.is_paid("a", proof, 2)
    # What somebody else holds in the meantime raises the price a little, and nobody is sent back for that.
    gate.allowance.count("a")
    assert gate.is_paid("a", proof, 1)
    for _ in range(5):
        gate.allowance.count("a")
    assert not gate.is_paid("a", proof, 1)
    assert gate.is_paid("b", proof, 1)


def test_a_wait_is_waited_and_is_worth_one_name() -> None:
    gate = BookingGate(RULES, lambda: (b"k" * 32,))
    centre, now = CentreId("demo"), Micros(1_000_000_000)
    ticket = gate.begin_wait("a", centre, BookingChoice(party_size=1), Micros(5), now)
    read = gate.read_wait(gate.write_wait(ticket), centre, now)
    assert read == ticket
    assert ticket.ready_at == now + 10_000_000
    assert gate.end_wait("a", ticket, now) == ticket
    assert gate.end_wait("a", ticket, ticket.ready_at) is None
    # Once more at the same address: others are before it, and its name stays.
    again = gate.end_wait("a", ticket, ticket.ready_at)
    assert again is not None
    assert again.name == ticket.name
    assert again.ready_at > ticket.ready_at


def test_what_is_of_another_centre_or_too_old_is_nothing() -> None:
    gate = BookingGate(RULES, lambda: (b"k" * 32,))
    centre, now = CentreId("demo"), Micros(1_000_000_000)
    signed = gate.write_wait(gate.begin_wait("a", centre, BookingChoice(party_size=1), Micros(5), now))
    assert gate.read_wait(signed, CentreId("harbour"), now) is None
    assert gate.read_wait(signed, centre, Micros(now + 86_400_000_000)) is None
    # What was signed for one page is nothing at another.
    assert gate.read_held(signed, centre) is None
    assert BookingGate(RULES, lambda: (b"x" * 32,)).read_wait(signed, centre, now) is None


HELD = HeldTime("h", CentreId("demo"), BookingChoice(), Micros(1), Micros(2))


@given(st.text(max_size=80), st.binary(max_size=40))
def test_nothing_that_anybody_writes_is_signed(said: str, raw: bytes) -> None:
    forms = SignedForms(lambda: (b"k" * 32,))
    assert forms.read("held", HeldTime, said) is None
    signed = forms.write("held", HELD)
    assert forms.read("held", HeldTime, signed) == HELD
    text, _, mac = signed.partition(".")
    assert forms.read("held", HeldTime, f"{raw.hex()}.{mac}") is None
    if said not in ("", mac):
        assert forms.read("held", HeldTime, f"{text}.{said}") is None
