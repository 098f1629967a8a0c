"""Random cuts, both real protocols: whatever is cut, every attempt comes to one of four ends, and the money agrees.

One in ten is a process that is killed in mid-payment. In the others the line is cut, or nothing goes on at one call of
the journal, before or after its sync, and the file is opened again by another process.
"""

from pathlib import Path

import pytest

from tests.faults.payments.lane import cut_at_random, given_back

CUTS, CUTS_LONG = 60, 500


# A cut in the middle of a TLS handshake leaves a transport to asyncio, which warns where it is thrown away.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", ["zvt", "nexo", "small"])
async def test_whatever_is_cut_the_money_agrees(tmp_path: Path, kind: str, load: int, seed: int) -> None:
    cuts = CUTS if load == 1 else CUTS_LONG
    ends = await cut_at_random(kind, tmp_path, cuts, seed)
    # Cuts that never let anything happen would show nothing.
    assert ends.get("receipt-done", 0) > cuts / 20
    assert given_back(ends) > cuts / 20
