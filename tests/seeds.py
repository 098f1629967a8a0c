"""Seeds of tests that leave something to chance: always the same in ``tests/promises``, a new one in ``tests/faults``.

A folder's ``conftest.py`` imports one of the two fixtures. The seed is printed; ``TEST_SEED`` sets it.
"""

import os
import secrets

import pytest

VARIABLE = "TEST_SEED"
#: The seed of every run of the default tier.
FIXED = 20261202


@pytest.fixture(name="seed")
def fixed_seed() -> int:
    return _printed(FIXED)


@pytest.fixture(name="seed")
def drawn_seed() -> int:
    return _printed(secrets.randbits(32))


def _printed(otherwise: int) -> int:
    """Return the seed of the environment, or another one; pytest shows what was printed where a test fails."""
    seed = int(os.environ.get(VARIABLE, otherwise))
    print(f"{VARIABLE}={seed}")
    return seed
