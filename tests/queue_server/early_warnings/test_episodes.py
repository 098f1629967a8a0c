"""A warning lasts while its cause does; who has taken it is known as long, and it is told outside of the page once."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from queue_server.domain.values import MINUTE, Micros, StaffId
from queue_server.early_warnings.episodes import LINGER, advance, give_back, take, to_notify
from queue_server.early_warnings.model import Episode
from tests.queue_server.web.days import at

ELIN, INES = StaffId("elin"), StaffId("ines")
NINE = at("09:00")


def minutes(number: int) -> Micros:
    return Micros(NINE + number * MINUTE)


def test_what_is_away_for_a_moment_goes_on() -> None:
    begun = advance({}, ["idle-5"], NINE)
    taken = {name: take(one, ELIN, minutes(1)) for name, one in begun.items()}
    away = advance(taken, [], minutes(1))
    assert away["idle-5"].taken_by == ELIN
    back = advance(away, ["idle-5"], Micros(NINE + LINGER - 1))
    assert (back["idle-5"].began_at, back["idle-5"].taken_by) == (NINE, ELIN)
    gone = advance(back, [], Micros(NINE + 2 * LINGER - 1))
    assert gone == {}
    anew = advance(gone, ["idle-5"], minutes(9))
    assert anew["idle-5"] == Episode("idle-5", minutes(9), minutes(9))


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=30))
def test_who_took_it_is_known_until_it_is_gone(moments: list[tuple[int, bool]]) -> None:
    """Against a list of when it was there: once it was away for as long as it lingers, nobody has taken it."""
    known = {"gap-papers": take(Episode("gap-papers", NINE, NINE), ELIN, NINE)}
    now, seen, is_taken = NINE, NINE, True
    for later, is_there in moments:
        now = Micros(now + later * MINUTE)
        known = advance(known, ["gap-papers"] if is_there else [], now)
        if now - seen >= LINGER and not is_there:
            is_taken = False
        if is_there:
            seen = now
        holder = known["gap-papers"].taken_by if "gap-papers" in known else None
        assert holder == (ELIN if is_taken else None)


def test_take_and_give_back() -> None:
    one = take(Episode("idle-5", NINE, NINE), ELIN, minutes(1))
    assert take(one, ELIN, minutes(2)) == one
    assert give_back(one, INES) == one
    assert give_back(one, ELIN) == Episode("idle-5", NINE, NINE)
    assert take(one, INES, minutes(3)).taken_at == minutes(3)


def test_it_is_told_once_and_not_in_quiet_hours() -> None:
    one = Episode("idle-5", NINE, minutes(2))

    def told(episode: Episode, now: Micros, *, is_quiet: bool = False) -> tuple[Episode, ...]:
        return to_notify([episode], now, 2 * MINUTE, is_quiet=is_quiet)

    assert told(one, minutes(2)) == (one,)
    assert told(replace(one, seen_at=minutes(1)), minutes(1)) == ()
    assert told(one, minutes(3)) == ()
    assert told(one, minutes(2), is_quiet=True) == ()
    assert told(replace(one, sent_at=minutes(2)), minutes(2)) == ()
    assert told(take(one, ELIN, minutes(1)), minutes(2)) == ()
