"""Sentences of the hours ahead."""

import pytest

from queue_server.web.forecast.forecast_words import unserved
from queue_server.web.forecast.presenter import ticket_list
from queue_server.web.site import LANGUAGES, site_of
from tests.queue_server.house import KNOWN


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_nobody_reads_that_none_is_not_served(language: str) -> None:
    words = site_of(KNOWN.sites).words[language]
    assert "0" not in unserved(words, 0)
    assert len({unserved(words, count) for count in (0, 1, 2)}) == 3


@pytest.mark.parametrize("count", [0, 1, 60, 61, 131])
def test_whoever_is_not_named_is_counted(count: int) -> None:
    found = ticket_list([f"B{number:03}" for number in range(count)])
    assert len(found.codes) + found.more == count
    assert len(found.codes) == min(count, 60)
