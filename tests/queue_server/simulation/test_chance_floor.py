"""What chance leaves is measured by days with the same morning and another afternoon."""

from installer.benchmark.chance_floor import DEMAND, NOON, THERE, other_afternoon
from queue_server.simulation.comparison import mixed_days


def test_another_afternoon_has_the_same_morning_and_the_same_bookings() -> None:
    (day,) = mixed_days(THERE, DEMAND, (1.0, 1.2), 1, "afternoons")
    noon = day.starts_at + NOON
    other, again = other_afternoon(day, 1.1, "1"), other_afternoon(day, 1.1, "1")
    assert other == again
    assert [one for one in other.parties if one.arrives < noon] == [one for one in day.parties if one.arrives < noon]
    booked = [
        [(one.arrives, one.booked_at) for one in which.parties if one.booked_at is not None] for which in (day, other)
    ]
    assert booked[0] == booked[1]
    walk_ins = [
        [one.arrives for one in which.parties if one.arrives >= noon and one.booked_at is None]
        for which in (day, other)
    ]
    assert walk_ins[0] != walk_ins[1]
    assert len(walk_ins[1]) > 50
    assert list(other.parties) == sorted(other.parties, key=lambda one: one.arrives)
