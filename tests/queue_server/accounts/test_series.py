from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from queue_server.accounts.series import ALL, allocate
from queue_server.domain.ticket_codes import Series, owns
from queue_server.domain.values import CODE_LETTERS, TicketCode

EVERY_CODE = [
    TicketCode(f"{letter}{number:0{digits}}")
    for letter in CODE_LETTERS
    for digits in (3, 4)
    for number in range(10**digits)
]


def test_no_code_belongs_to_two_series() -> None:
    owners = dict.fromkeys(EVERY_CODE, 0)
    by_letter = {letter: [one for one in ALL if one.letter == letter] for letter in CODE_LETTERS}
    for code in EVERY_CODE:
        owners[code] = sum(owns(one, code) for one in by_letter[code[0]])
    assert set(owners.values()) <= {0, 1}
    assert len(ALL) == 8 + 3 * 10


def test_letters_come_first_and_then_hundreds() -> None:
    given: list[Series] = []
    while (series := allocate(given)) is not None:
        given.append(series)
    assert given[0] == Series("A", 1, 999)
    assert [one.letter for one in given[:8]] == list("ABCDEKLP")
    assert given[8:11] == [Series("R", 1, 99), Series("R", 100, 199), Series("R", 200, 299)]
    assert given[-1] == Series("X", 900, 999)


def test_a_letter_comes_back_to_its_own_device_and_late_to_others() -> None:
    a, b, c = ALL[:3]
    assert allocate([a], [b], own=b) == b
    assert allocate([a], [b]) == c
    assert allocate([a, b], [], own=b) == c
    assert allocate(ALL[1:], [a]) == a


class Centre(RuleBasedStateMachine):
    """Devices come, go and come back: no two active ones ever share a code."""

    def __init__(self) -> None:
        super().__init__()
        self.active: dict[int, Series] = {}
        self.revoked: dict[int, Series] = {}

    @rule(device=st.integers(0, 60))
    def enrol(self, device: int) -> None:
        if device in self.active:
            return
        series = allocate(self.active.values(), self.revoked.values(), self.revoked.get(device))
        if series is None:
            assert len(self.active) == len(ALL)
        else:
            self.active[device] = series

    @precondition(lambda self: self.active)
    @rule(data=st.data())
    def revoke(self, data: st.DataObject) -> None:
        device = data.draw(st.sampled_from(sorted(self.active)))
        self.revoked[device] = self.active.pop(device)

    @invariant()
    def no_overlap(self) -> None:
        # Different series have no code in common: see above.
        assert set(self.active.values()) <= set(ALL)
        assert len(set(self.active.values())) == len(self.active)


TestCentre = Centre.TestCase
