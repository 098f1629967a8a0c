"""Sentences of the hours ahead."""

import pytest

from queue_server.web.forecast.forecast_words import unserved
from queue_server.web.site import LANGUAGES, site_of
from tests.queue_server.house import KNOWN


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_nobody_reads_that_none_is_not_served(language: str) -> None:
    words = site_of(KNOWN.sites).words[language]
    assert "0" not in unserved(words, 0)
    assert len({unserved(words, count) for count in (0, 1, 2)}) == 3
