from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain import ticket_codes as codes
from queue_server.domain.ticket_codes import Series

ranges = st.sampled_from([(1, 999), (1, 99), *((start, start + 99) for start in range(100, 1000, 100))])


def all_of(series: Series) -> list[str]:
    return [codes.nth(series, position) for position in range(1, codes.count(series) + 1)]


def test_a_whole_letter_goes_on_with_four_digits() -> None:
    found = all_of(Series("B", 1, 999))
    assert found[:2] == ["B001", "B002"]
    assert found[998:1001] == ["B999", "B1000", "B1001"]
    assert found[-1] == "B9999"
    assert len(set(found)) == 9999


def test_ranges_of_one_letter_never_meet() -> None:
    found = [
        code for start in (1, *range(100, 1000, 100)) for code in all_of(Series("R", start, start // 100 * 100 + 99))
    ]
    assert len(found) == len(set(found))


@given(span=ranges, at=st.integers(1, 10_000))
def test_a_number_leads_back_to_its_place(span: tuple[int, int], at: int) -> None:
    series = Series("X", *span)
    # The first hundred has nothing else to go on with than 0010 to 0099: numbers that it has given before.
    if at <= codes.count(series) and not (span == (1, 99) and 99 < at < 190):
        assert codes.position(series, int(codes.nth(series, at)[1:])) == at


def test_no_number_is_before_the_first() -> None:
    assert codes.position(Series("X", 100, 199), 0) == 0
