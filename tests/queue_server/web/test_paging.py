"""How far a list is passed over, as addresses say it; no link of ours says anything else than a short number."""

import pytest

from queue_server.web.paging import read_skip


@pytest.mark.parametrize(
    ("said", "skip"),
    [
        ("0", 0),
        ("50", 50),
        ("999999", 999_999),
        ("1000000", 0),
        ("-50", 0),
        ("5.0", 0),
        ("5\n", 0),
        ("\u0665\u0660", 0),
        ("", 0),
    ],
)
def test_a_number_of_our_links_is_read(said: str, skip: int) -> None:
    assert read_skip({"skip": said}) == skip


def test_an_address_that_says_none_begins_at_the_first() -> None:
    assert read_skip({"of": "week"}) == 0
