"""Lists in pieces: all of it, in its order, nothing twice; and no cursor of anybody else's making goes far."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.framework.paging import MAX_LIMIT, ListPosition, PageRequest, QueryInvalidError, read_cut

ROWS = st.lists(st.tuples(st.integers(0, 5), st.text("abcdef0123456789-", min_size=1, max_size=6)), unique=True).map(
    sorted
)


def behind(rows: list[tuple[int, str]], cut: PageRequest) -> list[tuple[int, str]]:
    """Read as a database would: what lies behind the place, one row more than is wanted."""
    return [row for row in rows if cut.after is None or row > (cut.after.at, cut.after.id)][: cut.limit + 1]


@given(ROWS, st.integers(1, 7))
def test_pieces_make_the_whole_list(rows: list[tuple[int, str]], limit: int) -> None:
    found: list[tuple[int, str]] = []
    query: dict[str, str] = {"limit": str(limit)}
    for _ in range(len(rows) + 1):
        cut = read_cut(query)
        piece, following = cut.piece(behind(rows, cut), lambda row: ListPosition(*row))
        assert len(piece) <= limit
        found += piece
        if following is None:
            break
        query["after"] = following
    assert found == rows


@given(ROWS.filter(lambda rows: len(rows) > 1), st.data())
def test_what_comes_meanwhile_comes_in_its_place(rows: list[tuple[int, str]], data: Any) -> None:
    first = read_cut({"limit": "1"})
    _, following = first.piece(behind(rows, first), lambda row: ListPosition(*row))
    assert following is not None
    new = data.draw(st.tuples(st.integers(0, 5), st.text("abc", min_size=1, max_size=3)))
    then = read_cut({"limit": str(MAX_LIMIT), "after": following})
    rest, end = then.piece(behind(sorted({*rows, new}), then), lambda row: ListPosition(*row))
    assert end is None
    assert set(rows[1:]) <= set(rest) <= {*rows[1:], new}


@pytest.mark.parametrize("limit", ["0", "-1", "501", "1e2", "", " 5", "٣", "99999999999999999999"])
def test_a_limit_has_bounds(limit: str) -> None:
    with pytest.raises(QueryInvalidError):
        read_cut({"limit": limit})


@given(st.text() | st.binary().map(lambda raw: raw.hex()) | st.just("A" * 5000))
def test_a_cursor_of_another_hand_is_a_place_or_is_refused(after: str) -> None:
    try:
        assert read_cut({"after": after}).after is not None
    except QueryInvalidError:
        return
