"""What pages say of the state of the server itself."""

import pytest
from babel.support import Translations

from queue_server.conditions import CLOCK_JUMPED
from queue_server.framework.own_words import VOCABULARY
from queue_server.web.wording import MarkupTranslations


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (60, "1 minute"),
        (-3600, "60 minutes"),
        (86_399, "1439 minutes"),
        (-86_400, "1 day"),
        (172_799, "1 day"),
        (172_800, "2 days"),
    ],
)
def test_how_far_a_clock_is_out_is_told_in_whole_minutes_or_days(seconds: int, said: str) -> None:
    told = VOCABULARY.conditions[CLOCK_JUMPED.code](MarkupTranslations(Translations()), seconds)
    assert told.head == f"The server's clock is wrong by {said}"
