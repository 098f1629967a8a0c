"""What of the server's answers is its last word on what a kiosk tells it."""

import pytest

from kiosk.link.outbox_relay import is_final
from queue_server.contract.client import ProblemError
from queue_server.contract.problems import Problem


def answered(status: int, code: str = "made-up") -> ProblemError:
    return ProblemError(Problem("about:blank", code, status, code))


@pytest.mark.parametrize("status", [400, 404, 409, 413, 422])
def test_a_refusal_is_final(status: int) -> None:
    assert is_final(answered(status))


@pytest.mark.parametrize("status", [401, 403, 408, 425, 429, 500, 502, 503, 504])
def test_what_is_no_word_on_it_is_asked_again(status: int) -> None:
    """Rights may be given back: 401 and 403 lose no ticket that somebody holds in their hand."""
    assert not is_final(answered(status))


def test_a_day_that_is_not_open_yet_will_be() -> None:
    assert not is_final(answered(409, "day-not-open"))
