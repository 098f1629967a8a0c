"""Payments by card that are cut off at random: each comes to one of four ends, and the terminal has the same money.

With all protocols and many more cuts: ``tests/faults/payments``.
"""

from pathlib import Path

from tests.faults.payments.lane import cut_at_random, given_back

CUTS = 30


async def test_whatever_is_cut_the_money_agrees(tmp_path: Path, seed: int) -> None:
    ends = await cut_at_random("zvt", tmp_path, CUTS, seed)
    # Cuts that never let anything happen would show nothing.
    assert ends.get("receipt-done", 0) > 0
    assert given_back(ends) > 0
