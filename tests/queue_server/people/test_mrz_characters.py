"""Characters of a machine-readable zone that staff may put right: one, and none that the chip says too. Pure."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contract.documents import DocumentReading, VerdictView
from queue_server.people.api.mrz_correction import corrected
from queue_server.vault.errors import ReadingNotCorrectedError
from tests.queue_server.people.sealed import GENUINE, of
from tests.queue_server.people.test_mrz_correction import WRONG

numbers = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12)


def test_a_number_that_the_chip_says_too_is_not_mended() -> None:
    proved = msgspec.structs.replace(GENUINE, verdicts=(*GENUINE.verdicts, VerdictView("printed", "passed")))
    with pytest.raises(ReadingNotCorrectedError) as refused:
        corrected(proved, WRONG)
    assert refused.value.placeholders == {"reason": "proved"}


@given(numbers, numbers)
def test_one_character_and_no_more(before: str, after: str) -> None:
    reading = of(before)
    differ = abs(len(before) - len(after)) + sum(one != other for one, other in zip(before, after, strict=False))
    one = len(before) == len(after) and differ <= 1
    try:
        found: DocumentReading | None = corrected(reading, after)
    except ReadingNotCorrectedError:
        found = None
    assert (found is not None) is one
    if found is not None:
        assert (found.number, found.standing, found.issuer) == (after, reading.standing, reading.issuer)
