"""Each kind of document at a kiosk that has no time for faces."""

from itertools import batched
from operator import itemgetter
from pathlib import Path

import pytest

from tests.kiosk.app.chip.test_chip import differences
from tests.peripherals.documents.chip_results import ENDS


@pytest.mark.parametrize("names", list(batched(ENDS, 11, strict=False)), ids=itemgetter(0))
async def test_each_kind_of_document_ends_in_its_own_words(folder: Path, names: tuple[str, ...]) -> None:
    assert await differences(folder, names, hasty=True) == []
